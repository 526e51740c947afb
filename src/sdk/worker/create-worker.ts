import type { InjectedSinks, NativeConnection } from "@temporalio/worker";
import { Worker } from "@temporalio/worker";
import type { Sinks } from "@temporalio/workflow";
import type { ActivitiesImplementation } from "../activity/index.ts";
import type { Encryption } from "../client/encryption.ts";
import type { App } from "../core/define-app.ts";
import { type Duration, parseDuration, parsePositiveDuration } from "../core/duration.ts";
import type { AppQueue } from "../core/queue.ts";
import type { Tracing } from "../core/tracing.ts";
import type { AlertOptions } from "./alert-options.ts";
import { bundleWorkflows, type WorkflowBundle } from "./bundle-workflows.ts";
import { type CachedRuns, cachedRuns } from "./cached-runs.ts";
import { connectToTemporal } from "./connect.ts";
import type { DeploySchedules } from "./deploy-app-schedules.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";
import { type Pollers, type Slots, tuned } from "./slots.ts";
import { bundleSystemWorkflows, cachedWaitsAtMost } from "./system-worker.ts";
import { pluginFor } from "./tenuto-plugin.ts";
import { workedQueues } from "./worked-queues.ts";
import { isWorkerPolling, runWorkers, shutDownUnrun } from "./worker-group.ts";
import { assertWorkflowsBound } from "./workflow-names.ts";

/** What a worker runs, and on which server. */
export interface WorkerOptions {
  readonly app: App;
  /** The one file that exports the workflow functions, or what {@link bundleWorkflows} made of it. */
  readonly workflows: URL | string | WorkflowBundle;
  /** Of each set that has an activity on its queues, at least. */
  readonly activities: readonly ActivitiesImplementation[];
  /** Which of the app's queues it works on, as contracts name them; `"main"` is the app's own. @default all */
  readonly queues?: readonly string[];
  /** How much it does at once: so many tasks of each kind on each queue, or what the machine can bear. @default 40 workflow tasks, 100 attempts */
  readonly slots?: Slots | undefined;
  /** How many polls for tasks are open at once, on each queue. @default "autoscaling" with slots by memory, else 10 of each kind */
  readonly pollers?: Pollers | undefined;
  /** @default a connection as the environment says, closed with the worker */
  readonly connection?: NativeConnection;
  /** @default the environment's, else "default" */
  readonly namespace?: string;
  /** What payloads are encrypted with; the same as the clients'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
  /**
   * How many runs stay in memory between their tasks: so many on each queue, or those that a share of the heap holds in all,
   * as in `{ memory: 0.5 }`; 0 replays each from its history.
   *
   * @default what the heap holds but for 200 MB
   */
  readonly maxCachedWorkflows?: CachedRuns;
  /**
   * For so long a run waits for the process that has it in memory, which may have been killed, before another one replays it. With less, a
   * process that is busy for longer has its runs replayed, which makes it busier; Temporal's own default is 10 s.
   *
   * @default "2s"
   */
  readonly stickyTimeout?: Duration | undefined;
  /** Takes what interceptors of {@link bundleWorkflows} hand out of the isolate. @default none */
  readonly sinks?: InjectedSinks<Sinks>;
  /** How often failures are looked for that no run could report. @default "10s" */
  readonly reconcileEvery?: ReconcileEvery;
  /** How often runs that have closed are counted, by type and day. @default "10s", or "never" as `reconcileEvery` */
  readonly rollUpEvery?: ReconcileEvery;
  /** How long running attempts may go on after a shutdown began, before their signal fires. @default "10s" */
  readonly shutdownGrace?: Duration;
  /** Where spans of runs and attempts go: `startTracing` of `tenuto/tracing`; it is not shut down. @default nowhere */
  readonly tracing?: Tracing | undefined;
  /** Who is told of what goes wrong, and where; channels are the same in every process. @default the shipped rules, and the log */
  readonly alerts?: AlertOptions | undefined;
  /** Whether it deploys the schedules of the app when it starts, or leaves that to `client.deploySchedules`. @default "deploy" */
  readonly schedules?: DeploySchedules | undefined;
  /** How many steps it begins in a second at most on each of its queues, whatever they allow. @default any number */
  readonly maxStepsPerSecond?: number | undefined;
}

/** A worker of an app, made by {@link createWorker}. */
export interface TenutoWorker {
  /** The first of its task queues. */
  readonly taskQueue: string;
  /** All that it works on, as Temporal knows them. */
  readonly taskQueues: readonly string[];
  readonly namespace: string;
  /** Whether it asks the server for work at this moment: on each of its queues, and for each kind that comes there. */
  isPolling(): boolean;
  /** Polls until {@link TenutoWorker.shutdown} and everything in flight is through. */
  run(): Promise<void>;
  /** Takes no more work; {@link TenutoWorker.run} returns when what runs has ended. */
  shutdown(): void;
}

/** After this, a worker that shuts down no longer waits for attempts that ignore their signal. */
const shutdownForceMs = 30_000;

/**
 * Makes a worker: bundles the workflows, joins the activities, connects. Each queue has slots, polls and a cache of its own.
 *
 * @throws `UnknownQueue`; `InvalidDefinition` when contracts and implementations do not match, or slots can't be used; `Error` when
 * the workflows do not build.
 * @example
 * ```ts
 * const worker = await createWorker({
 *   app,
 *   workflows: new URL("./workflows/index.ts", import.meta.url),
 *   activities: [createPayments({ gateway })],
 *   slots: { activities: 20 },
 * });
 * await worker.run();
 * ```
 */
export async function createWorker(options: WorkerOptions): Promise<TenutoWorker> {
  const { app, workflows, tracing } = options;
  const queues = workedQueues(app, options.queues);
  const tuning = tuned(options.slots, options.pollers);
  const withWorkflows = queues.filter(({ hasWorkflows }) => hasWorkflows).length;
  const maxCachedWorkflows = cachedRuns(options.maxCachedWorkflows, withWorkflows);
  const { stickyTimeout = cachedWaitsAtMost } = options;
  const stickyQueueScheduleToStartTimeout = parsePositiveDuration(stickyTimeout, "`stickyTimeout` of the worker");
  const pluginOf = pluginsOf(options, queues);
  const isTraced = tracing !== undefined;
  const [workflowBundle] = await Promise.all([
    withWorkflows === 0 || isBundle(workflows) ? workflows : bundleWorkflows(workflows, { isTraced }),
    bundleSystemWorkflows(),
  ]);
  if (isBundle(workflowBundle) && workflowBundle.workflows) assertWorkflowsBound(app, workflowBundle.workflows);
  const own = options.connection ? undefined : await connectToTemporal();
  const connection = options.connection ?? own?.connection;
  if (!connection) throw new TypeError("No connection");
  const namespace = options.namespace ?? own?.namespace ?? "default";
  const workers: { readonly queue: AppQueue; readonly worker: Worker }[] = [];
  try {
    // The first has Tenuto's own work beside it: it comes last, so that a failure leaves nothing of that.
    for (const queue of queues.toReversed()) {
      const worker = await Worker.create({
        ...{ connection, namespace, taskQueue: queue.taskQueue, ...tuning, maxCachedWorkflows },
        ...(queue.hasWorkflows && isBundle(workflowBundle) && { workflowBundle }),
        plugins: [pluginOf(queue)],
        stickyQueueScheduleToStartTimeout,
        shutdownGraceTime: parseDuration(options.shutdownGrace ?? "10s"),
        shutdownForceTime: shutdownForceMs,
        ...(options.sinks && { sinks: options.sinks }),
      });
      workers.unshift({ queue, worker });
    }
  } catch (error) {
    await shutDownUnrun(workers.map(({ worker }) => worker));
    await own?.connection.close();
    throw error;
  }
  const taskQueues = queues.map(({ taskQueue }) => taskQueue);
  return {
    taskQueue: taskQueues[0] ?? app.name,
    taskQueues,
    namespace,
    isPolling: () => workers.every(({ worker, queue }) => isWorkerPolling(worker, queue)),
    shutdown: () => {
      for (const { worker } of workers) if (worker.getState() === "RUNNING") worker.shutdown();
    },
    run: async () => {
      try {
        await runWorkers(workers.map(({ worker }) => worker));
      } finally {
        await own?.connection.close();
      }
    },
  };
}

/** Of a process, one worker takes care of what Tenuto does beside it. */
function pluginsOf(options: WorkerOptions, queues: readonly AppQueue[]) {
  const { app, activities, reconcileEvery, rollUpEvery, tracing, encryption, alerts, schedules } = options;
  const { maxStepsPerSecond } = options;
  const system = { reconcileEvery, rollUpEvery, encryption, alerts };
  const plugged = { app, activities, tracing, schedules, maxStepsPerSecond, ...system };
  const names = queues.map(({ queue }) => queue);
  return (queue: AppQueue) => pluginFor(plugged, { queues: names, isLeading: queue === queues[0] });
}

function isBundle(workflows: WorkerOptions["workflows"]): workflows is WorkflowBundle {
  return typeof workflows === "object" && "code" in workflows;
}

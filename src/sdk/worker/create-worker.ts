import type { InjectedSinks, NativeConnection } from "@temporalio/worker";
import { Worker } from "@temporalio/worker";
import type { Sinks } from "@temporalio/workflow";
import type { ActivitiesImplementation } from "../activity/index.ts";
import type { Encryption } from "../client/encryption.ts";
import type { App } from "../core/define-app.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import type { Tracing } from "../core/tracing.ts";
import type { AlertOptions } from "./alert-options.ts";
import { bundleWorkflows, type WorkflowBundle } from "./bundle-workflows.ts";
import { connectToTemporal } from "./connect.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";
import { bundleSystemWorkflows } from "./system-worker.ts";
import { tenutoPlugin } from "./tenuto-plugin.ts";
import { assertWorkflowsBound } from "./workflow-names.ts";

/** What a worker runs, and on which server. */
export interface WorkerOptions {
  readonly app: App;
  /** The one file that exports the workflow functions, or what {@link bundleWorkflows} made of it. */
  readonly workflows: URL | string | WorkflowBundle;
  readonly activities: readonly ActivitiesImplementation[];
  /** @default a connection as the environment says, closed with the worker */
  readonly connection?: NativeConnection;
  /** @default the environment's, else "default" */
  readonly namespace?: string;
  /** What payloads are encrypted with; the same as the clients'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
  /** How many runs stay in memory between their tasks; 0 replays each from its history. @default by memory */
  readonly maxCachedWorkflows?: number;
  /** Takes what interceptors of {@link bundleWorkflows} hand out of the isolate. @default none */
  readonly sinks?: InjectedSinks<Sinks>;
  /** How often failures are looked for that no run could report. @default "10s" */
  readonly reconcileEvery?: ReconcileEvery;
  /** How long running attempts may go on after a shutdown began, before their signal fires. @default "10s" */
  readonly shutdownGrace?: Duration;
  /** Where spans of runs and attempts go: `startTracing` of `tenuto/tracing`; it is not shut down. @default nowhere */
  readonly tracing?: Tracing | undefined;
  /** Who is told of what goes wrong, and where; channels are the same in every process. @default the shipped rules, and the log */
  readonly alerts?: AlertOptions | undefined;
}

/** A worker of an app, made by {@link createWorker}. */
export interface TenutoWorker {
  readonly taskQueue: string;
  readonly namespace: string;
  /** Whether it asks the server for work at this moment, of both kinds. */
  isPolling(): boolean;
  /** Polls until {@link TenutoWorker.shutdown} and everything in flight is through. */
  run(): Promise<void>;
  /** Takes no more work; {@link TenutoWorker.run} returns when what runs has ended. */
  shutdown(): void;
}

/** After this, a worker that shuts down no longer waits for attempts that ignore their signal. */
const shutdownForceMs = 30_000;

/**
 * Makes a worker: bundles the workflows, joins the activities, connects.
 *
 * @throws `InvalidDefinition` when contracts and implementations do not match; `Error` when the workflows do not build.
 * @example
 * ```ts
 * const worker = await createWorker({
 *   app,
 *   workflows: new URL("./workflows/index.ts", import.meta.url),
 *   activities: [createPayments({ gateway })],
 * });
 * await worker.run();
 * ```
 */
export async function createWorker(options: WorkerOptions): Promise<TenutoWorker> {
  const { app, workflows, activities, reconcileEvery, tracing, encryption, alerts } = options;
  const plugin = tenutoPlugin({ app, activities, reconcileEvery, tracing, encryption, alerts });
  const [workflowBundle] = await Promise.all([
    isBundle(workflows) ? workflows : bundleWorkflows(workflows, { isTraced: tracing !== undefined }),
    bundleSystemWorkflows(),
  ]);
  if (workflowBundle.workflows) assertWorkflowsBound(app, workflowBundle.workflows);
  const own = options.connection ? undefined : await connectToTemporal();
  const connection = options.connection ?? own?.connection;
  if (!connection) throw new TypeError("No connection");
  const namespace = options.namespace ?? own?.namespace ?? "default";
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: app.name,
    workflowBundle,
    plugins: [plugin],
    shutdownGraceTime: parseDuration(options.shutdownGrace ?? "10s"),
    shutdownForceTime: shutdownForceMs,
    ...(options.sinks && { sinks: options.sinks }),
    ...(options.maxCachedWorkflows !== undefined && { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
  return {
    taskQueue: app.name,
    namespace,
    isPolling: () => {
      const { runState, workflowPollerState, activityPollerState } = worker.getStatus();
      return runState === "RUNNING" && workflowPollerState === "POLLING" && activityPollerState === "POLLING";
    },
    shutdown: () => {
      if (worker.getState() === "RUNNING") worker.shutdown();
    },
    run: async () => {
      try {
        await worker.run();
      } finally {
        await own?.connection.close();
      }
    },
  };
}

function isBundle(workflows: WorkerOptions["workflows"]): workflows is WorkflowBundle {
  return typeof workflows === "object" && "code" in workflows;
}

// Tenuto's own workflows (dead letters, the reconciler) have a task queue and a bundle of their own. All workers of a connection and namespace
// share one worker for it: Temporal takes no second one.
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import {
  bundleWorkflowCode,
  type NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from "@temporalio/worker";
import type { Encryption } from "../client/encryption.ts";
import { grpc, hasGrpcCode } from "../client/grpc-errors.ts";
import { addMissingAttributes } from "../client/set-up-namespace.ts";
import { Temporal } from "../client/temporal.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import type { App } from "../core/define-app.ts";
import { parseDuration } from "../core/duration.ts";
import { type QueuedApp, queuesOf } from "../core/queue.ts";
import type { AlertOptions } from "./alert-options.ts";
import { bundleOf } from "./bundle-source.ts";
import { codedBundle, encryptingConverter, withFailureConverter } from "./coded-payloads.ts";
import { alertActivities } from "./alerts/alert-activities.ts";
import { batchActivities } from "./batch-activities.ts";
import { deployAlertRules } from "./deploy-alert-rules.ts";
import { deployTargets } from "./deploy-targets.ts";
import { alertSink, watchActivities } from "./watch-activities.ts";
import { keepSystemWorkflow, type ReconcileEvery } from "./keep-system-workflow.ts";
import { groupNewsActivity } from "./group-news-activity.ts";
import { reconcileActivity } from "./reconcile-activity.ts";
import { laneActivities } from "./lane-activities.ts";
import { redriveActivities } from "./redrive-activities.ts";
import { rollupActivities } from "./rollup-activities.ts";
import { windowActivities } from "./window-activities.ts";

/** The one worker of a connection and namespace, and how many use it. */
interface Shared {
  readonly worker: Promise<Worker>;
  readonly running: Promise<void>;
  users: number;
}

/** The file that exports the system workflows. */
export const systemWorkflowsPath = fileURLToPath(
  new URL(`../workflow/system/index.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url),
);
const shared = new WeakMap<NativeConnection, Map<string, Shared>>();
let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;

/** The bundle of the system workflows, made once a process. */
export function bundleSystemWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  bundled ??= bundleOf({ path: systemWorkflowsPath, interceptors: [], isTraced: false }, ({ path }) =>
    bundleWorkflowCode({
      workflowsPath: path,
      plugins: [{ name: "tenuto", configureBundler: (options) => withFailureConverter(options) }],
      logger: quiet,
    }),
  );
  return bundled;
}

/** Takes a bundle that another process has made, instead of making one. */
export function useSystemBundle(bundle: WorkflowBundleWithSourceMap): void {
  bundled = Promise.resolve(bundle);
}

/** How Tenuto's own workflows are worked on. */
export interface SystemWorkerOptions {
  /** How often failures are looked for that no run could report; of several, who comes first to a namespace decides. @default "10s" */
  readonly reconcileEvery?: ReconcileEvery | undefined;
  /** What payloads are encrypted with; the same as the clients'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
  /** Who is told of what goes wrong. @default the shipped rules, and the log */
  readonly alerts?: AlertOptions | undefined;
  /** How often runs that have closed are counted, by type and day; of several, who comes first to a namespace decides. @default "10s", or "never" as `reconcileEvery` */
  readonly rollUpEvery?: ReconcileEvery | undefined;
  /** Whose rules they are, and whose types have an SLA. What `alerts` has no `rules` for keeps its rules. @default nobody's: then rules that are given are not kept */
  readonly app?: (Pick<App, "name"> & Partial<QueuedApp>) | undefined;
}

/**
 * Has Tenuto's own workflows of a namespace worked on, until what this returns is called. Every {@link createWorker} does;
 * a process that only serves the API does it so that operators can act while no worker is there.
 *
 * @example
 * ```ts
 * const { connection, namespace } = await connectToTemporal();
 * const stop = await startSystemWorker(connection, namespace);
 * ```
 */
export async function startSystemWorker(
  connection: NativeConnection,
  namespace: string,
  options: SystemWorkerOptions = {},
): Promise<() => Promise<void>> {
  const { reconcileEvery = "10s", encryption, alerts = {}, app } = options;
  const { rollUpEvery = reconcileEvery === "never" ? "never" : "10s" } = options;
  const workers = shared.get(connection) ?? new Map<string, Shared>();
  shared.set(connection, workers);
  const before = workers.get(namespace);
  const own =
    before && before.users > 0 ? before : startAfter(before?.running, { connection, namespace, encryption, alerts });
  workers.set(namespace, own);
  own.users += 1;
  try {
    await own.worker;
  } catch (error) {
    own.users -= 1;
    throw error;
  }
  const leaving = new AbortController();
  const { signal } = leaving;
  const { rules, watchEvery = reconcileEvery === "never" ? "never" : "10s" } = alerts;
  const keeping = { connection, namespace, encryption, signal };
  const temporal = new Temporal({ connection, namespace, identity: `${process.pid}@${hostname()}`, encryption });
  const kept = Promise.all([
    keepSystemWorkflow("reconciler", { ...keeping, every: reconcileEvery }),
    keepSystemWorkflow("watch", { ...keeping, every: watchEvery }),
    keepSystemWorkflow("rollups", { ...keeping, every: rollUpEvery }),
    app?.workflows && rollUpEvery !== "never" && deployTargets(temporal, app.workflows, { every: rollUpEvery, signal }),
    app && rules && deployAlertRules(temporal, { ...told(app), rules }, signal),
  ]);
  return async () => {
    leaving.abort();
    await kept;
    own.users -= 1;
    if (own.users > 0) return;
    const worker = await own.worker;
    // A signal to the process stops every worker of Temporal's runtime.
    if (worker.getState() === "RUNNING") worker.shutdown();
    await own.running;
  };
}

/** What rules are held against. */
function told({ name, workflows = [], activities = [] }: Pick<App, "name"> & Partial<QueuedApp>) {
  const slas = workflows.flatMap(({ name: type, sla }) => (sla === undefined ? [] : [[type, parseDuration(sla)]]));
  return {
    app: name,
    taskQueues: queuesOf({ name, workflows, activities }).map(({ taskQueue }) => taskQueue),
    slas: Object.fromEntries(slas) as Readonly<Record<string, number>>,
  };
}

/**
 * For so long a run waits for the worker that has it in its cache, which may have been killed, before another one takes it and
 * replays it. Temporal's default is 10 s: so long each run of a killed worker would stand still, and each lane with those that wait.
 */
export const cachedWaitsAtMost = "2s";

/** {@link cachedWaitsAtMost}, of Tenuto's own workflows: their histories are short, and lanes keep others waiting. */
const ownWaitAtMost = "1s";

interface Place {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
  readonly alerts: AlertOptions;
}

/** Starts one when its predecessor has left. */
function startAfter(
  predecessor: Promise<void> | undefined,
  { connection, namespace, encryption, alerts }: Place,
): Shared {
  const worker = (async () => {
    await predecessor?.catch(ignore);
    const bundle = await bundleSystemWorkflows();
    const workflowBundle = encryption ? { code: codedBundle(bundle.code) ?? bundle.code } : bundle;
    // A worker that the server refuses leaves its thread behind (SDK 1.24), one at each try, and the process never ends.
    await connection.workflowService.describeNamespace({ namespace });
    // An API may be newer than the workers and the set-up of its namespace.
    await addMissingAttributes(connection, { namespace }).catch(ifAllowed);
    return Worker.create({
      connection,
      namespace,
      taskQueue: systemTaskQueue,
      workflowBundle,
      activities: {
        ...reconcileActivity({ connection, namespace, encryption }),
        ...redriveActivities(encryption),
        ...batchActivities(encryption),
        ...alertActivities(alerts, encryption),
        ...windowActivities(encryption),
        ...laneActivities(encryption),
        ...rollupActivities({ connection, namespace, encryption }),
        ...watchActivities(alertSink, encryption),
        ...groupNewsActivity(alertSink, encryption),
      },
      maxCachedWorkflows: 100,
      stickyQueueScheduleToStartTimeout: ownWaitAtMost,
      ...(encryption && { dataConverter: encryptingConverter(undefined, encryption) }),
    });
  })();
  const running = worker.then((started) => started.run());
  // Told to who starts or stops it; nobody may be there to hear it in between, and that must not end the process.
  running.catch(ignore);
  return { worker, running, users: 0 };
}

/** Without the right to add what is missing, what needs it says so. */
function ifAllowed(error: unknown): void {
  if (![grpc.permissionDenied, grpc.unimplemented].some((code) => hasGrpcCode(error, code))) throw error;
}

function ignore(): void {
  // Of the bundler: sizes and timings that nobody asked for; its errors are thrown.
}

const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

// Tenuto as a plugin of Temporal's own Worker, so that a project adopts it beside what it has: runs of types without a
// contract are left as they are, and what the project has set stays. `createWorker` is this plugin and its defaults.
import { readFile } from "node:fs/promises";
import type { BundlerPlugin, Worker, WorkerOptions, WorkerPlugin } from "@temporalio/worker";
import type { ActivitiesImplementation } from "../activity/index.ts";
import type { Encryption } from "../client/encryption.ts";
import { addMissingAttributes } from "../client/set-up-namespace.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { ownSearchAttributes } from "../core/search-attributes.ts";
import type { Tracing } from "../core/tracing.ts";
import type { AlertOptions } from "./alert-options.ts";
import { channelsByName } from "./alerts/alert-channel.ts";
import { activityFunctions, rememberIdempotencyKey } from "./activity-functions.ts";
import { codedBundle, encryptingConverter } from "./coded-payloads.ts";
import { configureBundle, isConfigured, isTracedBundle } from "./configure-bundle.ts";
import { exhaustedActivity } from "./exhausted-activity.ts";
import { assertMachineVersions } from "./machine-versions.ts";
import { openTaskActivity } from "./open-task-activity.ts";
import { parseActivity } from "./parse-activity.ts";
import { reportActivity } from "./report-activity.ts";
import { purposeActivity } from "./reset-purpose-activity.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";
import { bundleSystemWorkflows, startSystemWorker, type SystemWorkerOptions } from "./system-worker.ts";
import { tellTaskActivity } from "./tell-task-activity.ts";
import { traceAttempts, traceSinks } from "./trace-attempts.ts";
import { assertContractsBound } from "./workflow-names.ts";

/** What a worker runs by contract. */
export interface PluginOptions {
  readonly app: App;
  /** @default none, which is enough to bundle and to replay; a worker needs those of every contract */
  readonly activities?: readonly ActivitiesImplementation[];
  /** How often failures are looked for that no run could report. @default "10s" */
  readonly reconcileEvery?: ReconcileEvery | undefined;
  /** Where spans of runs and attempts go: `startTracing` of `tenuto/tracing`. @default nowhere */
  readonly tracing?: Tracing | undefined;
  /** What payloads are encrypted with; the same as the clients'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
  /** Who is told of what goes wrong, and where; channels are the same in every process. @default the shipped rules, and the log */
  readonly alerts?: AlertOptions | undefined;
}

/** A cancellation reaches a running attempt with its next heartbeat. */
const heartbeats = { defaultHeartbeatThrottleInterval: "1s", maxHeartbeatThrottleInterval: "1s" } as const;

/**
 * Runs an app's workflows and activities on a worker made by Temporal's `Worker.create`, beside raw ones. The worker's
 * task queue is the app's name. Give it to `bundleWorkflowCode` and `Worker.runReplayHistory` as well.
 *
 * @throws `InvalidDefinition` when contracts, implementations and the worker's options do not match.
 * @example
 * ```ts
 * import { fileURLToPath } from "node:url";
 * import { NativeConnection, Worker } from "@temporalio/worker";
 *
 * const worker = await Worker.create({
 *   connection: await NativeConnection.connect(),
 *   taskQueue: app.name,
 *   workflowsPath: fileURLToPath(new URL("./workflows/index.ts", import.meta.url)),
 *   plugins: [tenutoPlugin({ app, activities: [createPayments({ gateway })] })],
 * });
 * ```
 */
export function tenutoPlugin(plugged: PluginOptions): WorkerPlugin & BundlerPlugin {
  const { app, activities, reconcileEvery, tracing, encryption, alerts } = plugged;
  channelsByName(alerts?.channels);
  const functions = activities && activityFunctions(app, activities);
  return {
    name: "tenuto",
    configureBundler: (options) =>
      configureBundle(options, {
        isCoded: encryption !== undefined,
        contracted: app.workflows.map(({ name }) => name),
        isTraced: tracing !== undefined,
        onExports: (exported) => {
          assertContractsBound(app, exported);
        },
      }),
    configureWorker: async (options) => {
      const { connection, namespace = "default" } = options;
      assertTaskQueue(app, options);
      if (!connection) throw unusable(app, { connection: undefined }, "Give `connection` to Worker.create.");
      if (!functions) throw unusable(app, { activities: undefined }, "Give `activities` to tenutoPlugin.");
      const bundle = await checkedBundle(options, plugged);
      await bundleSystemWorkflows();
      await addMissingAttributes(connection, { namespace, searchAttributes: ownSearchAttributes });
      await assertMachineVersions(app, { service: connection.workflowService, namespace });
      const traced = tracing ? [traceAttempts(tracing)] : [];
      const own = {
        ...functions,
        ...parseActivity(app),
        ...exhaustedActivity(app),
        ...openTaskActivity(app),
        ...reportActivity(encryption),
        ...tellTaskActivity(encryption),
        ...purposeActivity(encryption),
      };
      return {
        ...heartbeats,
        ...options,
        ...(bundle && { workflowBundle: bundle }),
        ...(encryption && { dataConverter: encryptingConverter(options.dataConverter, encryption) }),
        activities: joined(app, options.activities, own),
        interceptors: {
          ...options.interceptors,
          activity: [...traced, rememberIdempotencyKey, ...(options.interceptors?.activity ?? [])],
        },
        ...(tracing && { sinks: { ...options.sinks, ...traceSinks(tracing) } }),
      };
    },
    configureReplayWorker: async (options) => {
      if (!encryption) return options;
      return { ...options, dataConverter: encryptingConverter(options.dataConverter, encryption) };
    },
    runWorker: (worker, run) => besideSystemWorker(worker, { run, app, reconcileEvery, encryption, alerts }),
  };
}

interface Beside extends SystemWorkerOptions {
  readonly run: (worker: Worker) => Promise<void>;
}

async function besideSystemWorker(worker: Worker, { run, ...options }: Beside): Promise<void> {
  const { connection, namespace } = worker.options;
  if (!connection) return run(worker);
  const system = startSystemWorker(connection, namespace, options);
  system.catch(() => {
    if (worker.getState() === "RUNNING") worker.shutdown();
  });
  try {
    await run(worker);
  } finally {
    const leave = await system;
    await leave();
  }
}

function assertTaskQueue(app: App, { taskQueue }: WorkerOptions): void {
  if (taskQueue === app.name) return;
  const remedy = `Tenuto's clients start runs of the app on its own task queue: write \`taskQueue: "${app.name}"\`.`;
  throw unusable(app, { taskQueue }, remedy);
}

/** Without Tenuto's part, runs would have no keys and no validation, and nothing would say so. */
async function checkedBundle(
  { workflowBundle: bundle }: WorkerOptions,
  { app, encryption, tracing }: PluginOptions,
): Promise<WorkerOptions["workflowBundle"]> {
  if (!bundle) return undefined;
  const code = "code" in bundle ? bundle.code : await readFile(bundle.codePath, "utf8");
  const remedy = "Give it to bundleWorkflowCode as well.";
  if (!isConfigured(code)) throw unusable(app, { workflowBundle: "made without the plugin" }, remedy);
  const isTraced = tracing !== undefined;
  if (isTracedBundle(code) !== isTraced) {
    const got = { workflowBundle: isTraced ? "made for a worker without tracing" : "made for a worker with tracing" };
    throw unusable(app, got, `Bundle with \`isTraced: ${isTraced}\`, or with the plugin as the worker has it.`);
  }
  if (!encryption) return bundle;
  const coded = codedBundle(code);
  if (coded !== undefined) return { code: coded };
  throw unusable(app, { workflowBundle: "made by a plugin that knew no encryption" }, "Make the bundle anew.");
}

function joined(app: App, theirs: object | undefined, own: object): object {
  const taken = Object.keys(theirs ?? {}).find((name) => Object.hasOwn(own, name));
  if (taken === undefined) return { ...theirs, ...own };
  throw unusable(app, { activities: taken }, `Rename it: a contract of the app has an activity "${taken}", too.`);
}

function unusable(app: App, got: unknown, remedy: string): InvalidDefinition {
  return new InvalidDefinition({ what: `The worker with the plugin of app "${app.name}"`, got, remedy });
}

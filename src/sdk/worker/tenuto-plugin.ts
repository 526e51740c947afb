// Tenuto as a plugin of Temporal's own Worker, so that a project adopts it beside what it has: runs of types without a
// contract are left as they are, and what the project has set stays. `createWorker` is this plugin and its defaults.
import { readFile } from "node:fs/promises";
import type { BundlerPlugin, Worker, WorkerOptions, WorkerPlugin } from "@temporalio/worker";
import type { ActivitiesImplementation } from "../activity/index.ts";
import type { Encryption } from "../client/encryption.ts";
import { addMissingAttributes } from "../client/set-up-namespace.ts";
import { Temporal } from "../client/temporal.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { ownSearchAttributes } from "../core/search-attributes.ts";
import { queuesOf } from "../core/queue.ts";
import type { Tracing } from "../core/tracing.ts";
import type { AlertOptions } from "./alert-options.ts";
import { appWindowActivities } from "./app-window-activities.ts";
import { channelsByName } from "./alerts/alert-channel.ts";
import { activityFunctions, rememberIdempotencyKey } from "./activity-functions.ts";
import { codedBundle, encryptingConverter } from "./coded-payloads.ts";
import { deployAppSchedules, type DeploySchedules } from "./deploy-app-schedules.ts";
import { configureBundle, isConfigured, isTracedBundle } from "./configure-bundle.ts";
import { deliverEventActivity } from "./deliver-event-activity.ts";
import { exhaustedActivity } from "./exhausted-activity.ts";
import { assertMachineVersions } from "./machine-versions.ts";
import { laneSinks } from "./lane-sinks.ts";
import { openTaskActivity } from "./open-task-activity.ts";
import { parseActivity } from "./parse-activity.ts";
import { type RateWatch, watchRates } from "./rate-watch.ts";
import { reportActivity } from "./report-activity.ts";
import { purposeActivity } from "./reset-purpose-activity.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";
import { countAttempts, stepMeter, stepSinks } from "./step-meter.ts";
import {
  bundleSystemWorkflows,
  cachedWaitsAtMost,
  startSystemWorker,
  type SystemWorkerOptions,
} from "./system-worker.ts";
import { stepSlotsIn, withStepSlots } from "./step-tuner.ts";
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
  /** How often runs that have closed are counted, by type and day. @default "10s", or "never" as `reconcileEvery` */
  readonly rollUpEvery?: ReconcileEvery | undefined;
  /** Where spans of runs and attempts go: `startTracing` of `tenuto/tracing`. @default nowhere */
  readonly tracing?: Tracing | undefined;
  /** What payloads are encrypted with; the same as the clients'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
  /** Who is told of what goes wrong, and where; channels are the same in every process. @default the shipped rules, and the log */
  readonly alerts?: AlertOptions | undefined;
  /** Whether it deploys the schedules of the app when it starts, or leaves that to `client.deploySchedules`. @default "deploy" */
  readonly schedules?: DeploySchedules | undefined;
  /** How many steps the worker begins in a second at most, whatever its task queue allows. @default any number */
  readonly maxStepsPerSecond?: number | undefined;
}

/** Which part of a process's work a worker has. */
interface WorkerPart {
  /** Those of the process; `undefined` for all. */
  readonly queues?: readonly string[];
  /** Whether it takes care of what Tenuto does beside an app's work: once a process. */
  readonly isLeading: boolean;
}

const defaults = {
  // A cancellation reaches a running attempt with its next heartbeat.
  defaultHeartbeatThrottleInterval: "1s",
  maxHeartbeatThrottleInterval: "1s",
  stickyQueueScheduleToStartTimeout: cachedWaitsAtMost,
} as const;

/**
 * Runs an app's workflows and activities on a worker made by Temporal's `Worker.create`, beside raw ones. The worker's
 * task queue is the app's name, or what `taskQueueOf` gives for a `queue` of its contracts. Give it to `bundleWorkflowCode` and `Worker.runReplayHistory` as well.
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
  return pluginFor(plugged, { isLeading: true });
}

/** The plugin of one of a process's workers. */
export function pluginFor(
  plugged: PluginOptions,
  { queues, isLeading }: WorkerPart,
): Required<WorkerPlugin> & BundlerPlugin {
  const { app, activities, tracing, encryption, alerts, schedules = "deploy" } = plugged;
  const { reconcileEvery, rollUpEvery, maxStepsPerSecond } = plugged;
  channelsByName(alerts?.channels);
  const functions = activities && activityFunctions(app, activities, queues);
  assertRate(app, maxStepsPerSecond);
  const watches = new Map<string, RateWatch>();
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
      const { connection, namespace = "default", taskQueue } = options;
      assertTaskQueue(app, options);
      if (!connection) throw unusable(app, { connection: undefined }, "Give `connection` to Worker.create.");
      if (!functions) throw unusable(app, { activities: undefined }, "Give `activities` to tenutoPlugin.");
      const bundle = await checkedBundle(options, plugged);
      await bundleSystemWorkflows();
      if (isLeading) {
        await addMissingAttributes(connection, { namespace, searchAttributes: ownSearchAttributes });
        await assertMachineVersions(app, { service: connection.workflowService, namespace });
      }
      const traced = tracing ? [traceAttempts(tracing)] : [];
      const meter = stepMeter();
      const counted = { namespace, activities: Object.keys(functions) };
      meter.expect(namespace, counted.activities);
      const slots = stepSlotsIn(options);
      if (slots !== undefined && taskQueue !== undefined) meter.has(slots, { namespace, taskQueue });
      const own = {
        ...functions,
        ...parseActivity(app),
        ...exhaustedActivity(app),
        ...openTaskActivity(app),
        ...reportActivity(encryption),
        ...deliverEventActivity(app, encryption),
        ...tellTaskActivity(encryption),
        ...purposeActivity(encryption),
        ...appWindowActivities(app, encryption),
      };
      const place = placeOf({ namespace, taskQueue });
      const watch = watches.get(place) ?? watchRates({ connection, namespace, taskQueue });
      watches.set(place, watch);
      return {
        ...defaults,
        ...withStepSlots(options, watch),
        ...(maxStepsPerSecond !== undefined && { maxActivitiesPerSecond: maxStepsPerSecond }),
        ...(bundle && { workflowBundle: bundle }),
        ...(encryption && { dataConverter: encryptingConverter(options.dataConverter, encryption) }),
        activities: joined(app, options.activities, own),
        interceptors: {
          ...options.interceptors,
          activity: [
            ...traced,
            rememberIdempotencyKey,
            countAttempts(meter, counted),
            ...(options.interceptors?.activity ?? []),
          ],
        },
        sinks: {
          ...options.sinks,
          ...(tracing && traceSinks(tracing)),
          ...stepSinks(meter, namespace),
          ...laneSinks(new Temporal({ connection, namespace, identity: options.identity ?? app.name, encryption })),
        },
      };
    },
    configureReplayWorker: async (options) => {
      // A replay worker tells them nothing, and Temporal would log that nobody is there.
      const sinks = { ...options.sinks, ...stepSinks(stepMeter(), "") };
      if (!encryption) return { ...options, sinks };
      return { ...options, sinks, dataConverter: encryptingConverter(options.dataConverter, encryption) };
    },
    runWorker: (worker, run) => {
      const watched = (each: Worker) => whileWatching(watches.get(placeOf(each.options)), () => run(each));
      if (!isLeading) return watched(worker);
      const isDeploying = schedules === "deploy";
      const system = { app, reconcileEvery, rollUpEvery, encryption, alerts };
      return besideSystemWorker(worker, { run: watched, isDeploying, ...system });
    },
  };
}

function placeOf({ namespace, taskQueue }: { readonly namespace: string; readonly taskQueue: string }): string {
  return JSON.stringify([namespace, taskQueue]);
}

async function whileWatching(watch: RateWatch | undefined, run: () => Promise<void>): Promise<void> {
  const leaving = new AbortController();
  const watching = watch?.run(leaving.signal);
  try {
    await run();
  } finally {
    leaving.abort();
    await watching;
  }
}

interface Beside extends SystemWorkerOptions {
  readonly app: App;
  readonly run: (worker: Worker) => Promise<void>;
  readonly isDeploying: boolean;
}

async function besideSystemWorker(worker: Worker, { run, isDeploying, ...options }: Beside): Promise<void> {
  const { connection, namespace } = worker.options;
  if (!connection) return run(worker);
  // A worker has all of its app's code: it says that there are no rules, too, and what their SLAs are.
  const { reconcileEvery, alerts = {} } = options;
  const rules = alerts.rules ?? ((alerts.watchEvery ?? reconcileEvery) === "never" ? undefined : []);
  const ofApp = { ...alerts, ...(rules && { rules }) };
  const system = startSystemWorker(connection, namespace, { ...options, alerts: ofApp });
  system.catch(() => {
    if (worker.getState() === "RUNNING") worker.shutdown();
  });
  const { app, encryption } = options;
  const leaving = new AbortController();
  const temporal = new Temporal({ connection, namespace, identity: worker.options.identity, encryption });
  const deploying = isDeploying && deployAppSchedules(temporal, app, leaving.signal);
  try {
    await run(worker);
  } finally {
    leaving.abort();
    await deploying;
    const leave = await system;
    await leave();
  }
}

function assertRate(app: App, maxStepsPerSecond: number | undefined): void {
  if (maxStepsPerSecond === undefined || maxStepsPerSecond > 0) return;
  throw unusable(app, { maxStepsPerSecond }, "Give a number above 0, or leave it out.");
}

function assertTaskQueue(app: App, { taskQueue }: WorkerOptions): void {
  const known = queuesOf(app).map((queue) => queue.taskQueue);
  if (taskQueue !== undefined && known.includes(taskQueue)) return;
  const write = known.map((name) => `\`taskQueue: "${name}"\``).join(" or ");
  const remedy = `Tenuto's clients start runs of the app on its own task queues: write ${write}.`;
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

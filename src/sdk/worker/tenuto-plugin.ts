// Tenuto as a plugin of Temporal's own Worker, so that a project adopts it beside what it has: runs of types without a
// contract are left as they are, and what the project has set stays. `createWorker` is this plugin and its defaults.
import { readFile } from "node:fs/promises";
import type { BundlerPlugin, Worker, WorkerOptions, WorkerPlugin } from "@temporalio/worker";
import type { ActivitiesImplementation } from "../activity/index.ts";
import { addMissingAttributes } from "../client/set-up-namespace.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { activityFunctions, rememberIdempotencyKey } from "./activity-functions.ts";
import { configureBundle, isConfigured } from "./configure-bundle.ts";
import { exhaustedActivity } from "./exhausted-activity.ts";
import { parseActivity } from "./parse-activity.ts";
import { reportActivity } from "./report-activity.ts";
import { purposeActivity } from "./reset-purpose-activity.ts";
import { bundleSystemWorkflows, startSystemWorker } from "./system-worker.ts";
import { assertContractsBound } from "./workflow-names.ts";

/** What a worker runs by contract. */
export interface PluginOptions {
  readonly app: App;
  /** @default none, which is enough to bundle and to replay; a worker needs those of every contract */
  readonly activities?: readonly ActivitiesImplementation[];
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
export function tenutoPlugin({ app, activities }: PluginOptions): WorkerPlugin & BundlerPlugin {
  const functions = activities && activityFunctions(app, activities);
  return {
    name: "tenuto",
    configureBundler: (options) =>
      configureBundle(options, {
        contracted: app.workflows.map(({ name }) => name),
        onExports: (exported) => {
          assertContractsBound(app, exported);
        },
      }),
    configureWorker: async (options) => {
      const { connection, namespace = "default" } = options;
      assertTaskQueue(app, options);
      if (!connection) throw unusable(app, { connection: undefined }, "Give `connection` to Worker.create.");
      if (!functions) throw unusable(app, { activities: undefined }, "Give `activities` to tenutoPlugin.");
      await assertBundleConfigured(app, options.workflowBundle);
      await bundleSystemWorkflows();
      await addMissingAttributes(connection, { namespace, searchAttributes: { [marksAttribute]: "KeywordList" } });
      const own = {
        ...functions,
        ...parseActivity(app),
        ...exhaustedActivity(app),
        ...reportActivity,
        ...purposeActivity,
      };
      return {
        ...heartbeats,
        ...options,
        activities: joined(app, options.activities, own),
        interceptors: {
          ...options.interceptors,
          activity: [rememberIdempotencyKey, ...(options.interceptors?.activity ?? [])],
        },
      };
    },
    runWorker: besideSystemWorker,
  };
}

async function besideSystemWorker(worker: Worker, run: (worker: Worker) => Promise<void>): Promise<void> {
  const { connection, namespace } = worker.options;
  if (!connection) return run(worker);
  const system = startSystemWorker(connection, namespace);
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
async function assertBundleConfigured(app: App, bundle: WorkerOptions["workflowBundle"]): Promise<void> {
  if (!bundle) return;
  const code = "code" in bundle ? bundle.code : await readFile(bundle.codePath, "utf8");
  if (isConfigured(code)) return;
  throw unusable(app, { workflowBundle: "made without the plugin" }, "Give it to bundleWorkflowCode as well.");
}

function joined(app: App, theirs: object | undefined, own: object): object {
  const taken = Object.keys(theirs ?? {}).find((name) => Object.hasOwn(own, name));
  if (taken === undefined) return { ...theirs, ...own };
  throw unusable(app, { activities: taken }, `Rename it: a contract of the app has an activity "${taken}", too.`);
}

function unusable(app: App, got: unknown, remedy: string): InvalidDefinition {
  return new InvalidDefinition({ what: `The worker with the plugin of app "${app.name}"`, got, remedy });
}

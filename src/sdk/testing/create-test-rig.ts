import type { Client, Connection } from "@temporalio/client";
import type { InjectedSinks } from "@temporalio/worker";
import type { ActivitiesImplementation } from "../activity/index.ts";
import { createClient, type TenutoClient } from "../client/index.ts";
import type { App } from "../core/define-app.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { createWorker, type WorkflowBundle } from "../worker/index.ts";
import { bundleForTests } from "./bundle-for-tests.ts";
import { checkHistories } from "./check-histories.ts";
import { type ActivityMock, composeActivities, type Fault } from "./compose-activities.ts";
import { RunsLeftOpen } from "./errors/runs-left-open.ts";
import { useRealServer } from "./real-server.ts";
import { type RigRun, RigRuns } from "./rig-runs.ts";
import type { StepKeySinks } from "./step-keys.ts";
import type { TestServer } from "./test-server.ts";
import { startTimeSkippingServer } from "./time-skipping-server.ts";

/** What a rig runs, and on which server. */
export interface TestRigOptions {
  readonly app: App;
  /** The one file that exports the workflow functions, or what {@link bundleForTests} made of it. */
  readonly workflows: URL | string | WorkflowBundle;
  /** The real ones; an activity that is neither here nor in `mocks` fails when it is called. @default none */
  readonly activities?: readonly ActivitiesImplementation[];
  /** Stand-ins, which go before the real ones. @default none */
  readonly mocks?: readonly ActivityMock[];
  /** What goes wrong. @default nothing */
  readonly faults?: readonly Fault[];
  /** A server that skips time, or one as in production. @default "time-skipping" */
  readonly server?: "time-skipping" | "real";
  /** Of a running real server. @default a server of the rig's own, from TEMPORAL_CLI_PATH */
  readonly address?: string;
  /** What a run that is still open at the end means. @default "fail" */
  readonly openRuns?: "fail" | "allow";
  /** How many runs stay in memory between their tasks; 0 replays each from its history. @default by memory */
  readonly maxCachedWorkflows?: number;
}

/** Server, worker and clients for one test or test file, made by {@link createTestRig}. */
export interface TestRig {
  readonly client: TenutoClient;
  /** Temporal's own client; waiting for a result by it skips time as well. */
  readonly temporal: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  /** What the server's clock says, in milliseconds since 1970. */
  now(): Promise<number>;
  /** Lets time go by: at once on a server that skips time, else really. */
  advance(duration: Duration): Promise<void>;
  /** Kills the rig's own real server (SIGKILL). */
  stopServer(): Promise<void>;
  /** Starts it again on the same data. */
  restartServer(): Promise<void>;
  /**
   * Replays every run that was started through the rig and compares its steps' idempotency keys, then ends everything.
   *
   * @throws {@link RunsLeftOpen}; `HistoriesDiffer` when a run does not replay or a key differs.
   */
  close(): Promise<void>;
}

/**
 * Starts a Temporal server, a worker and clients for a test.
 *
 * @throws `NoTimeSkippingServer`, or Error when there is no real server; `InvalidDefinition` when a mock or a fault names
 * an unknown activity; `WorkflowBuildFailed`.
 * @example
 * ```ts
 * const rig = await createTestRig({
 *   app,
 *   workflows: new URL("../src/workflows/index.ts", import.meta.url),
 *   activities: [createPayments({ gateway })],
 *   mocks: [mock(stock, { reserve: async () => ({ reservationId: "r-1" }) })],
 *   faults: [failStep("payments.chargeCard", { times: 2 })],
 * });
 * const { workflowId } = await rig.client.start(fulfillOrderContract, order);
 * const { status } = await rig.client.result(workflowId, { waitMs: 10_000 });
 * await rig.close();
 * ```
 */
export async function createTestRig(options: TestRigOptions): Promise<TestRig> {
  const { app, mocks = [], faults = [], workflows } = options;
  const isSkipping = (options.server ?? "time-skipping") === "time-skipping";
  const activities = composeActivities(app, { activities: options.activities ?? [], mocks, faults });
  const bundle = typeof workflows === "object" && "code" in workflows ? workflows : await bundleForTests(workflows);
  const runs = new RigRuns();
  const interceptors = { workflow: [runs.interceptor] };
  const server = isSkipping
    ? await startTimeSkippingServer({ interceptors })
    : await useRealServer({ interceptors, address: options.address });
  const { connection, namespace } = server;
  try {
    const { maxCachedWorkflows } = options;
    const worker = await createWorker({
      app,
      workflows: bundle,
      activities,
      connection: server.native,
      namespace,
      shutdownGrace: "1s",
      sinks: ignoredStepKeys,
      ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
    });
    const running = worker.run();
    running.catch(() => undefined); // Told by close.
    const stopWorker = async () => {
      worker.shutdown();
      await running;
    };
    return {
      client: skippingWhileWaiting(runs.watch(await createClient(app, { connection, namespace })), server),
      temporal: server.client,
      namespace,
      taskQueue: worker.taskQueue,
      now: () => server.now(),
      advance: (duration) => server.advance(parseDuration(duration)),
      stopServer: () => server.kill(),
      restartServer: () => server.restart(),
      close: async () => {
        try {
          const recorded = await read(runs, connection, namespace);
          await stopWorker();
          await check(recorded, { namespace, bundle, openRuns: options.openRuns ?? "fail" });
        } finally {
          await stopWorker().catch(() => undefined);
          await server.close();
        }
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function skippingWhileWaiting(client: TenutoClient, server: TestServer): TenutoClient {
  const result = (workflowId: string, options?: Parameters<TenutoClient["result"]>[1]) =>
    server.skipping(() => client.result(workflowId, options));
  return { ...client, result: result as TenutoClient["result"] };
}

async function read(runs: RigRuns, connection: Connection, namespace: string): Promise<readonly RigRun[]> {
  const recorded: RigRun[] = [];
  for await (const run of runs.read(connection, namespace)) recorded.push(run);
  return recorded;
}

/** Only replays compare keys. */
const ignoredStepKeys: InjectedSinks<StepKeySinks> = {
  tenutoStepKeys: { scheduled: { fn: () => undefined } },
};

interface Expected {
  readonly namespace: string;
  readonly bundle: WorkflowBundle;
  readonly openRuns: "fail" | "allow";
}

async function check(recorded: readonly RigRun[], { namespace, bundle, openRuns }: Expected): Promise<void> {
  // One whose first task is not done yet has nothing to replay.
  const replayable = recorded.filter(({ history }) =>
    history.events?.some(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes),
  );
  await checkHistories(
    { workflows: bundle },
    replayable.map(({ workflowId, history }) => ({ namespace, workflowId, history })),
  );
  const open = recorded.filter(({ isOpen }) => isOpen);
  if (open.length > 0 && openRuns === "fail") throw new RunsLeftOpen(open.map(({ workflowId }) => workflowId));
}

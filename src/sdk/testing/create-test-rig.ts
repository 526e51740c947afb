import type { Client } from "@temporalio/client";
import { createClient, createEncryption, type TenutoClient } from "../client/index.ts";
import type { App } from "../core/define-app.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import type { WorkflowBundle } from "../worker/index.ts";
import { bundleSystemWorkflows } from "../worker/system-worker.ts";
import { bundleForTests } from "./bundle-for-tests.ts";
import { checkHistories } from "./check-histories.ts";
import { assertActivitiesKnown, composeActivities } from "./compose-activities.ts";
import { RunsLeftOpen } from "./errors/runs-left-open.ts";
import { type FaultHost, faultHost } from "./fault-host.ts";
import { assertFaultsPossible } from "./possible-faults.ts";
import { useRealServer } from "./real-server.ts";
import type { TestRigOptions } from "./rig-options.ts";
import { type RigPlace, type RigRun, RigRuns } from "./rig-runs.ts";
import { hrefOf, loadRigWorker } from "./rig-worker.ts";
import { ServerOutage } from "./server-outage.ts";
import type { TestServer } from "./test-server.ts";
import { startTimeSkippingServer } from "./time-skipping-server.ts";
import { type WorkerControl, workerHere } from "./worker-control.ts";
import { WorkerProcess } from "./worker-process.ts";

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
  /** Lets the worker end what it does; runs wait until it is started again. */
  stopWorker(): Promise<void>;
  /** Kills the worker's process (SIGKILL), if it has one of its own. */
  killWorker(): Promise<void>;
  /** Starts the worker again after `stopWorker` or `killWorker`. */
  startWorker(): Promise<void>;
  /**
   * Replays every run that was started through the rig and compares its steps' idempotency keys, then ends everything.
   *
   * @throws {@link RunsLeftOpen}; `HistoriesDiffer` when a run does not replay or a key differs; `WorkerEnded` when a
   * worker's process ended by itself.
   */
  close(): Promise<void>;
}

/**
 * Starts a Temporal server, a worker and clients for a test.
 *
 * @throws `NoTimeSkippingServer`, or Error when there is no real server; `InvalidDefinition` when a mock or a fault names
 * an unknown activity or a worker can't be killed as asked; `WorkflowBuildFailed`; `WorkerEnded`.
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
  const plan = await planOf(options);
  const { app, bundle } = plan;
  const runs = new RigRuns();
  const encryption = options.encryptionKeys === undefined ? undefined : createEncryption(options.encryptionKeys);
  const interceptors = { workflow: [runs.interceptor] };
  const clientOptions = { interceptors, ...(encryption && { dataConverter: encryption.dataConverter }) };
  const server =
    (options.server ?? "time-skipping") === "time-skipping"
      ? await startTimeSkippingServer(clientOptions)
      : await useRealServer({ ...clientOptions, address: options.address });
  const { connection, namespace } = server;
  const place = { connection, namespace, encryption };
  try {
    const outage = new ServerOutage(server);
    const worker = plan.workerOn(server, faultHost(outage));
    await worker.start();
    return {
      client: skippingWhileWaiting(runs.watch(await createClient(app, place)), server),
      temporal: server.client,
      namespace,
      taskQueue: app.name,
      now: () => server.now(),
      advance: (duration) => server.advance(parseDuration(duration)),
      stopServer: () => server.kill(),
      restartServer: () => server.restart(),
      stopWorker: () => worker.stop(),
      killWorker: () => worker.kill(),
      startWorker: () => worker.start(),
      close: async () => {
        try {
          await outage.over();
          const recorded = await read(runs, place);
          await worker.stop();
          await check(recorded, { ...place, bundle, openRuns: options.openRuns ?? "fail" });
        } finally {
          await worker.stop().catch(() => undefined);
          await server.close();
        }
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** What a rig's worker runs, known before there is a server. */
interface Plan {
  readonly app: App;
  readonly bundle: WorkflowBundle;
  workerOn(server: TestServer, host: FaultHost): WorkerControl;
}

async function planOf(options: TestRigOptions): Promise<Plan> {
  const { faults = [], encryptionKeys, stickyTimeout } = options;
  assertFaultsPossible(faults, options);
  if (options.worker) {
    const { maxCachedWorkflows = 0 } = options;
    const { data, nodeFlags = process.execArgv } = options.worker;
    const module = hrefOf(options.worker.module);
    const { app, workflows } = await loadRigWorker(module);
    assertActivitiesKnown(app, { mocks: [], faults });
    const [bundle, systemBundle] = await Promise.all([bundleForTests(workflows), bundleSystemWorkflows()]);
    const task = { module, data, faults, bundle, systemBundle, maxCachedWorkflows, stickyTimeout, encryptionKeys };
    const workerOn = ({ address, namespace }: TestServer, host: FaultHost) =>
      new WorkerProcess({ task: { ...task, address, namespace }, nodeFlags, host });
    return { app, bundle, workerOn };
  }
  const { app, workflows, activities = [], mocks = [], maxCachedWorkflows } = options;
  assertActivitiesKnown(app, { mocks, faults });
  const bundle = typeof workflows === "object" && "code" in workflows ? workflows : await bundleForTests(workflows);
  const cache = { ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }), stickyTimeout };
  const workerOn = ({ native: connection, namespace }: TestServer, host: FaultHost) => {
    const composed = composeActivities(app, { activities, mocks, faults, host });
    const encryption = encryptionKeys === undefined ? undefined : createEncryption(encryptionKeys);
    return workerHere({ app, workflows: bundle, activities: composed, connection, namespace, encryption, ...cache });
  };
  return { app, bundle, workerOn };
}

function skippingWhileWaiting(client: TenutoClient, server: TestServer): TenutoClient {
  const result = (workflowId: string, options?: Parameters<TenutoClient["result"]>[1]) =>
    server.skipping(() => client.result(workflowId, options));
  return { ...client, result: result as TenutoClient["result"] };
}

async function read(runs: RigRuns, place: RigPlace): Promise<readonly RigRun[]> {
  const recorded: RigRun[] = [];
  for await (const run of runs.read(place)) recorded.push(run);
  return recorded;
}

interface Expected extends Pick<RigPlace, "namespace" | "encryption"> {
  readonly bundle: WorkflowBundle;
  readonly openRuns: "fail" | "allow";
}

async function check(
  recorded: readonly RigRun[],
  { namespace, encryption, bundle, openRuns }: Expected,
): Promise<void> {
  // One whose first task is not done yet has nothing to replay.
  const replayable = recorded.filter(({ history }) =>
    history.events?.some(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes),
  );
  await checkHistories(
    { workflows: bundle, encryption },
    replayable.map(({ workflowId, history }) => ({ namespace, workflowId, history })),
  );
  const open = recorded.filter(({ isOpen }) => isOpen);
  if (open.length > 0 && openRuns === "fail") throw new RunsLeftOpen(open.map(({ workflowId }) => workflowId));
}

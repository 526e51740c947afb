// Forked by `WorkerProcess`: a rig's worker in a process of its own, which a fault may kill. It ends with its parent.
import { setTimeout as sleep } from "node:timers/promises";
import { DefaultLogger, NativeConnection, Runtime } from "@temporalio/worker";
import { createEncryption } from "../client/index.ts";
import { useSystemBundle } from "../worker/system-worker.ts";
import { composeActivities } from "./compose-activities.ts";
import type { FaultHost } from "./fault-host.ts";
import { loadRigWorker } from "./rig-worker.ts";
import { createRigWorker } from "./worker-control.ts";
import type { FromWorkerProcess, ToWorkerProcess, WorkerTask } from "./worker-messages.ts";

const connectWithinMs = 60_000;
const stop = new AbortController();
let nextQuestion = 0;
const answers = new Map<number, (message: Answer) => void>();

type Answer = Extract<ToWorkerProcess, { readonly question: number }>;
type Question = Extract<FromWorkerProcess, { readonly question: number }>;
type WithoutNumber<Q> = Q extends unknown ? Omit<Q, "question"> : never;

process.on("message", (message: ToWorkerProcess) => {
  switch (message.kind) {
    case "run":
      void run(message.task).then(() => process.exit(0), fail);
      break;
    case "strike":
    case "server-away":
      answers.get(message.question)?.(message);
      answers.delete(message.question);
      break;
    case "stop":
      stop.abort();
  }
});
process.on("disconnect", () => process.exit(1));

async function run(task: WorkerTask) {
  const { module, data, faults, bundle, address, namespace, maxCachedWorkflows, stickyTimeout, encryptionKeys } = task;
  useSystemBundle(task.systemBundle);
  const { app, activities, mocks, alerts } = await loadRigWorker(module);
  installLogger();
  const host: FaultHost = {
    strikes: async (fault, idempotencyKey) => {
      const answer = await ask({ kind: "strikes?", fault: faults.indexOf(fault), idempotencyKey });
      return answer.kind === "strike" && answer.strikes;
    },
    restartServer: async (awayMs) => {
      await ask({ kind: "restart-server", awayMs });
    },
  };
  const layers = { activities: activities?.(data) ?? [], mocks: mocks?.(data) ?? [], faults, host };
  const connection = await connect(address);
  const worker = await createRigWorker({
    app,
    workflows: bundle,
    activities: composeActivities(app, layers),
    connection,
    namespace,
    maxCachedWorkflows,
    stickyTimeout,
    alerts: alerts?.(data),
    encryption: encryptionKeys === undefined ? undefined : createEncryption(encryptionKeys),
  });
  stop.signal.addEventListener("abort", () => {
    worker.shutdown();
  });
  const running = worker.run();
  while (!stop.signal.aborted && !worker.isPolling()) await Promise.race([running, sleep(20)]);
  tell({ kind: "polling" });
  await running;
  await connection.close();
}

function installLogger(): void {
  try {
    Runtime.install({ logger: new DefaultLogger("ERROR"), shutdownSignals: [] });
  } catch {
    // The module has installed what it wants.
  }
}

/** A worker that is started while its server is away waits for it, as one in the test's process would. */
async function connect(address: string): Promise<NativeConnection> {
  const deadline = Date.now() + connectWithinMs;
  for (;;) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(200);
  }
}

function ask(asked: WithoutNumber<Question>): Promise<Answer> {
  const question = nextQuestion++;
  return new Promise((resolve) => {
    answers.set(question, resolve);
    tell({ ...asked, question });
  });
}

function tell(message: FromWorkerProcess, then?: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

function fail(error: unknown): void {
  console.error(error);
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  tell({ kind: "failed", reason }, () => process.exit(1));
}

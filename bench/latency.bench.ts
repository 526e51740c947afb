/**
 * How long three activities in sequence take, from the start of a run to its result: on the embedded server with
 * Tenuto's profile (its data in a file), and on a plain `temporal server start-dev` (in memory) from the same binary.
 *
 * Both servers and their workers, which are alike, run all the time. The rounds take turns, and each begins with the
 * other server, so that a busy spell of the machine meets both.
 */
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundle,
} from "@temporalio/worker";
import { startPlainServer } from "./plain-server.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import type { Steps, threeSteps } from "./workflows/three-steps.ts";

const rounds = 9;
const runsPerRound = 10;
const warmUpRuns = 10;
const taskQueue = "latency";
const atMost = 0.3;

const activities: Steps = { step: async (number) => number + 1 };

/** Runs the workflow once. */
type RunOnce = () => Promise<unknown>;
type Samples = readonly number[];

/** Last made, first undone. */
const cleanUps: (() => Promise<void> | void)[] = [];
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`stopped by ${signal}`));
  });
}

try {
  await main(process.env["TEMPORAL_CLI_PATH"] ?? "temporal");
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
}

async function main(binary: string): Promise<void> {
  // A worker that ended with the signal would leave the run that is awaited without an answer.
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("WARN") });
  const tunedServer = await startTunedServer(cleanUps);
  const plainServer = await startPlainServer(binary);
  cleanUps.push(() => plainServer.stop());

  const workflowBundle = await bundle();
  const tuned = await startWorker(tunedServer.address, workflowBundle);
  const plain = await startWorker(plainServer.address, workflowBundle);
  for (const runOnce of [tuned, plain]) await measure(runOnce, warmUpRuns);

  const measured: { readonly tuned: Samples; readonly plain: Samples }[] = [];
  for (let number = 0; number < rounds; number++) {
    const tunedFirst = number % 2 === 0;
    const first = await measure(tunedFirst ? tuned : plain, runsPerRound);
    const second = await measure(tunedFirst ? plain : tuned, runsPerRound);
    measured.push(tunedFirst ? { tuned: first, plain: second } : { tuned: second, plain: first });
  }
  report(measured);
}

function report(measured: readonly { readonly tuned: Samples; readonly plain: Samples }[]): void {
  const tuned = summary(measured.flatMap((each) => each.tuned));
  const plain = summary(measured.flatMap((each) => each.plain));
  const ratio = round(tuned.p50Ms / plain.p50Ms, 3);
  const ratioOfRounds = measured.map((each) => summary(each.tuned).p50Ms / summary(each.plain).p50Ms);
  console.log(
    `Three activities in sequence, start to result, ${rounds} rounds of ${runsPerRound} runs on each server:`,
  );
  console.log(`  Tenuto's profile             p50 ${tuned.p50Ms} ms, p95 ${tuned.p95Ms} ms`);
  console.log(`  temporal server start-dev    p50 ${plain.p50Ms} ms, p95 ${plain.p95Ms} ms`);
  console.log(`  ratio                        ${ratio}, at most ${atMost} is wanted`);
  printReport({
    bench: "latency",
    ratios: { "tuned/plain": ratio },
    figures: {
      tuned,
      plain,
      rounds,
      runsPerRound,
      ratioOfRounds: { min: round(Math.min(...ratioOfRounds), 3), max: round(Math.max(...ratioOfRounds), 3) },
    },
    bounds: { "tuned/plain": atMost },
  });
}

function summary(samples: Samples): { readonly p50Ms: number; readonly p95Ms: number } {
  return { p50Ms: round(quantile(samples, 0.5), 1), p95Ms: round(quantile(samples, 0.95), 1) };
}

async function measure(runOnce: RunOnce, runs: number): Promise<Samples> {
  const samples: number[] = [];
  while (samples.length < runs) {
    stop.signal.throwIfAborted();
    const startedAt = performance.now();
    await runOnce();
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

/** Starts a worker of the plain SDK at the server, with the same options for both. */
async function startWorker(address: string, workflowBundle: WorkflowBundle): Promise<RunOnce> {
  const connection = await NativeConnection.connect({ address });
  cleanUps.push(() => connection.close());
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
  const clientConnection = await Connection.connect({ address });
  cleanUps.push(() => clientConnection.close());
  const { workflow } = new Client({ connection: clientConnection });

  const running = worker.run();
  cleanUps.push(async () => {
    worker.shutdown();
    await running;
  });
  let runs = 0;
  return () =>
    workflow.execute<typeof threeSteps>("threeSteps", {
      taskQueue,
      workflowId: `run-${runs++}`,
      workflowExecutionTimeout: "30s",
    });
}

async function bundle(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("./workflows/three-steps.ts", import.meta.url)),
    logger: new DefaultLogger("WARN"),
  });
}

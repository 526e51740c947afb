/**
 * What Tenuto costs on top of the plain SDK: three activities in sequence, by contract and client, against the same in
 * the raw SDK, on one server. The runs have the same events; the rounds take turns, so that a busy spell meets both.
 */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { steps, threeTenutoSteps } from "./workflows/steps.contract.ts";

const rounds = 11;
const runsPerRound = 15;
const inFlight = 10;
const inFlightRunsPerRound = 60;

/** Runs the workflow once, and answers with its id. */
type RunOnce = () => Promise<string>;

interface Round {
  readonly p50Ms: number;
  readonly perSecond: number;
}

await withCleanUp(async (cleanUps, stopped) => {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("WARN") });
  const server = await startTunedServer(cleanUps);
  const { address } = server;
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  cleanUps.push(
    () => connection.close(),
    () => native.close(),
  );
  const client = new Client({ connection });
  const raw = await rawRunner(client, native, cleanUps);
  const tenuto = await tenutoRunner(connection, native, cleanUps);

  for (const runOnce of [raw, tenuto]) await measure(runOnce, stopped);
  const events = { raw: await eventsOf(client, await raw()), tenuto: await eventsOf(client, await tenuto()) };
  if (JSON.stringify(events.raw) !== JSON.stringify(events.tenuto)) {
    throw new Error(`The events differ: raw ${events.raw.join()}, Tenuto ${events.tenuto.join()}`);
  }
  const measured: { readonly raw: Round; readonly tenuto: Round }[] = [];
  for (let number = 0; number < rounds; number++) {
    const isRawFirst = number % 2 === 0;
    const first = await measure(isRawFirst ? raw : tenuto, stopped);
    const second = await measure(isRawFirst ? tenuto : raw, stopped);
    measured.push(isRawFirst ? { raw: first, tenuto: second } : { raw: second, tenuto: first });
  }
  report(measured, events.raw.length);
});

async function rawRunner(client: Client, connection: NativeConnection, cleanUps: CleanUps): Promise<RunOnce> {
  const taskQueue = "raw";
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("./workflows/raw-steps.ts", import.meta.url)),
    logger: new DefaultLogger("WARN"),
  });
  const step = async ({ number }: { readonly number: number }) => ({ number: number + 1 });
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities: { step } });
  runUntilCleanUp(worker, cleanUps);
  return async () => {
    const workflowId = randomUUID();
    await client.workflow.execute("threeRawSteps", { taskQueue, workflowId, args: [{ number: 0 }] });
    return workflowId;
  };
}

async function tenutoRunner(connection: Connection, native: NativeConnection, cleanUps: CleanUps): Promise<RunOnce> {
  const app = defineApp({ name: "overhead", workflows: [threeTenutoSteps], activities: [steps] });
  const worker = await createWorker({
    app,
    workflows: new URL("./workflows/tenuto-steps.ts", import.meta.url),
    activities: [implementActivities(steps, { step: async ({ number }) => ({ number: number + 1 }) })],
    connection: native,
  });
  runUntilCleanUp(worker, cleanUps);
  const client = await createClient(app, { connection });
  return async () => {
    const { workflowId, runId } = await client.start(threeTenutoSteps, { number: 0 });
    const { status } = await client.result(workflowId, { runId, waitMs: 30_000 });
    if (status !== "completed") throw new Error(`The run is ${status}`);
    return workflowId;
  };
}

type CleanUps = (() => Promise<void> | void)[];

function runUntilCleanUp(worker: { run(): Promise<void>; shutdown(): void }, cleanUps: CleanUps): void {
  const running = worker.run();
  cleanUps.push(async () => {
    worker.shutdown();
    await running;
  });
}

async function measure(runOnce: RunOnce, stopped: AbortSignal): Promise<Round> {
  const samples: number[] = [];
  while (samples.length < runsPerRound) {
    stopped.throwIfAborted();
    const startedAt = performance.now();
    await runOnce();
    samples.push(performance.now() - startedAt);
  }
  const startedAt = performance.now();
  let left = inFlightRunsPerRound;
  const lane = async () => {
    while (left-- > 0) await runOnce();
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return {
    p50Ms: quantile(samples, 0.5),
    perSecond: inFlightRunsPerRound / ((performance.now() - startedAt) / 1_000),
  };
}

async function eventsOf(client: Client, workflowId: string): Promise<readonly number[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).map(({ eventType }) => Number(eventType));
}

function report(measured: readonly { readonly raw: Round; readonly tenuto: Round }[], events: number): void {
  const p50Ratios = measured.map(({ raw, tenuto }) => tenuto.p50Ms / raw.p50Ms);
  const throughputRatios = measured.map(({ raw, tenuto }) => raw.perSecond / tenuto.perSecond);
  const spread = (values: readonly number[]) => ({
    min: round(Math.min(...values), 3),
    median: round(quantile(values, 0.5), 3),
    max: round(Math.max(...values), 3),
  });
  const medianOf = (values: readonly number[]) => round(quantile(values, 0.5), 1);
  printReport({
    bench: "overhead",
    ratios: {
      "p50 tenuto/raw": round(quantile(p50Ratios, 0.5), 3),
      "throughput raw/tenuto": round(quantile(throughputRatios, 0.5), 3),
    },
    figures: {
      eventsOfARun: events,
      rawP50Ms: medianOf(measured.map(({ raw }) => raw.p50Ms)),
      tenutoP50Ms: medianOf(measured.map(({ tenuto }) => tenuto.p50Ms)),
      rawPerSecond: medianOf(measured.map(({ raw }) => raw.perSecond)),
      tenutoPerSecond: medianOf(measured.map(({ tenuto }) => tenuto.perSecond)),
      p50RatioOfRounds: spread(p50Ratios),
      throughputRatioOfRounds: spread(throughputRatios),
      rounds,
      inFlight,
    },
    // 0.92 of the raw throughput, told the other way round.
    bounds: { "p50 tenuto/raw": 1.1, "throughput raw/tenuto": round(1 / 0.92, 3) },
  });
}

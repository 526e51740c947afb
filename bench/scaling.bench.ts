/**
 * Whether a second worker process is worth it: a backlog of steps that wait 250 ms, finished by one process with 10 slots, and by
 * two. A few runs have all the steps, so that it is the slots that are short and not the processor. The rounds take turns, so that a
 * busy spell meets both; the second process is stopped in between.
 */
import { Connection } from "@temporalio/client";
import { createClient } from "tenuto/client";
import { withCleanUp } from "./clean-up.ts";
import { startNappingProcess } from "./napping-process.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { manyNaps, nappingApp } from "./workflows/napping.contract.ts";

const rounds = Number(process.argv[2] ?? 5);
const runs = 20;
const napsOfRun = 20;
const napMs = 250;
const atMost = 0.6;

await withCleanUp(async (cleanUps, stopped) => {
  const { address } = await startTunedServer(cleanUps);
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  const client = await createClient(nappingApp, { connection });
  const env = { TEMPORAL_ADDRESS: address, TENUTO_QUEUES: "main", TENUTO_SLOTS: "activities=10" };
  const first = await startNappingProcess(env);
  cleanUps.push(() => first.stop());

  const finish = async (): Promise<number> => {
    const input = { naps: napsOfRun, ms: napMs };
    const startedAt = performance.now();
    const started = await Promise.all(Array.from({ length: runs }, () => client.start(manyNaps, input)));
    for (const { workflowId } of started) {
      stopped.throwIfAborted();
      const { status } = await client.result(workflowId, { waitMs: 60_000 });
      if (status !== "completed") throw new Error(`A run is ${status}`);
    }
    return performance.now() - startedAt;
  };
  const withSecond = async () => {
    const second = await startNappingProcess(env);
    try {
      return await finish();
    } finally {
      await second.stop();
    }
  };
  await finish();
  const measured: { readonly one: number; readonly two: number }[] = [];
  for (let number = 0; number < rounds; number++) measured.push({ one: await finish(), two: await withSecond() });
  const medianOf = (values: readonly number[]) => quantile(values, 0.5);
  printReport({
    bench: "scaling",
    ratios: { "two/one": round(medianOf(measured.map(({ one, two }) => two / one)), 3) },
    figures: {
      ...{ rounds, runs, napsOfRun, napMs, slotsOfAProcess: 10 },
      idealMsOfOne: ((runs * napsOfRun) / 10) * napMs,
      oneMs: round(medianOf(measured.map(({ one }) => one)), 0),
      twoMs: round(medianOf(measured.map(({ two }) => two)), 0),
      ratioOfRounds: measured.map(({ one, two }) => round(two / one, 3)),
    },
    bounds: { "two/one": atMost },
  });
});

/**
 * How long the numbers of many closed runs take over HTTP, and a list of runs beside them: the first answer of an API that has just
 * begun, and those after it. The runs are real, of three types, one in ten failed; every number has to be exact at the end.
 *
 * npm run bench -- metrics [--runs 20000]
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { type App, defineApp } from "tenuto";
import { createApi, listenApi } from "tenuto/api";
import { createClient, type MetricsSummary, setUpNamespace, type TenutoClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { inParallel } from "../src/sdk/client/in-parallel.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { large, rare, small } from "./workflows/numbered.contract.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "20000" } } });
const runs = Number(values.runs);
const atOnce = 50;
const coldRounds = 10;
const warmSeconds = 20;
const atMostMs = { cold: 2_000, warm: 300, list: 300 } as const;
const paths = {
  summary: (window: string) => `/v1/metrics/summary?window=${window}`,
  list: "/v1/runs?status=failed&limit=50",
} as const;
const windows = ["1h", "24h", "7d", "30d"];

await withCleanUp(async (cleanUps, stopped) => {
  const { address } = await startTunedServer(cleanUps);
  const namespace = `bench-${randomUUID()}`;
  const connection = await Connection.connect({ address, interceptors: [] });
  cleanUps.push(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 90 });
  const app = defineApp({ name: namespace, workflows: [small, large, rare], activities: [] });
  const native = await NativeConnection.connect({ address });
  cleanUps.push(() => native.close());
  const workflows = new URL("./workflows/numbered.ts", import.meta.url);
  const worker = await createWorker({ app, workflows, activities: [], connection: native, namespace });
  const end = worker.run();
  cleanUps.push(async () => {
    worker.shutdown();
    await end;
  });
  const newClient = () => createClient(app, { connection, namespace });

  const client = await newClient();
  const beganAt = performance.now();
  const indices = Array.from({ length: runs }, (_, index) => index);
  await inParallel(indices, atOnce, async (index) => {
    stopped.throwIfAborted();
    const type = index % 100 === 0 ? rare : index % 3 === 0 ? large : small;
    await client.start(type, { fails: index % 10 === 1 }, { workflowId: `n-${index}` });
  });
  await until(stopped, async () => (await client.counts({ status: "running" })).total === 0);
  const ranMs = performance.now() - beganAt;
  const counted = await until(stopped, async () => {
    const { total } = await client.metricsSummary({ window: "24h" });
    return total.now.closed >= runs && total.now;
  });
  const countedMs = performance.now() - beganAt;
  const failed = indices.filter((index) => index % 10 === 1).length;
  const isExact = counted.closed === runs && counted.failed === failed && counted.metrics["value"]?.sum === runs;
  if (!isExact) throw new Error(`The numbers are not exact: ${JSON.stringify(counted)}`);

  const cold: number[] = [];
  for (let round = 0; round < coldRounds; round++) {
    await usingApi({ client: await newClient(), app }, async (ask) => {
      cold.push(await ask(paths.summary(windows[round % windows.length] ?? "24h")));
    });
  }
  const [warm, list]: [number[], number[]] = [[], []];
  await usingApi({ client: await newClient(), app }, async (ask) => {
    for (const window of windows) await ask(paths.summary(window));
    for (let second = 0; second < warmSeconds; second += 0.5) {
      for (const window of windows) warm.push(await ask(paths.summary(window)));
      list.push(await ask(paths.list));
      await sleep(500, undefined, { signal: stopped });
    }
  });
  const p95 = { cold: quantile(cold, 0.95), warm: quantile(warm, 0.95), list: quantile(list, 0.95) };
  const ratios = (Object.keys(atMostMs) as (keyof typeof atMostMs)[]).map(
    (which) => [`${which}: ${atMostMs[which]} ms`, round(p95[which] / atMostMs[which], 3)] as const,
  );
  printReport({
    bench: "metrics",
    ratios: Object.fromEntries(ratios),
    figures: {
      runs,
      isExact,
      runsPerSecond: round(runs / (ranMs / 1_000), 1),
      countedAfterMs: round(countedMs - ranMs, 0),
      p95Ms: { cold: round(p95.cold, 0), warm: round(p95.warm, 0), list: round(p95.list, 0) },
      maxMs: { cold: round(Math.max(...cold), 0), warm: round(Math.max(...warm), 0) },
    },
    bounds: Object.fromEntries(ratios.map(([name]) => [name, 1])),
  });
});

interface Served {
  readonly client: TenutoClient;
  readonly app: App;
}

/** An API as a process has it; answers how long each request took, in milliseconds. */
async function usingApi({ client, app }: Served, use: (ask: (path: string) => Promise<number>) => Promise<void>) {
  const server = await listenApi(createApi({ client, app }), { host: "127.0.0.1", port: 0 });
  try {
    await use(async (path) => {
      const askedAt = performance.now();
      const response = await fetch(server.url + path);
      const body = (await response.json()) as Partial<MetricsSummary>;
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
      return performance.now() - askedAt;
    });
  } finally {
    await server.close();
  }
}

async function until<T>(stopped: AbortSignal, holds: () => Promise<T>): Promise<Exclude<T, false>> {
  for (;;) {
    stopped.throwIfAborted();
    const found = await holds();
    if (found !== false) return found as Exclude<T, false>;
    await sleep(500, undefined, { signal: stopped });
  }
}

/**
 * How long the numbers of many closed runs take over HTTP, and a list of runs beside them: the first answer of an API that has just
 * begun, and those after it; and how long it takes until an open page is told of a run that has started and ended. The runs are
 * real, of three types, one in ten failed; every number has to be exact at the end.
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
import { createClient, type MetricsSummary, type RunSummary, setUpNamespace, type TenutoClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { inParallel } from "../src/sdk/client/in-parallel.ts";
import { openEvents } from "../test/api/fixtures/event-stream.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { large, rare, small } from "./workflows/numbered.contract.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "20000" } } });
const runs = Number(values.runs);
const atOnce = 50;
const coldRounds = 10;
const warmSeconds = 20;
const toldRuns = 20;
const atMostMs = { cold: 2_000, warm: 300, list: 300, told: 3_000 } as const;
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
  const [warm, list, told]: [number[], number[], number[]] = [[], [], []];
  await usingApi({ client: await newClient(), app }, async (ask, url) => {
    for (const window of windows) await ask(paths.summary(window));
    for (let second = 0; second < warmSeconds; second += 0.5) {
      for (const window of windows) warm.push(await ask(paths.summary(window)));
      list.push(await ask(paths.list));
      await sleep(500, undefined, { signal: stopped });
    }
    const page = await openPage(url);
    for (let index = 0; index < toldRuns; index++) {
      const startedAt = performance.now();
      const { workflowId } = await client.start(small, { fails: false });
      await until(stopped, async () => page.isToldOf(workflowId), 10);
      told.push(performance.now() - startedAt);
    }
    page.close();
  });
  const all = { cold, warm, list, told };
  const p95Of = (which: keyof typeof all) => quantile(all[which], 0.95);
  const ratios = (Object.keys(atMostMs) as (keyof typeof atMostMs)[]).map(
    (which) => [`${which}: ${atMostMs[which]} ms`, round(p95Of(which) / atMostMs[which], 3)] as const,
  );
  printReport({
    bench: "metrics",
    ratios: Object.fromEntries(ratios),
    figures: {
      runs,
      isExact,
      runsPerSecond: round(runs / (ranMs / 1_000), 1),
      countedAfterMs: round(countedMs - ranMs, 0),
      p95Ms: mapped(all, (values) => round(quantile(values, 0.95), 0)),
      maxMs: mapped(all, (values) => round(Math.max(...values), 0)),
    },
    bounds: Object.fromEntries(ratios.map(([name]) => [name, 1])),
  });
});

interface Served {
  readonly client: TenutoClient;
  readonly app: App;
}

/** An API as a process has it; answers how long each request took, in milliseconds. */
async function usingApi(
  { client, app }: Served,
  use: (ask: (path: string) => Promise<number>, url: string) => Promise<void>,
) {
  const closing = new AbortController();
  const api = createApi({ client, app, closing: closing.signal });
  const server = await listenApi(api, { host: "127.0.0.1", port: 0 });
  try {
    await use(async (path) => {
      const askedAt = performance.now();
      const response = await fetch(server.url + path);
      const body = (await response.json()) as Partial<MetricsSummary>;
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
      return performance.now() - askedAt;
    }, server.url);
  } finally {
    closing.abort();
    await server.close();
  }
}

/** What an open page of the dashboard listens to. */
async function openPage(url: string) {
  const stream = await openEvents(`${url}/v1/metrics/stream?status=completed`);
  const told = new Set<string>();
  let goesLive = (): void => undefined;
  const isLive = new Promise<void>((resolve) => (goesLive = resolve));
  const listening = (async () => {
    for await (const { name, data } of stream.events()) {
      if (name === "live" && data["isLive"] === true) goesLive();
      if (name === "runs") for (const { workflowId } of data["items"] as readonly RunSummary[]) told.add(workflowId);
    }
  })().catch(() => undefined);
  await Promise.race([isLive, listening.then(() => Promise.reject(new Error("The page's stream ended")))]);
  return { isToldOf: (workflowId: string) => told.has(workflowId), close: () => stream.cut() };
}

function mapped<K extends string>(
  each: Readonly<Record<K, readonly number[]>>,
  of: (values: readonly number[]) => number,
) {
  return Object.fromEntries(Object.entries<readonly number[]>(each).map(([name, values]) => [name, of(values)]));
}

async function until<T>(stopped: AbortSignal, holds: () => Promise<T>, everyMs = 500): Promise<Exclude<T, false>> {
  for (;;) {
    stopped.throwIfAborted();
    const found = await holds();
    if (found !== false) return found as Exclude<T, false>;
    await sleep(everyMs, undefined, { signal: stopped });
  }
}

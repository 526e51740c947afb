/**
 * How long a page of the inbox takes over REST while 5,000 tasks are open, each of a run of its own: all of them, a page
 * further on, and by each filter that people have. The API is a process of its own; no worker runs meanwhile.
 *
 * npm run bench -- tasks [--tasks 5000] [--postgres]
 */
import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { createClient, type TenutoClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { prepareTestbed } from "../scripts/prepare-testbed.mjs";
import { setUpNamespace } from "../src/sdk/client/set-up-namespace.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { app, asking, shares } from "./workflows/asking.contract.ts";

const { values } = parseArgs({
  options: { tasks: { type: "string", default: "5000" }, postgres: { type: "boolean", default: false } },
});
const tasks = Number(values.tasks);
const asks = 100;
const warmUps = 20;
const atMostMs = 200;
const largestPage = "200 a page";
/** May answer a few of the tasks by name, and a fifth by role. */
const caller = { key: "carol:operator+support:not-a-secret", headers: { authorization: "Bearer not-a-secret" } };

await withCleanUp(async (cleanUps, stopped) => {
  const address = await startServer(cleanUps);
  const namespace = `bench-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const madeMs = await timed(() => openTasks({ address, namespace, connection }, stopped));
  console.log(`${tasks} tasks opened in ${round(madeMs / 1_000, 0)} s`);

  const url = await startApi({ address, namespace }, cleanUps);
  const list = async (query: string) => {
    const answer = await fetch(`${url}/v1/tasks?${query}`, { headers: caller.headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${query}: ${answer.status} ${text}`);
    return JSON.parse(text) as Page;
  };
  const count = await countOf(list);
  if (count !== tasks) throw new Error(`${tasks} tasks are open, and the inbox has ${count}`);

  const { nextCursor } = await list("");
  const queries = {
    list: "",
    "next page": `cursor=${nextCursor ?? ""}`,
    [largestPage]: "limit=200",
    role: "role=approver",
    type: "type=grant",
    mine: "mine=true",
    assignee: "assignee=dave",
    "few: assignee": "assignee=grace",
    overdue: "overdue=true",
    "overdue of a role": "overdue=true&role=support",
  };
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < warmUps + asks; round++) {
    for (const [name, query] of Object.entries(queries)) {
      stopped.throwIfAborted();
      let found = 0;
      const tookMs = await timed(async () => (found = (await list(query)).items.length));
      if (found === 0) throw new Error(`Nothing was found by ${query}`);
      if (round >= warmUps) (samples[name] ??= []).push(tookMs);
    }
  }
  const of = (share: number) =>
    Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, round(quantile(all, share), 1)]));
  const p95Ms = of(0.95);
  // The largest page that may be asked for is no page that people look at.
  const named = Object.entries(p95Ms)
    .filter(([name]) => name !== largestPage)
    .map(([name, ms]) => [`${name}: p95 of ${atMostMs} ms`, round(ms / atMostMs, 3)] as const);
  printReport({
    bench: "tasks",
    ratios: Object.fromEntries(named),
    figures: { database: values.postgres ? "PostgreSQL" : "SQLite", tasks, asks, p50Ms: of(0.5), p95Ms, maxMs: of(1) },
    bounds: Object.fromEntries(named.map(([name]) => [name, 1])),
  });
});

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

interface Place {
  readonly address: string;
  readonly namespace: string;
}

type CleanUps = (() => Promise<void> | void)[];

async function startServer(cleanUps: CleanUps): Promise<string> {
  if (!values.postgres) return (await startTunedServer(cleanUps)).address;
  const start = await prepareTestbed({ env: process.env, log: console.error });
  const testbed = await start();
  cleanUps.push(() => testbed.stop());
  return testbed.address;
}

async function startApi({ address, namespace }: Place, cleanUps: CleanUps): Promise<string> {
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TENUTO_API_KEYS: caller.key,
  };
  const child = fork(fileURLToPath(new URL("servers/asking-api.ts", import.meta.url)), { env });
  cleanUps.push(async () => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, "exit");
  });
  const [url] = (await once(child, "message")) as [string];
  return url;
}

/** Starts the runs, and lets a worker bring each to its task. */
async function openTasks(place: Place & { readonly connection: Connection }, stopped: AbortSignal): Promise<void> {
  const { address, namespace, connection } = place;
  const native = await NativeConnection.connect({ address });
  const client = await createClient(app, { connection, namespace, identity: "bench" });
  const workflows = new URL("workflows/asking.ts", import.meta.url);
  const worker = await createWorker({ app, workflows, activities: [], connection: native, namespace });
  const running = worker.run();
  try {
    await startRuns(client, stopped);
    const query = "TenutoMarks = 'task'";
    const opened = async () => (await connection.workflowService.countWorkflowExecutions({ namespace, query })).count;
    while (Number(await opened()) < tasks) await sleep(500, undefined, { signal: stopped });
  } finally {
    worker.shutdown();
    await running;
    await native.close();
  }
}

async function startRuns(client: TenutoClient, stopped: AbortSignal): Promise<void> {
  const kinds = Object.entries(shares).flatMap(([task, share]) => Array<string>(share).fill(task));
  let next = 0;
  const one = async () => {
    while (next < tasks) {
      stopped.throwIfAborted();
      const index = next++;
      const reason = "The parcel came back, and the customer has written twice since; the warehouse has it again.";
      const question = { orderId: `order-${index}`, amountCents: 1_000 + index, reason };
      const task = kinds[(index * 37) % kinds.length];
      await client.start(asking.name, { task, question }, { workflowId: `order-${index}` });
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
}

async function countOf(list: (query: string) => Promise<Page>): Promise<number> {
  let count = 0;
  let cursor: string | null | undefined = "";
  while (cursor !== null && cursor !== undefined) {
    const page: Page = await list(`limit=200${cursor && `&cursor=${cursor}`}`);
    count += page.items.length;
    cursor = page.nextCursor;
  }
  return count;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * How long a page of dead letters takes over REST while 5,000 are open: the first page, a page further on, a large one and
 * those of one fingerprint. The API is a process of its own, and works on the letters itself, as where no worker is there.
 *
 * npm run bench -- dead-letters [--letters 5000] [--postgres]
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Connection } from "@temporalio/client";
import { prepareTestbed } from "../scripts/prepare-testbed.mjs";
import { openDeadLetter } from "../src/sdk/client/open-dead-letter.ts";
import { setUpNamespace } from "../src/sdk/client/set-up-namespace.ts";
import { Temporal } from "../src/sdk/client/temporal.ts";
import type { DeadLetterReport } from "../src/sdk/core/dead-letter.ts";
import { fingerprintOfFailure } from "../src/sdk/core/fingerprint.ts";
import { freePort } from "../src/sdk/worker/free-port.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";

const { values } = parseArgs({
  options: { letters: { type: "string", default: "5000" }, postgres: { type: "boolean", default: false } },
});
const letters = Number(values.letters);
const asks = 100;
const warmUps = 20;
const atMostMs = 200;
const largestPage = "200 a page";

const steps = ["stock.reserve", "payments.chargeCard", "shipping.book", "mail.sendReceipt"];
const errors = ["Timeout", "Error", "ServiceUnavailable", "ConnectionReset", "WorkerLost"];

await withCleanUp(async (cleanUps, stopped) => {
  const address = await startServer(cleanUps);
  const namespace = `bench-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const url = await startApi({ address, namespace }, cleanUps, stopped);

  const temporal = new Temporal({ connection, namespace, identity: "bench" });
  const madeMs = await timed(() => openLetters(temporal, stopped));
  console.log(`${letters} dead letters opened in ${round(madeMs / 1_000, 0)} s`);
  const list = async (query: string) => {
    const answer = await fetch(`${url}/v1/dead-letters?${query}`);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${query}: ${answer.status} ${text}`);
    return JSON.parse(text) as Page;
  };
  await until(stopped, async () => (await countOf(list)) >= letters);
  await until(stopped, () => isTakenUp(temporal));
  console.log("all are listed, and taken up by a worker");

  const { nextCursor } = await list("");
  const fingerprint = reportOf(1).fingerprint;
  const queries = {
    list: "",
    "next page": `cursor=${nextCursor ?? ""}`,
    [largestPage]: "limit=200",
    "by fingerprint": `fingerprint=${fingerprint}`,
    "by type and step": `type=${reportOf(2).type}&step=${reportOf(2).step ?? ""}`,
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
    bench: "dead-letters",
    ratios: Object.fromEntries(named),
    figures: {
      database: values.postgres ? "PostgreSQL" : "SQLite",
      letters,
      asks,
      p50Ms: of(0.5),
      p95Ms,
      maxMs: of(1),
    },
    bounds: Object.fromEntries(named.map(([name]) => [name, 1])),
  });
});

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

type CleanUps = (() => Promise<void> | void)[];

async function startServer(cleanUps: CleanUps): Promise<string> {
  if (!values.postgres) return (await startTunedServer(cleanUps)).address;
  const start = await prepareTestbed({ env: process.env, log: console.error });
  const testbed = await start();
  cleanUps.push(() => testbed.stop());
  return testbed.address;
}

async function startApi(
  { address, namespace }: { readonly address: string; readonly namespace: string },
  cleanUps: CleanUps,
  stopped: AbortSignal,
): Promise<string> {
  const port = await freePort();
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TENUTO_PORT: String(port),
    TENUTO_RATE_LIMIT: "1000000",
    TENUTO_LOG_LEVEL: "warn",
  };
  const child: ChildProcess = fork(fileURLToPath(new URL("../src/bin/api.ts", import.meta.url)), { env });
  cleanUps.push(async () => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, "exit");
  });
  const url = `http://127.0.0.1:${port}`;
  await until(stopped, async () => {
    if (child.exitCode !== null) throw new Error("The API ended before it was ready");
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok ?? false;
  });
  return url;
}

async function openLetters(temporal: Temporal, stopped: AbortSignal): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < letters) {
      stopped.throwIfAborted();
      await openDeadLetter(temporal, reportOf(next++));
    }
  };
  await Promise.all(Array.from({ length: 40 }, one));
}

/** As the reconciler makes it of a run that failed after six attempts. */
function reportOf(index: number): DeadLetterReport {
  const type = `fulfillOrder${index % 3 === 0 ? "" : index % 3}`;
  const step = steps[index % steps.length] ?? "";
  const error = {
    type: errors[index % errors.length] ?? "",
    message: `${step} of order ${index} answered 503: no upstream is healthy`,
  };
  const at = new Date().toISOString();
  const lines = Array.from({ length: 10 }, (_, line) => ({ sku: `sku-${line}`, quantity: line + 1, unitCents: 1_200 }));
  return {
    kind: "failed",
    workflowId: `order-${index}`,
    runId: randomUUID(),
    originalRunId: randomUUID(),
    type,
    step,
    error,
    failure: { ...error, cause: { type: "Error", message: "connect ECONNREFUSED 10.0.0.1:443" } },
    openEffects: [],
    undone: false,
    hadSaga: true,
    stepsDone: 1,
    attempts: Array.from({ length: 6 }, (_, attempt) => ({ attempt: attempt + 1, startedAt: at, closedAt: at, error })),
    workerIdentity: "4711@worker-7",
    fingerprint: fingerprintOfFailure({ type, step, error }),
    input: JSON.stringify({ id: `order-${index}`, customer: "ada@example.com", address: "1 Infinite Loop", lines }),
    closedAt: at,
    resettableUntil: at,
    at,
  };
}

async function countOf(list: (query: string) => Promise<Page>): Promise<number> {
  let count = 0;
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Page = await list(`limit=200${cursor && `&cursor=${cursor}`}`);
    count += page.items.length;
    cursor = page.nextCursor;
  }
  return count;
}

/** A worker takes them in turn, and has done so with all when it has with the last ones. */
async function isTakenUp({ connection, namespace }: Temporal): Promise<boolean> {
  const query = "WorkflowType = 'tenutoDeadLetter'";
  const { executions } = await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 200 });
  const described = executions.map(({ execution }) =>
    connection.workflowService.describeWorkflowExecution({ namespace, execution: execution ?? null }),
  );
  return (await Promise.all(described)).every(({ pendingWorkflowTask: task }) => !task);
}

async function until(stopped: AbortSignal, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(500, undefined, { signal: stopped });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

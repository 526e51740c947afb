/** Run by memory.bench.ts in a process of its own: prints what cached, waiting runs of one kind cost in memory. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { createClient } from "tenuto/client";
import { bundleWorkflows } from "tenuto/worker";
import { waitsForever } from "./workflows/waiting.contract.ts";

const [kind, address, count] = process.argv.slice(2);
if (!address || (kind !== "raw" && kind !== "tenuto"))
  throw new Error("usage: memory-of-runs raw|tenuto ADDRESS COUNT");
const runs = Number(count);

Runtime.install({ logger: new DefaultLogger("ERROR") });
const taskQueue = `memory-${randomUUID()}`;
const workflowsPath = fileURLToPath(new URL(`./workflows/waiting-${kind}.ts`, import.meta.url));
const workflowBundle =
  kind === "tenuto"
    ? await bundleWorkflows(workflowsPath)
    : await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger("ERROR") });
const native = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection: native,
  taskQueue,
  workflowBundle,
  maxCachedWorkflows: runs * 2,
  maxConcurrentWorkflowTaskExecutions: 20,
});
const running = worker.run();
const connection = await Connection.connect({ address });
const start = kind === "tenuto" ? await tenutoStart() : rawStart();

// What the first runs load stays loaded; it is no cost of a run.
await cached(10);
const before = settledMemory();
await cached(runs);
const perRunMb = (settledMemory() - before) / runs / 2 ** 20;
console.log(JSON.stringify({ kind, perRunMb, bundleKiB: codeSize(workflowBundle.code) }));
worker.shutdown();
await running;
await connection.close();
await native.close();

function rawStart(): () => Promise<unknown> {
  const { workflow } = new Client({ connection });
  return () => workflow.start("waitsForever", { taskQueue, workflowId: randomUUID(), args: [{}] });
}

/** By Tenuto's client, which parses the input: parsing it in the run would take a worker with activities. */
async function tenutoStart(): Promise<() => Promise<unknown>> {
  const app = defineApp({ name: taskQueue, workflows: [waitsForever], activities: [] });
  const client = await createClient(app, { connection });
  return () => client.start(waitsForever, {});
}

/** Starts that many runs, and waits until the worker has all of them in its cache. */
async function cached(more: number): Promise<void> {
  const wanted = worker.getStatus().numCachedWorkflows + more;
  for (let left = more; left > 0; left -= 20) await Promise.all(Array.from({ length: Math.min(20, left) }, start));
  while (worker.getStatus().numCachedWorkflows < wanted) await sleep(50);
}

function settledMemory(): number {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** Without the source map, which is as long as the paths of the machine. */
function codeSize(code: string): number {
  return Buffer.byteLength(code.replace(/\/\/# sourceMappingURL=.*/g, "")) / 1024;
}

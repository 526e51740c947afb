/**
 * Whether a queue whose steps wait holds up another one of the same process: how long a run on the app's own queue takes from its
 * start to its result, with nothing else to do and beside a backlog on the queue `slow`, whose slots are all taken. The rounds take
 * turns, so that a busy spell of the machine meets both; each backlog is through before the next quiet round.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { taskQueueOf } from "tenuto";
import { createClient } from "tenuto/client";
import { withCleanUp } from "./clean-up.ts";
import { startNappingProcess } from "./napping-process.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { nappingApp, naps1, slowNaps } from "./workflows/napping.contract.ts";

const rounds = Number(process.argv[2] ?? 9);
const runsPerRound = 60;
const warmUps = 20;
const pauseMs = 50;
const backlog = 100;
const slots = 10;
/** Each step waits for another time, or all that began together would end together, again and again. */
const slowNapMs = { least: 1_000, most: 3_000 };
const slowQueue = taskQueueOf(nappingApp.name, "slow");
/** Starts in flight of the backlog. */
const atOnce = 8;
const atMost = 1.5;
/** Above it, the server is what is waited for. */
const mostServerCpu = 0.7;

await withCleanUp(async (cleanUps, stopped) => {
  const server = await startTunedServer(cleanUps);
  const connection = await Connection.connect({ address: server.address });
  cleanUps.push(() => connection.close());
  const client = await createClient(nappingApp, { connection });
  const env = { TEMPORAL_ADDRESS: server.address, TENUTO_SLOTS: `activities=${slots}` };
  const worker = await startNappingProcess(env);
  cleanUps.push(() => worker.stop());

  const finished = async (workflowId: string) => {
    stopped.throwIfAborted();
    const { status } = await client.result(workflowId, { waitMs: 60_000 });
    if (status !== "completed") throw new Error(`A run is ${status}`);
  };
  const measure = async (runs: number): Promise<readonly number[]> => {
    const took: number[] = [];
    while (took.length < runs) {
      const startedAt = performance.now();
      const { workflowId } = await client.start(naps1, 0);
      await finished(workflowId);
      took.push(performance.now() - startedAt);
      await sleep(pauseMs);
    }
    return took;
  };
  /** Whether the backlog is one of steps that wait, and no longer one of runs that begin. */
  const isWaiting = async () => {
    const slow = (await client.taskQueues()).find(({ name }) => name === slowQueue);
    return slow?.workflow.backlog === 0 && slow.activity.backlog >= backlog / 2;
  };
  const besideBacklog = async () => {
    const waiting: string[] = [];
    const start = async () => {
      while (waiting.length < backlog) waiting.push((await client.start(slowNaps, napMsOf(waiting.length))).workflowId);
    };
    await Promise.all(Array.from({ length: atOnce }, start));
    while (!(await isWaiting())) await sleep(100, undefined, { signal: stopped });
    const before = { cpu: cpuSecondsOf(server.pid), at: performance.now() };
    const took = await measure(runsPerRound);
    const serverCpu = (cpuSecondsOf(server.pid) - before.cpu) / ((performance.now() - before.at) / 1_000);
    const { status } = await client.describe(waiting.at(-1) ?? "");
    if (status !== "running") throw new Error("The backlog was through before the round was");
    for (const workflowId of waiting) await finished(workflowId);
    return { took, serverCpu };
  };

  await measure(warmUps);
  const measured: {
    readonly quiet: readonly number[];
    readonly busy: readonly number[];
    readonly serverCpu: number;
  }[] = [];
  for (let number = 0; number < rounds; number++) {
    const quiet = await measure(runsPerRound);
    const { took: busy, serverCpu } = await besideBacklog();
    measured.push({ quiet, busy, serverCpu });
  }
  const p95Of = (values: readonly number[]) => quantile(values, 0.95);
  const quiet = measured.flatMap((each) => each.quiet);
  const busy = measured.flatMap((each) => each.busy);
  printReport({
    bench: "queues",
    ratios: {
      "p95 busy/quiet": round(p95Of(busy) / p95Of(quiet), 3),
      "server's cores": round(Math.max(...measured.map(({ serverCpu }) => serverCpu)), 3),
    },
    figures: {
      ...{ rounds, runsPerRound, backlog, slots, slowNapMs },
      quiet: { p50Ms: round(quantile(quiet, 0.5), 1), p95Ms: round(p95Of(quiet), 1) },
      busy: { p50Ms: round(quantile(busy, 0.5), 1), p95Ms: round(p95Of(busy), 1) },
      ratioOfRounds: measured.map((each) => round(p95Of(each.busy) / p95Of(each.quiet), 3)),
    },
    bounds: { "p95 busy/quiet": atMost, "server's cores": mostServerCpu },
  });
});

/** Spread over what it may be, and the same in each round. */
function napMsOf(index: number): number {
  const { least, most } = slowNapMs;
  return least + ((index * 617) % (most - least));
}

/** User and system time of a process so far. */
function cpuSecondsOf(pid: number): number {
  // Fields 14 and 15, in ticks of a hundredth of a second; the name before them may have spaces (proc(5)).
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

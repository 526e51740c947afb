// Runs of a few keys, three at once of each, while workers are killed and runs are terminated; judged by what their steps have
// written into a file, and by when the server has closed them, never by asking a lane. All of them wait before the first begins, so that
// what is measured is how fast lanes let runs through, and not how fast Temporal starts them.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestRig, type TestRig } from "tenuto/testing";
import { bundleForTests } from "../../src/sdk/testing/bundle-for-tests.ts";
import { WorkerProcess } from "../../src/sdk/testing/worker-process.ts";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { eventually } from "../rig/eventually.ts";
import { wholeLines } from "../rig/whole-lines.ts";
import { concurrently } from "../sagas/fixtures/concurrently.ts";
import { held } from "./fixtures/held.contract.ts";
import { type WrittenLine, worker } from "./fixtures/held-worker.ts";
import { type Percentiles, percentilesOf } from "./percentiles.ts";
import { pick, seeded } from "./random.ts";

/** How much chaos, and on which server. */
export interface LaneChaosOptions {
  readonly address: string;
  readonly runs: number;
  readonly keys: number;
  readonly holdMs: number;
  /** Processes, each with a worker of the app and one of Tenuto's own. */
  readonly workers: number;
  /** Of one worker after the other, beside those while the runs come to their lanes. */
  readonly kills: number;
  readonly terminations: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** What was counted. */
export interface LaneChaosReport {
  readonly completed: number;
  readonly terminated: number;
  /** Runs that have not ended, or ended in another way. */
  readonly others: number;
  readonly kills: number;
  /** The most runs of one key that were at work at once. */
  readonly most: number;
  /** From when the lanes are opened to the last end, and what it takes when slots are never free. */
  readonly tookMs: number;
  readonly idealMs: number;
  readonly throughput: number;
  /** From the beginning to the end of runs. */
  readonly heldMs: Percentiles;
}

const limit = 3;
/** As workers have: with fewer, the processor is what runs wait for, and not their slots. */
const caching = { maxCachedWorkflows: 1_000, stickyTimeout: "300ms" } as const;
const withinMs = 20 * 60_000;
/** Of the runs that have all slots until the others wait. */
const gate = "gate-";

export async function laneChaos(options: LaneChaosOptions): Promise<LaneChaosReport> {
  const { address, runs, keys, holdMs, log } = options;
  const directory = await mkdtemp(join(tmpdir(), "tenuto-lanes-"));
  const file = join(directory, "intervals.jsonl");
  const module = new URL("./fixtures/held-worker.ts", import.meta.url);
  const rig = await createTestRig({ server: "real", address, worker: { module, data: { file } }, ...caching });
  const others = await otherWorkers(rig, options, { module: module.href, file });
  const workers = [{ kill: () => rig.killWorker(), start: () => rig.startWorker() }, ...others];
  try {
    await Promise.all(others.map((other) => other.start()));
    const random = seeded(options.seed);
    const ids = Array.from({ length: runs }, (_, place) => `held-${place}`);
    const idealMs = Math.ceil(runs / keys / limit) * holdMs;
    const gates = Array.from({ length: keys * limit }, (_, place) => `${gate}${place}`);
    const start = async ([place, id]: [number, string], runMs: number) => {
      await rig.client.start(held, { id, key: `key-${place % keys}`, holdMs: runMs });
    };
    await concurrently([...gates.entries()], 25, (entry) => start(entry, withinMs));
    await eventually("all slots are taken", async () => (await linesOf(file)).length >= gates.length);
    await Promise.all([
      concurrently([...ids.entries()], 25, (entry) => start(entry, holdMs)),
      killing(workers, {
        ...options,
        kills: workers.length,
        idealMs: holdMs * workers.length,
        signal: new AbortController().signal,
      }),
    ]);
    await eventually("all others wait", async () => (await countOf(rig, "TenutoMarks = 'waiting'")) === runs, {
      withinMs,
    });
    log(`${runs} runs wait`);
    const openedMs = Date.now();
    await concurrently(gates, 25, (id) => rig.client.terminate(id, { reason: "the lanes are opened" }));
    const stop = new AbortController();
    const [kills] = await Promise.all([
      killing(workers, { ...options, idealMs, signal: stop.signal }),
      terminating(rig, ids, { ...options, idealMs, random, signal: stop.signal }),
      eventually("every run is over", async () => (await countOf(rig, "ExecutionStatus = 'Running'")) === 0, {
        ...{ withinMs, everyMs: 1_000 },
      }).finally(() => {
        stop.abort();
      }),
    ]);
    log("all are over");
    const report = await judged(rig, await linesOf(file));
    const tookMs = report.lastEndMs - openedMs;
    const { lastEndMs: _, ...counted } = report;
    return { ...counted, kills, tookMs, idealMs, throughput: Number((idealMs / tookMs).toFixed(3)) };
  } finally {
    await Promise.all(others.map((other) => other.stop()));
    await rig.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Workers of the same app beside the rig's, so that some are there while one is not. */
async function otherWorkers(
  { namespace }: TestRig,
  { address, workers }: LaneChaosOptions,
  { module, file }: { readonly module: string; readonly file: string },
): Promise<readonly WorkerProcess[]> {
  const [bundle, systemBundle] = await Promise.all([bundleForTests(worker.workflows), bundleSystemWorkflows()]);
  const task = { module, data: { file }, faults: [], bundle, systemBundle, address, namespace, ...caching };
  const host = { strikes: () => Promise.resolve(false), restartServer: () => Promise.resolve() };
  const options = { task: { ...task, encryptionKeys: undefined }, nodeFlags: process.execArgv, host };
  return Array.from({ length: workers - 1 }, () => new WorkerProcess(options));
}

interface During extends LaneChaosOptions {
  readonly idealMs: number;
  readonly signal: AbortSignal;
}

/** Kills one worker after the other, and starts each again, at moments that are spread over the time that it takes. */
async function killing(
  workers: readonly Pick<WorkerProcess, "kill" | "start">[],
  { kills, idealMs, signal, log }: During,
): Promise<number> {
  const beganMs = Date.now();
  for (let kill = 0; kill < kills; kill += 1) {
    const dueMs = beganMs + (idealMs * (kill + 1)) / (kills + 1);
    await sleep(Math.max(0, dueMs - Date.now()), undefined, { signal }).catch(() => undefined);
    const killed = workers[kill % workers.length];
    if (signal.aborted || !killed) return kill;
    await killed.kill();
    await killed.start();
    log(`kill ${kill + 1}`);
  }
  return kills;
}

/** Terminates runs that wait or are at work, whichever. */
async function terminating(
  { client }: TestRig,
  ids: readonly string[],
  { terminations, idealMs, random, signal }: During & { readonly random: () => number },
): Promise<void> {
  let done = 0;
  while (done < terminations && !signal.aborted) {
    await sleep(idealMs / (terminations + 1), undefined, { signal }).catch(() => undefined);
    const id = pick(ids, random);
    const { status } = await client.result(id);
    if (status !== "running") continue;
    await client.terminate(id, { reason: "by chaos" });
    done += 1;
  }
}

async function countOf({ temporal }: TestRig, condition: string): Promise<number> {
  const { count } = await temporal.workflow.count(`WorkflowType = 'held' AND ${condition}`);
  return count;
}

async function linesOf(file: string): Promise<readonly WrittenLine[]> {
  return wholeLines(await readFile(file, "utf8").catch(() => "")) as readonly WrittenLine[];
}

async function judged({ temporal }: TestRig, written: readonly WrittenLine[]) {
  const first = (id: string, what: string) => written.find((line) => line.id === id && line.what === what)?.atMs;
  const byKey = new Map<string, [beginMs: number, endMs: number][]>();
  const statuses: string[] = [];
  const ends: { endMs: number; heldMs: number }[] = [];
  for await (const { workflowId, status, closeTime } of temporal.workflow.list({ query: "WorkflowType = 'held'" })) {
    if (!workflowId.startsWith(gate)) statuses.push(status.name);
    const beginMs = first(workflowId, "begin");
    // One that is terminated ends with that, whatever of it was still on its way.
    const endMs = status.name === "COMPLETED" ? first(workflowId, "end") : closeTime?.getTime();
    const key = written.find(({ id }) => id === workflowId)?.key;
    if (beginMs === undefined || key === undefined || endMs === undefined || beginMs >= endMs) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), [beginMs, endMs]]);
    if (!workflowId.startsWith(gate)) ends.push({ endMs, heldMs: endMs - beginMs });
  }
  const withStatus = (name: string) => statuses.filter((status) => status === name).length;
  const [completed, terminated] = [withStatus("COMPLETED"), withStatus("TERMINATED")];
  return {
    completed,
    terminated,
    others: statuses.length - completed - terminated,
    most: Math.max(...[...byKey.values()].map(mostAtOnce)),
    heldMs: percentilesOf(ends.map(({ heldMs }) => heldMs)),
    lastEndMs: Math.max(...ends.map(({ endMs }) => endMs)),
  };
}

function mostAtOnce(intervals: readonly (readonly [beginMs: number, endMs: number])[]): number {
  const at = (atMs: number) => intervals.filter(([beginMs, endMs]) => beginMs <= atMs && atMs < endMs).length;
  return Math.max(...intervals.map(([beginMs]) => at(beginMs)));
}

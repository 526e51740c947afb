// Runs of a few keys, three at once of each, while workers are killed and runs are terminated; judged by what their steps have
// written into a file, and by when the server has closed them, never by asking a lane.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestRig, type TestRig } from "tenuto/testing";
import { bundleForTests } from "../../src/sdk/testing/bundle-for-tests.ts";
import { WorkerProcess } from "../../src/sdk/testing/worker-process.ts";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { eventually } from "../rig/eventually.ts";
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
  /** Of one worker or the other. */
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
  /** From the first beginning to the last end, and what it takes when slots are never free. */
  readonly tookMs: number;
  readonly idealMs: number;
  readonly throughput: number;
  /** From the beginning to the end of runs. */
  readonly heldMs: Percentiles;
}

const limit = 3;
/** As workers have: with fewer, the processor is what runs wait for, and not their slots. */
const maxCachedWorkflows = 1_000;
const withinMs = 20 * 60_000;

export async function laneChaos(options: LaneChaosOptions): Promise<LaneChaosReport> {
  const { address, runs, keys, holdMs, log } = options;
  const directory = await mkdtemp(join(tmpdir(), "tenuto-lanes-"));
  const file = join(directory, "intervals.jsonl");
  const module = new URL("./fixtures/held-worker.ts", import.meta.url);
  const own = { worker: { module, data: { file } }, maxCachedWorkflows };
  const rig = await createTestRig({ server: "real", address, ...own });
  const second = await secondWorker(rig, { address, module: module.href, file });
  try {
    await second.start();
    const random = seeded(options.seed);
    const ids = Array.from({ length: runs }, (_, place) => `held-${place}`);
    const idealMs = Math.ceil(runs / keys / limit) * holdMs;
    await concurrently([...ids.entries()], 25, async ([place, id]) => {
      await rig.client.start(held, { id, key: `key-${place % keys}`, holdMs });
    });
    log(`${runs} runs are started`);
    const stop = new AbortController();
    const [kills] = await Promise.all([
      killing(rig, second, { ...options, idealMs, signal: stop.signal }),
      terminating(rig, ids, { ...options, idealMs, random, signal: stop.signal }),
      eventually("every run is over", () => areOver(rig, runs), { withinMs, everyMs: 1_000 }).finally(() => {
        stop.abort();
      }),
    ]);
    log("all are over");
    const report = await judged(rig, file);
    const { tookMs } = report;
    return { ...report, kills, idealMs, throughput: Number((idealMs / tookMs).toFixed(3)) };
  } finally {
    await second.stop();
    await rig.close();
    await rm(directory, { recursive: true, force: true });
  }
}

interface SecondWorker {
  readonly address: string;
  readonly module: string;
  readonly file: string;
}

/** Another worker of the same app, so that one is there while the other one is not. */
async function secondWorker({ namespace }: TestRig, { address, module, file }: SecondWorker): Promise<WorkerProcess> {
  const [bundle, systemBundle] = await Promise.all([bundleForTests(worker.workflows), bundleSystemWorkflows()]);
  const task = { module, data: { file }, faults: [], bundle, systemBundle, address, namespace };
  const host = { strikes: () => Promise.resolve(false), restartServer: () => Promise.resolve() };
  return new WorkerProcess({
    task: { ...task, maxCachedWorkflows, encryptionKeys: undefined },
    nodeFlags: process.execArgv,
    host,
  });
}

interface During extends LaneChaosOptions {
  readonly idealMs: number;
  readonly signal: AbortSignal;
}

/** Kills one worker and the other, and starts each again, spread over the time that it takes. */
async function killing(rig: TestRig, second: WorkerProcess, { kills, idealMs, signal, log }: During): Promise<number> {
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(idealMs / (kills + 1), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return kill;
    const isFirst = kill % 2 === 0;
    await (isFirst ? rig.killWorker() : second.kill());
    await (isFirst ? rig.startWorker() : second.start());
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

async function areOver({ temporal }: TestRig, runs: number): Promise<boolean> {
  const { count } = await temporal.workflow.count("WorkflowType = 'held' AND ExecutionStatus != 'Running'");
  return count >= runs;
}

async function judged({ temporal }: TestRig, file: string) {
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  const written = lines.map((line) => JSON.parse(line) as WrittenLine);
  const first = (id: string, what: string) => written.find((line) => line.id === id && line.what === what)?.atMs;
  const byKey = new Map<string, [beginMs: number, endMs: number][]>();
  const statuses: string[] = [];
  for await (const { workflowId, status, closeTime } of temporal.workflow.list({ query: "WorkflowType = 'held'" })) {
    statuses.push(status.name);
    const beginMs = first(workflowId, "begin");
    // One that is terminated ends with that, whatever of it was still on its way.
    const endMs = status.name === "COMPLETED" ? first(workflowId, "end") : closeTime?.getTime();
    const key = written.find(({ id }) => id === workflowId)?.key;
    if (beginMs === undefined || key === undefined || endMs === undefined || beginMs >= endMs) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), [beginMs, endMs]]);
  }
  const all = [...byKey.values()].flat();
  const countOf = (name: string) => statuses.filter((status) => status === name).length;
  const [completed, terminated] = [countOf("COMPLETED"), countOf("TERMINATED")];
  return {
    completed,
    terminated,
    others: statuses.length - completed - terminated,
    most: Math.max(...[...byKey.values()].map(mostAtOnce)),
    heldMs: percentilesOf(all.map(([beginMs, endMs]) => endMs - beginMs)),
    tookMs: Math.max(...all.map(([, endMs]) => endMs)) - Math.min(...all.map(([beginMs]) => beginMs)),
  };
}

function mostAtOnce(intervals: readonly (readonly [beginMs: number, endMs: number])[]): number {
  const at = (atMs: number) => intervals.filter(([beginMs, endMs]) => beginMs <= atMs && atMs < endMs).length;
  return Math.max(...intervals.map(([beginMs]) => at(beginMs)));
}

// Many sagas of mixed fate while worker and server are killed; judged by the outside's ledger, all at the end.
import { setTimeout as sleep } from "node:timers/promises";
import type { RunStatus, TenutoClient } from "tenuto/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { concurrently } from "../sagas/fixtures/concurrently.ts";
import type { Plan } from "../sagas/fixtures/fault-proxy.ts";
import type { Line } from "../sagas/fixtures/judge.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import { ended, whileAway } from "../sagas/fixtures/play.ts";
import { pick, seeded } from "./random.ts";

/** How much chaos. */
export interface ChaosOptions {
  readonly sagas: number;
  readonly workerKills: number;
  readonly serverKills: number;
  readonly seed: number;
  readonly inFlight: number;
  readonly log: (line: string) => void;
}

/** What became of them. */
export interface ChaosReport {
  readonly statuses: Readonly<Record<string, number>>;
  readonly fates: Readonly<Record<string, number>>;
  readonly workerKills: number;
  readonly serverKills: number;
  readonly decided: number;
  /** Runs that did not end. */
  readonly stuck: readonly string[];
  /** Runs with an effect, or an undo, that happened twice. */
  readonly doubled: readonly string[];
  /** Runs that left an effect that nobody knows of, or did not do what a completed run does. */
  readonly lost: readonly string[];
  readonly effects: number;
  readonly undos: number;
  readonly openDeadLetters: number;
}

/** What is in store for a saga. */
interface Fate {
  readonly name: string;
  readonly type?: "matrix" | "timedMatrix";
  readonly input?: object;
  readonly plan: Plan;
  readonly isCanceled?: boolean;
}

const fates: readonly ((at: number) => Fate)[] = [
  () => ({ name: "completes", plan: {} }),
  () => ({ name: "completes", plan: {} }),
  () => ({ name: "completes nested", input: { shape: "nested" }, plan: {} }),
  () => ({ name: "completes in parallel", input: { shape: "parallel" }, plan: {} }),
  (at) => ({ name: "is refused", plan: { step: at, fault: "refused" } }),
  (at) => ({ name: "fails", plan: { step: at, fault: "fails" } }),
  (at) => ({ name: "loses its answers", plan: { step: at, fault: "answer lost" } }),
  (at) => ({ name: "is late", plan: { step: at, fault: "late" } }),
  (at) => ({ name: "is later than its undo", plan: { step: at, fault: "after its undo" } }),
  (at) => ({ name: "is canceled", input: { stop: at, by: "wait" }, plan: { step: at }, isCanceled: true }),
  (at) => ({ name: "is canceled in flight", plan: { step: at, fault: "no answer" }, isCanceled: true }),
  (at) => ({ name: "meets its deadline", type: "timedMatrix", input: { stop: at, by: "wait" }, plan: {} }),
  (at) => ({
    name: "throws; an undo fails twice",
    input: { stop: at, by: "throw" },
    plan: { step: at, undoFault: "fails twice" },
  }),
  (at) => ({
    name: "throws; an undo fails for good",
    input: { stop: at, by: "throw" },
    plan: { step: at, undoFault: "fails for good" },
  }),
  (at) => ({ name: "in a nested saga, is refused", input: { shape: "nested" }, plan: { step: at, fault: "refused" } }),
  (at) => ({
    name: "in parallel, loses its answers",
    input: { shape: "parallel" },
    plan: { step: at, fault: "answer lost" },
  }),
];

interface Saga {
  readonly orderId: string;
  readonly order: object;
  readonly fate: Fate;
}

/** Runs them, replays every history, and tells what became of them. */
export async function sagaChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { log, seed, inFlight } = options;
  const world = new OutsideWorld();
  await world.open();
  try {
    const rig = await createTestRig({
      server: "real",
      worker: {
        module: new URL("../sagas/fixtures/matrix-worker.ts", import.meta.url),
        data: { proxyUrl: world.proxyUrl },
      },
      maxCachedWorkflows: 200,
      openRuns: "allow",
    });
    const statuses = new Map<string, RunStatus>();
    const sagas = sagasOf(options);
    let report: ChaosReport;
    try {
      const operator = new Operator(rig.client, sagas);
      const killer = new Killer(rig, options);
      log(`${sagas.length} sagas, seed ${seed}`);
      await concurrently(sagas, inFlight, async (saga) => {
        statuses.set(saga.orderId, await play(rig.client, world, saga));
        killer.after(statuses.size);
        if (statuses.size % 100 === 0) log(`${statuses.size} have ended`);
      });
      await killer.idle;
      await operator.stop();
      report = await judged({ sagas, statuses, world, client: rig.client, killer, operator });
    } finally {
      log("replaying every history");
      await rig.close();
    }
    return report;
  } finally {
    await world.close();
  }
}

function sagasOf({ sagas, seed }: ChaosOptions): readonly Saga[] {
  const random = seeded(seed);
  return Array.from({ length: sagas }, () => {
    const fate = pick(fates, random)(pick([1, 2, 3], random));
    const order = anOrder(fate.input);
    return { orderId: order.orderId, order, fate };
  });
}

async function play(client: TenutoClient, world: OutsideWorld, { orderId, order, fate }: Saga): Promise<RunStatus> {
  world.proxy.plan(orderId, fate.plan);
  const options = { workflowId: orderId, idempotencyKey: orderId };
  await whileAway(() => client.start(fate.type ?? "matrix", order, options));
  if (fate.isCanceled) {
    const at = fate.plan.step ?? 1;
    await eventually("it is where it is canceled", () => world.proxy.calls(orderId, at, "step") > 0, {
      withinMs: 180_000,
    });
    await whileAway(() => client.cancel(orderId, { reason: "chaos" }));
  }
  return (await ended(client, orderId)).status;
}

/** Kills worker and server, by turns that the number of ended runs gives. */
class Killer {
  readonly #rig: TestRig;
  readonly #due: { readonly at: number; readonly what: "worker" | "server" }[];
  readonly #log: (line: string) => void;
  idle: Promise<void> = Promise.resolve();
  readonly killed = { worker: 0, server: 0 };

  constructor(rig: TestRig, { sagas, workerKills, serverKills, log }: ChaosOptions) {
    this.#rig = rig;
    this.#log = log;
    const spread = (what: "worker" | "server", count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: Math.floor((sagas * 0.9 * (index + 0.5)) / count), what }));
    this.#due = [...spread("worker", workerKills), ...spread("server", serverKills)].sort(
      (left, right) => left.at - right.at,
    );
  }

  /** Kills what is due when so many runs have ended; those that are under way meet it. */
  after(endedRuns: number): void {
    while (this.#due[0] && this.#due[0].at <= endedRuns) {
      const next = this.#due.shift();
      if (next) this.idle = this.idle.then(() => this.#kill(next.what));
    }
  }

  async #kill(what: "worker" | "server"): Promise<void> {
    if (what === "worker") {
      await this.#rig.killWorker();
      await this.#rig.startWorker();
    } else {
      await this.#rig.stopServer();
      await this.#rig.restartServer();
    }
    this.killed[what] += 1;
    this.#log(`killed the ${what} (${this.killed[what]})`);
  }
}

/** An operator who lets parked undos go again, or gives them up where that is their fate. */
class Operator {
  readonly #stopping = new AbortController();
  readonly #working: Promise<void>;
  decided = 0;

  constructor(client: TenutoClient, sagas: readonly Saga[]) {
    const byId = new Map(sagas.map((saga) => [saga.orderId, saga]));
    this.#working = this.#work(client, byId);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  async #work(client: TenutoClient, byId: ReadonlyMap<string, Saga>): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const letters = await whileAway(() => client.deadLetters({ limit: 200 }));
      for (const { kind, workflowId } of letters.items) {
        if (kind !== "parked") continue;
        const isHopeless = byId.get(workflowId)?.fate.plan.undoFault === "fails for good";
        const action = isHopeless ? "fail" : "retry";
        // A run that went on meanwhile, or whose worker is just killed, is met again in the next round.
        await client.decide(workflowId, { action, reason: "chaos" }).then(
          () => (this.decided += 1),
          () => undefined,
        );
      }
      await sleep(500, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }
}

interface Ended {
  readonly sagas: readonly Saga[];
  readonly statuses: ReadonlyMap<string, RunStatus>;
  readonly world: OutsideWorld;
  readonly client: TenutoClient;
  readonly killer: Killer;
  readonly operator: Operator;
}

async function judged({ sagas, statuses, world, client, killer, operator }: Ended): Promise<ChaosReport> {
  const lines = new Map<string, Line[]>(sagas.map(({ orderId }) => [orderId, []]));
  for (const line of await world.lines()) lines.get(line.orderId)?.push(line);
  const known = await openEffects(client, [...statuses].length);
  const doubled: string[] = [];
  const lost: string[] = [];
  for (const { orderId } of sagas) {
    const own = lines.get(orderId) ?? [];
    if (happenedTwice(own)) doubled.push(orderId);
    const stay = effectsThatStay(own);
    const completed = statuses.get(orderId) === "completed";
    const isWhole = completed && stay.length === own.length && [3, 5].includes(own.length);
    const isUndone = !completed && stay.every(({ key }) => known.has(key));
    if (!isWhole && !isUndone) lost.push(orderId);
  }
  const all = [...lines.values()].flat();
  return {
    statuses: countBy([...statuses.values()]),
    fates: countBy(sagas.map(({ fate }) => fate.name)),
    workerKills: killer.killed.worker,
    serverKills: killer.killed.server,
    decided: operator.decided,
    stuck: sagas.filter(({ orderId }) => !statuses.has(orderId)).map(({ orderId }) => orderId),
    doubled,
    lost,
    effects: all.filter(({ undoes }) => undoes === undefined).length,
    undos: all.filter(({ undoes }) => undoes !== undefined).length,
    openDeadLetters: known.size,
  };
}

/** The keys of the effects that open dead letters know of. */
async function openEffects(client: TenutoClient, most: number): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  // Lists lag behind: what is missing is asked for again until nothing new comes.
  for (let before = -1; before !== keys.size;) {
    before = keys.size;
    await sleep(2_000);
    let cursor: string | undefined;
    for (let page = 0; page <= most; page++) {
      const { items, nextCursor } = await client.deadLetters({ limit: 200, cursor });
      for (const { openEffects: effects = [] } of items) for (const { key } of effects) if (key) keys.add(key);
      cursor = nextCursor;
      if (cursor === undefined) break;
    }
  }
  return keys;
}

function happenedTwice(lines: readonly Line[]): boolean {
  const what = lines.map(({ operation, key, undoes, lines: items, amountCents, address }) =>
    JSON.stringify(undoes === undefined ? [operation, items, amountCents, address] : [key && undoes]),
  );
  return new Set(what).size < what.length;
}

function effectsThatStay(lines: readonly Line[]): readonly Line[] {
  const undone = new Set(lines.map(({ undoes }) => undoes));
  return lines.filter(({ key, undoes }) => undoes === undefined && !undone.has(key));
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

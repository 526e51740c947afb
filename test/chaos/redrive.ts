// Orders that fail in four ways while their worker is killed, and all of which one bulk redrive lets complete while every
// worker is killed, and while a second operator does the same; judged by the outside's ledger and by the dead letters.
import type { BatchProgress } from "tenuto";
import type { Batch, BatchItemPage, DeadLetter, TenutoClient } from "tenuto/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { concurrently } from "../sagas/fixtures/concurrently.ts";
import type { Plan } from "../sagas/fixtures/fault-proxy.ts";
import { type Line, stepOf } from "../sagas/fixtures/judge.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import type { Way } from "./fixtures/delivery.contract.ts";
import { SystemWork } from "./system-work.ts";

/** How much chaos, and on which server. */
export interface RedriveChaosOptions {
  readonly address: string;
  readonly orders: number;
  /** How orders fail, by turns. */
  readonly ways: readonly Way[];
  /** How often the worker is killed while orders fail. */
  readonly workerKills: number;
  /** How often everything is killed that works on the bulk redrive. */
  readonly redriveKills: number;
  readonly inFlight: number;
  readonly log: (line: string) => void;
}

/** What became of them. */
export interface RedriveChaosReport {
  readonly letters: number;
  readonly lettersByKind: Readonly<Record<string, number>>;
  /** Letters that say that their run failed more than once before anybody redrove it. */
  readonly countedTwice: number;
  readonly workerKills: number;
  readonly redriveKills: number;
  /** The progress that each of the bulk redrives ended with. */
  readonly batches: readonly BatchProgress[];
  /** What they say that does not hold. */
  readonly inexact: readonly string[];
  readonly completed: number;
  /** Orders with an effect that happened twice, or that was undone. */
  readonly doubled: readonly string[];
  /** Orders that lack an effect. */
  readonly lost: readonly string[];
  /** Letters that are still open at the end. */
  readonly openLetters: number;
}

interface Order {
  readonly orderId: string;
  readonly way: Way;
}

const plans: Readonly<Record<Way, Plan>> = {
  parked: { step: 2, fault: "fails" },
  failed: { step: 2, fault: "fails" },
  undone: { step: 2, fault: "fails" },
  terminated: { step: 3, fault: "fails" },
  stuck: { step: 2, fault: "nonsense" },
};

/** A thousand orders on a busy machine. */
const withinMs = 30 * 60_000;

export async function redriveChaos(options: RedriveChaosOptions): Promise<RedriveChaosReport> {
  const world = new OutsideWorld();
  await world.open();
  try {
    const rig = await createTestRig({
      server: "real",
      address: options.address,
      worker: { module: new URL("./fixtures/delivery-worker.ts", import.meta.url), data: { proxyUrl: world.proxyUrl } },
      maxCachedWorkflows: 200,
    });
    const system = new SystemWork({ address: options.address, namespace: rig.namespace });
    try {
      await system.start();
      const report = await new Scene({ rig, world, system, options }).play();
      options.log("replaying every history");
      return report;
    } finally {
      await system.stop();
      await rig.close();
    }
  } finally {
    await world.close();
  }
}

interface Parts {
  readonly rig: TestRig;
  readonly world: OutsideWorld;
  readonly system: SystemWork;
  readonly options: RedriveChaosOptions;
}

class Scene {
  readonly #parts: Parts;
  readonly #client: TenutoClient;
  readonly #orders: readonly Order[];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#client = parts.rig.client;
    const { options } = parts;
    this.#orders = Array.from({ length: options.orders }, (_, index) => ({
      ...anOrder(),
      way: options.ways[index % options.ways.length] as Way,
    }));
  }

  async play(): Promise<RedriveChaosReport> {
    const { world, options } = this.#parts;
    const { log } = options;
    const workerKills = await this.#fail();
    const letters = await this.#letters(options.orders);
    log(`${letters.length} dead letters`);
    for (const { orderId } of this.#orders) world.proxy.plan(orderId, {});
    const redriven = await this.#redrive(letters);
    const completed = await this.#completed();
    log(`${completed} orders have completed`);
    const openLetters = await eventually("no letter is open", async () => (await this.#listed()).length === 0, {
      withinMs,
    }).then(() => 0);
    return { ...(await this.#judged()), ...countsOf(letters), ...redriven, workerKills, completed, openLetters };
  }

  /** All fail; the last one does so when the others have their letters, so that whoever looks for failures looks again. */
  async #fail(): Promise<number> {
    const { rig, options } = this.#parts;
    const { orders, workerKills, inFlight, log } = options;
    const last = this.#orders.slice(-1);
    let failed = 0;
    let killed = 0;
    let killing: Promise<void> = Promise.resolve();
    const kill = async () => {
      await rig.killWorker();
      await rig.startWorker();
      killed += 1;
      log(`killed the worker (${killed})`);
    };
    const dueAt = (kills: number) => (orders * (kills + 0.5)) / workerKills;
    let asked = 0;
    await concurrently(this.#orders.slice(0, -1), inFlight, async (order) => {
      await this.#place(order);
      failed += 1;
      if (asked < workerKills && failed >= dueAt(asked)) {
        asked += 1;
        killing = killing.then(kill);
      }
      if (failed % 100 === 0) log(`${failed} orders are failing`);
    });
    await killing;
    await this.#letters(orders - 1);
    await concurrently(last, 1, (order) => this.#place(order));
    return killed;
  }

  /** Starts an order, and waits until its provider has let it down. */
  async #place({ orderId, way }: Order): Promise<void> {
    const { world } = this.#parts;
    const plan = plans[way];
    world.proxy.plan(orderId, plan);
    await this.#client.start("delivery", { orderId, way }, { workflowId: orderId });
    const isAsked = () => world.proxy.calls(orderId, plan.step ?? 0, "step") > 0;
    await eventually(`${orderId} is let down`, isAsked, { withinMs });
    if (way === "terminated") await this.#client.terminate(orderId, { reason: "it takes too long" });
  }

  async #listed(): Promise<readonly DeadLetter[]> {
    const found: DeadLetter[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.#client.deadLetters({ limit: 200, cursor });
      found.push(...items);
      cursor = nextCursor;
    } while (cursor !== undefined);
    return found;
  }

  /** All letters, once there are that many. */
  #letters(atLeast: number): Promise<readonly DeadLetter[]> {
    const { log } = this.#parts.options;
    let toldAt = 0;
    return eventually(
      `${atLeast} dead letters are open`,
      async () => {
        const listed = await this.#listed();
        if (Date.now() - toldAt > 15_000) log(`${listed.length} dead letters are listed`);
        if (Date.now() - toldAt > 15_000) toldAt = Date.now();
        return listed.length >= atLeast && listed;
      },
      { withinMs, everyMs: 1_000 },
    );
  }

  /** One bulk redrive, and a second operator's of the same letters; everything that works on them is killed meanwhile. */
  async #redrive(
    letters: readonly DeadLetter[],
  ): Promise<Pick<RedriveChaosReport, "redriveKills" | "batches" | "inexact">> {
    const { rig, system, options } = this.#parts;
    const { redriveKills, log } = options;
    const request = { action: "redrive", reason: "the providers are back", ratePerSecond: 20 } as const;
    const filters = [{ type: "delivery" }, { all: true }] as const;
    const begun = await Promise.all(
      filters.map((filter, index) => this.#client.startBatch({ ...request, filter, by: `operator ${index + 1}` })),
    );
    const now = () => Promise.all(begun.map(({ id }) => this.#client.batch(id)));
    const done = (batches: readonly Batch[]) => batches.reduce((sum, { progress }) => sum + progress.done, 0);
    for (let killed = 0; killed < redriveKills; killed++) {
      const dueAt = (letters.length * (killed + 1)) / (redriveKills + 1);
      await eventually(`${dueAt} are redriven`, async () => done(await now()) >= dueAt, { withinMs, everyMs: 100 });
      await Promise.all([rig.killWorker(), system.kill()]);
      await Promise.all([rig.startWorker(), system.start()]);
      log(`killed the worker and the system worker (${killed + 1}) at ${done(await now())} redriven`);
    }
    const areOver = async () => {
      const batches = await now();
      return batches.every(({ status }) => status === "completed") && batches;
    };
    const batches = await eventually("both bulk redrives are over", areOver, { withinMs, everyMs: 500 });
    log("both bulk redrives are over");
    const inexact = await this.#inexact(letters, batches);
    return { redriveKills, batches: batches.map(({ progress }) => progress), inexact };
  }

  /** What the bulk redrives say that does not hold: each letter is one's, and each counts what it lists. */
  async #inexact(letters: readonly DeadLetter[], batches: readonly Batch[]): Promise<readonly string[]> {
    const found: string[] = [];
    const doneBy = new Map<string, number>();
    for (const { id, progress } of batches) {
      const items = await this.#itemsOf(id);
      for (const item of items) if (item.outcome === "done") doneBy.set(item.id, (doneBy.get(item.id) ?? 0) + 1);
      for (const outcome of ["done", "refused", "failed", "skipped"] as const) {
        const counted = items.filter((item) => item.outcome === outcome).length;
        if (counted !== progress[outcome]) found.push(`batch ${id}: ${counted} ${outcome}, says ${progress[outcome]}`);
      }
      if (items.length !== progress.total) found.push(`batch ${id}: ${items.length} items, says ${progress.total}`);
      for (const { outcome, message = "" } of items)
        if (outcome === "failed" || outcome === "refused") found.push(`batch ${id}: ${outcome}, ${message}`);
    }
    for (const { id } of letters)
      if (doneBy.get(id) !== 1) found.push(`letter ${id} was redriven by ${doneBy.get(id) ?? 0} batches`);
    return found;
  }

  async #itemsOf(id: string) {
    const found: BatchItemPage["items"][number][] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#client.batchItems(id, { limit: 200, cursor });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found;
  }

  #completed(): Promise<number> {
    const { rig, options } = this.#parts;
    const query = "WorkflowType = 'delivery' AND ExecutionStatus = 'Completed'";
    return eventually(
      "all orders have completed",
      async () => {
        const { count } = await rig.temporal.workflow.count(query);
        return count >= options.orders && count;
      },
      { withinMs, everyMs: 1_000 },
    );
  }

  async #judged(): Promise<Pick<RedriveChaosReport, "doubled" | "lost">> {
    const byOrder = new Map<string, Line[]>(this.#orders.map(({ orderId }) => [orderId, []]));
    for (const line of await this.#parts.world.lines()) byOrder.get(line.orderId)?.push(line);
    const judged = this.#orders.map(({ orderId, way }) => ({ orderId, ...verdict(way, byOrder.get(orderId) ?? []) }));
    return {
      doubled: judged.filter(({ isDoubled }) => isDoubled).map(({ orderId }) => orderId),
      lost: judged.filter(({ isWhole }) => !isWhole).map(({ orderId }) => orderId),
    };
  }
}

/** Only an order that was undone before anybody redrove it has effects that were taken back. */
function verdict(way: Way, lines: readonly Line[]): { readonly isDoubled: boolean; readonly isWhole: boolean } {
  const undos = lines.flatMap(({ undoes }) => undoes ?? []);
  const left = lines.filter(({ key, undoes }) => undoes === undefined && !undos.includes(key)).map(stepOf);
  const keys = lines.filter(({ undoes }) => undoes === undefined).map(({ key }) => key);
  const isOnce = [left, undos, keys].every((each) => new Set<unknown>(each).size === each.length);
  return { isDoubled: !isOnce || (undos.length > 0 && way !== "undone"), isWhole: new Set(left).size === 3 };
}

function countsOf(letters: readonly DeadLetter[]) {
  const lettersByKind: Record<string, number> = {};
  for (const { kind } of letters) lettersByKind[kind] = (lettersByKind[kind] ?? 0) + 1;
  const of = new Set(letters.map(({ workflowId }) => workflowId));
  return {
    letters: letters.length,
    lettersByKind,
    countedTwice: letters.filter(({ count }) => count > 1).length + letters.length - of.size,
  };
}

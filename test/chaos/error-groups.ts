// Failures of four kinds while their worker and who counts them are killed; the groups are judged by what was let down.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ErrorGroup, TenutoClient } from "tenuto/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { concurrently } from "../sagas/fixtures/concurrently.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import type { Way } from "./fixtures/delivery.contract.ts";
import { SystemWork } from "./system-work.ts";

/** How much chaos, and on which server. */
export interface GroupChaosOptions {
  readonly address: string;
  /** Of each of the two rounds. */
  readonly failures: number;
  /** How often, in each of them, the worker is killed, and who counts. */
  readonly kills: readonly [number, number];
  readonly inFlight: number;
  readonly log: (line: string) => void;
}

/** A group as it stands after a round. */
export interface GroupStanding {
  readonly message: string;
  readonly kinds: Readonly<Record<string, number>>;
  readonly count: number;
  readonly status: ErrorGroup["status"];
  readonly regressions: number;
}

/** What was counted. */
export interface GroupChaosReport {
  /** After the first failures, and after as many more once all groups were resolved; by message. */
  readonly rounds: readonly (readonly GroupStanding[])[];
  readonly kills: number;
  /** How many alerts of each rule an endpoint was told of, about those groups; a message that came twice counts once. */
  readonly alerts: Readonly<Record<string, number>>;
  /** The longest history of a group's workflow. */
  readonly longestHistory: number;
}

interface Kind {
  readonly way: Way;
  /** At which step its provider lets it down. */
  readonly step: number;
  /** Why somebody ends it, where somebody does. */
  readonly ended?: string;
}

const kinds: readonly Kind[] = [
  { way: "parked", step: 2 },
  { way: "failed", step: 2 },
  { way: "terminated", step: 3, ended: "it takes too long" },
  { way: "terminated", step: 3, ended: "the customer went away" },
];

/** A thousand failures on a busy machine. */
const withinMs = 30 * 60_000;

export async function groupChaos(options: GroupChaosOptions): Promise<GroupChaosReport> {
  const world = new OutsideWorld();
  await world.open();
  const hook = await startHook();
  try {
    const rig = await createTestRig({
      server: "real",
      address: options.address,
      worker: {
        module: new URL("./fixtures/delivery-worker.ts", import.meta.url),
        data: { proxyUrl: world.proxyUrl, hookUrl: hook.url },
      },
      maxCachedWorkflows: 200,
      // Parked runs stay so.
      openRuns: "allow",
    });
    const system = new SystemWork({ address: options.address, namespace: rig.namespace, hookUrl: hook.url });
    try {
      await system.start();
      return await new Scene({ rig, world, system, hook, options }).play();
    } finally {
      await system.stop();
      await rig.close();
    }
  } finally {
    await hook.close();
    await world.close();
  }
}

interface Parts {
  readonly rig: TestRig;
  readonly world: OutsideWorld;
  readonly system: SystemWork;
  readonly hook: Hook;
  readonly options: GroupChaosOptions;
}

class Scene {
  readonly #parts: Parts;
  readonly #client: TenutoClient;
  #kills = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#client = parts.rig.client;
  }

  async play(): Promise<GroupChaosReport> {
    const { failures, kills, log } = this.#parts.options;
    await this.#tellHook();
    await this.#fail(kills[0]);
    const first = await this.#counted(failures);
    for (const { fingerprint } of first) {
      await this.#client.changeErrorGroup(fingerprint, { action: "resolve", reason: "it is mended" });
    }
    log("all groups are resolved");
    await this.#fail(kills[1]);
    await this.#counted(2 * failures);
    log("all are counted; they are told once more by a process that knows of none");
    const second = await this.#countedAgain();
    const histories = await Promise.all(second.map(({ fingerprint }) => this.#longestHistory(fingerprint)));
    const alerts = await this.#alertsAbout(second);
    log("replaying every history");
    return {
      alerts,
      rounds: [first, second].map((groups) => groups.map(standingOf)),
      kills: this.#kills,
      longestHistory: Math.max(...histories),
    };
  }

  /** New and regressed groups go to the endpoint, instead of the log. */
  async #tellHook(): Promise<void> {
    for (const id of ["tenuto.group-new", "tenuto.group-regressed"]) {
      const rule = await this.#client.alertRule(id);
      await this.#client.putAlertRule({ ...rule, channels: ["hook"] }, { reason: "the chaos counts them" });
    }
  }

  /** What was told of groups, by rule; once of each at least. */
  async #alertsAbout(groups: readonly ErrorGroup[]): Promise<Readonly<Record<string, number>>> {
    const known = new Set(groups.map(({ fingerprint }) => fingerprint));
    const raised = () =>
      [...this.#parts.hook.received.values()].filter(
        ({ type, data }) => type === "alert.raised" && known.has(data.subject),
      );
    await eventually("all alerts have come", () => raised().length >= 2 * groups.length, { withinMs });
    const counts: Record<string, number> = {};
    for (const { data } of raised()) counts[data.rule] = (counts[data.rule] ?? 0) + 1;
    return counts;
  }

  async #fail(kills: number): Promise<void> {
    const { failures, inFlight, log } = this.#parts.options;
    let failed = 0;
    let asked = 0;
    let killing: Promise<void> = Promise.resolve();
    const turns = Array.from({ length: failures }, (_, index) => kinds[index % kinds.length] as Kind);
    await concurrently(turns, inFlight, async (kind) => {
      await this.#place(kind);
      failed += 1;
      if (asked < kills && failed >= (failures * (asked + 0.5)) / kills) {
        asked += 1;
        killing = killing.then(() => this.#kill());
      }
      if (failed % 100 === 0) log(`${failed} are failing`);
    });
    await killing;
  }

  async #kill(): Promise<void> {
    const { rig, system, options } = this.#parts;
    await Promise.all([rig.killWorker(), system.kill()]);
    await Promise.all([rig.startWorker(), system.start()]);
    this.#kills += 1;
    options.log(`killed the worker, and who counts (${this.#kills})`);
  }

  /** Starts an order, and waits until its provider has let it down. */
  async #place({ way, step, ended }: Kind): Promise<void> {
    const { world } = this.#parts;
    const { orderId } = anOrder();
    world.proxy.plan(orderId, { step, fault: "fails" });
    await this.#client.start("delivery", { orderId, way }, { workflowId: orderId });
    const isAsked = () => world.proxy.calls(orderId, step, "step") > 0;
    await eventually(`${orderId} is let down`, isAsked, { withinMs });
    if (ended !== undefined) await this.#client.terminate(orderId, { reason: ended });
  }

  async #groups(): Promise<readonly ErrorGroup[]> {
    const { items } = await this.#client.errorGroups({ limit: 200 });
    return items.toSorted((a, b) => (a.error.message < b.error.message ? -1 : 1));
  }

  /** The groups, once they have counted so many. */
  #counted(atLeast: number): Promise<readonly ErrorGroup[]> {
    const isEnough = async () => {
      const groups = await this.#groups();
      return groups.reduce((sum, { count }) => sum + count, 0) >= atLeast && groups;
    };
    return eventually(`${atLeast} failures are counted`, isEnough, { withinMs, everyMs: 1_000 });
  }

  /**
   * The groups, after somebody has judged the last minute, and all that is parked, who knows of none of it: one more
   * failure is counted after those.
   */
  async #countedAgain(): Promise<readonly ErrorGroup[]> {
    const { system, world } = this.#parts;
    const before = await this.#groups();
    await system.kill();
    await system.start();
    const { orderId } = anOrder();
    world.proxy.plan(orderId, { step: 3, fault: "fails" });
    await this.#client.start("delivery", { orderId, way: "failed" }, { workflowId: orderId });
    await this.#client.terminate(orderId, { reason: "it is the last one" });
    const known = new Set(before.map(({ fingerprint }) => fingerprint));
    const isTold = async () => (await this.#groups()).some(({ fingerprint }) => !known.has(fingerprint));
    await eventually("the last failure is counted", isTold, { withinMs });
    return (await this.#groups()).filter(({ fingerprint }) => known.has(fingerprint));
  }

  async #longestHistory(fingerprint: string): Promise<number> {
    const { historyLength } = await this.#client.describe(`tenuto-error-group-${fingerprint}`);
    return historyLength;
  }
}

/** What an endpoint was told. */
interface HookMessage {
  readonly type: string;
  readonly data: { readonly rule: string; readonly subject: string };
}

interface Hook {
  readonly url: string;
  /** By `webhook-id`. */
  readonly received: ReadonlyMap<string, HookMessage>;
  close(): Promise<void>;
}

async function startHook(): Promise<Hook> {
  const received = new Map<string, HookMessage>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.set(String(request.headers["webhook-id"]), JSON.parse(body) as HookMessage);
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function standingOf({ error: { message }, kinds: counts, count, status, regressions }: ErrorGroup): GroupStanding {
  return { message, kinds: counts, count, status, regressions };
}

// What every adapter of events does, against its real broker: nothing is lost, nothing is done twice, nothing waits behind poison.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { createClient, type TenutoClient } from "tenuto/client";
import { type EventConsumer, startConsumers } from "tenuto/events";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import type { AdapterModule, EventHarness, EventQueue } from "./event-harness.ts";
import type { Consuming } from "./fixtures/consume.ts";
import { parcelApp } from "./fixtures/parcel-events.ts";

/** For how long Temporal is away: longer than what a broker gives a consumer that is silent. */
const awayMs = Number(process.env["TEST_AWAY_MS"] ?? 6_000);
/** For so long a consumer that is to take nothing is watched. */
const watchMs = 500;

export function describeEventConsumer(name: string, harness: EventHarness): void {
  describe(`a consumer of ${name}`, { skip: harness.skip, timeout: 300_000 + 2 * awayMs }, () => suite(harness));
}

function suite(harness: EventHarness): void {
  const { prefetch, broker, isShared = true } = harness;
  const rig = workerRig(new URL("../events/fixtures/parcels-workflows.ts", import.meta.url));
  const appName = `parcels-${randomUUID()}`;
  const app = parcelApp(appName, { kind: "none" });
  let client: TenutoClient;
  before(async () => {
    await rig.startWorker({ app, activities: [], maxCachedWorkflows: 0 });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  const consume = async (
    t: TestContext,
    { transport, variables }: EventQueue,
    by = client,
    startsPaused = false,
  ): Promise<EventConsumer> => {
    const adapters = harness.adapter ? [((await import(harness.adapter.href)) as AdapterModule).adapter] : [];
    const own = parcelApp(appName, transport);
    const consumers = await startConsumers({ app: own, client: by, adapters, variables, startsPaused });
    t.after(() => consumers.stop(0));
    const [consumer] = consumers.all;
    assert.ok(consumer);
    return consumer;
  };
  /** One in a process of its own, which dies when Temporal has answered so many times. */
  const consumeAndDie = async (t: TestContext, { transport, variables }: EventQueue, diesAfter: number) => {
    const { namespace } = rig;
    const adapter = harness.adapter?.href;
    const told: Consuming = {
      ...{ transport, variables, address: testServer(), namespace },
      ...{ app: appName, adapter, diesAfter },
    };
    const file = fileURLToPath(new URL("fixtures/consume.ts", import.meta.url));
    const child = spawn(process.execPath, [...process.execArgv, file, JSON.stringify(told)], { stdio: "inherit" });
    t.after(() => child.kill("SIGKILL"));
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    assert.equal(signal, "SIGKILL");
  };
  /** A client whose way to Temporal can be cut. Its connection retries nothing by itself, as those that `createClient` makes. */
  const behindProxy = async (t: TestContext) => {
    const proxy = await startProxy(t);
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => connection.close());
    return { proxy, by: await createClient(app, { connection, namespace: rig.namespace }) };
  };
  const several = (count: number) => Array.from({ length: count }, () => randomUUID());
  const send = (queue: EventQueue, id: string, eventId: string = randomUUID()) =>
    queue.send({ id: eventId, type: "parcel.new", data: { id } });
  const parcelOf = (id: string) =>
    rig.client.workflow
      .getHandle(`parcel-${id}`)
      .describe()
      .catch(() => undefined);
  const haveBegun = (ids: readonly string[], withinMs = 60_000) =>
    eventually(
      `${ids.length} parcels have begun`,
      async () => (await Promise.all(ids.map(parcelOf))).every((found) => found !== undefined),
      { withinMs },
    );
  const isIn = (consumer: EventConsumer, state: string, inFlight: number) =>
    eventually(
      `${inFlight} are under way while it is ${state}`,
      () => consumer.status().state === state && consumer.status().inFlight === inFlight,
    );
  const hasSettled = (consumer: EventConsumer, count: number) =>
    eventually(`${count} are settled`, () => consumer.status().settled >= count);
  const isEmpty = async (queue: EventQueue, consumer: EventConsumer) => {
    await isIn(consumer, "consuming", 0);
    await consumer.stop();
    assert.equal(consumer.status().state, "stopped");
    assert.deepEqual([await queue.left(), await queue.dead()], [0, 0]);
  };
  /** Counts numbers in a run, which shows each one that came twice. */
  const tally = (queue: EventQueue) => {
    const id = randomUUID();
    const count = (n: number) => queue.send({ id: `${id}-${n}`, type: "counted", data: { id, n } });
    const result = async () => {
      await count(0);
      const { result: counted } = await client.result(`counter-${id}`, { waitMs: 30_000 });
      return (counted as readonly number[]).toSorted((a, b) => a - b);
    };
    return { count, result };
  };
  const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);

  test("starts a run for each message, also for those from before, and acknowledges all", async (t) => {
    const [queue, ids] = [await harness.open(t), several(40)];
    for (const id of ids.slice(0, 20)) await send(queue, id);
    const consumer = await consume(t, queue);
    for (const id of ids.slice(20)) await send(queue, id);

    await haveBegun(ids);
    await hasSettled(consumer, ids.length);
    await isEmpty(queue, consumer);
  });

  test("does nothing for an event that comes again, also when its run has gone on as a new one", async (t) => {
    const [queue, id, eventId] = [await harness.open(t), randomUUID(), randomUUID()];
    const { count, result } = tally(queue);
    const consumer = await consume(t, queue);
    await send(queue, id, eventId);
    await haveBegun([id]);
    const begun = await parcelOf(id);
    for (let times = 0; times < 9; times += 1) await Promise.all([send(queue, id, eventId), count(1)]);
    await hasSettled(consumer, 19);
    for (const n of [2, 3, 4]) await count(n);
    await hasSettled(consumer, 22);
    for (const n of [1, 2, 3, 4]) await count(n);
    await hasSettled(consumer, 26);

    assert.deepEqual(await result(), [1, 2, 3, 4]);
    assert.equal((await parcelOf(id))?.runId, begun?.runId);
    await isEmpty(queue, consumer);
  });

  test("acknowledges a message only when Temporal has it: killed in between, it comes again and does nothing", async (t) => {
    const [queue, id] = [await harness.open(t), randomUUID()];
    await send(queue, id);

    await consumeAndDie(t, queue, 1);
    const begun = await parcelOf(id);
    assert.ok(begun);
    await eventually("the message is still there", async () => (await queue.left()) === 1);

    const consumer = await consume(t, queue);
    await hasSettled(consumer, 1);
    assert.equal((await parcelOf(id))?.runId, begun.runId);
    await isEmpty(queue, consumer);
  });

  test("killed with messages under way, it loses none, and each is done once", async (t) => {
    const queue = await harness.open(t);
    const { count, result } = tally(queue);
    for (const n of upTo(30)) await count(n);

    await consumeAndDie(t, queue, 12);
    // It had acknowledged eleven at most; a broker may give what was under way back a moment later.
    const left = await eventually("what is left is there", async () => {
      const count = await queue.left();
      return count >= 19 && count;
    });
    const consumer = await consume(t, queue);
    await hasSettled(consumer, left);

    assert.deepEqual(await result(), upTo(30));
    await isEmpty(queue, consumer);
  });

  test("makes poison dead letters; nothing behind it waits", async (t) => {
    const [queue, ids] = [await harness.open(t), several(2 * prefetch)];
    const unusable = [
      { why: /does nothing with events of this type/, event: { type: "parcel.lost", data: { id: "lost" } } },
      { why: /\/data\/id/, event: { type: "parcel.new", data: { id: "" } } },
    ];
    for (const id of ids) {
      for (const each of queue.unreadable) await each.send(id);
      for (const { event } of unusable) await queue.send({ id: randomUUID(), ...event });
      await send(queue, id);
    }
    const consumer = await consume(t, queue);

    const kinds = [...queue.unreadable, ...unusable];
    await haveBegun(ids, 20_000);
    await hasSettled(consumer, (kinds.length + 1) * ids.length);
    await isEmpty(queue, consumer);
    const letters = await eventually("all are listed", async () => {
      const { items } = await client.deadLetters({ type: "parcels", kind: "poison", limit: 200 });
      return items.length >= kinds.length * ids.length && items;
    });
    assert.equal(letters.length, kinds.length * ids.length);
    for (const { why } of kinds)
      assert.equal(letters.filter(({ error }) => why.test(error.message)).length, ids.length, String(why));
  });

  test("holds what came while Temporal is away, and gives none of it back", async (t) => {
    const [queue, ids] = [await harness.open(t), several(2 * prefetch + 3)];
    const { proxy, by } = await behindProxy(t);
    const holding = await consume(t, queue, by);
    await isIn(holding, "consuming", 0);
    await proxy.close();
    for (const id of ids) await send(queue, id);
    await isIn(holding, "holding", prefetch);
    assert.ok(holding.status().lastError);
    await eventually("the others wait", async () => (await holding.backlog()) === ids.length - prefetch);

    // Whatever is given back, this one has at once.
    const other = isShared ? await consume(t, queue) : undefined;
    await sleep(awayMs);

    assert.equal(holding.status().state, "holding");
    assert.equal(holding.status().inFlight, prefetch);
    if (other) assert.equal(other.status().settled, ids.length - prefetch);
    await proxy.open();
    await haveBegun(ids);
    await isIn(holding, "consuming", 0);
    await other?.stop();
    assert.equal(holding.status().settled, other ? prefetch : ids.length);
    await isEmpty(queue, holding);
  });

  test("leaves what it holds to the next one when it is stopped", async (t) => {
    const [queue, ids] = [await harness.open(t), several(prefetch)];
    const { proxy, by } = await behindProxy(t);
    const holding = await consume(t, queue, by);
    await isIn(holding, "consuming", 0);
    await proxy.close();
    for (const id of ids) await send(queue, id);
    await isIn(holding, "holding", prefetch);

    await holding.stop(100);
    await eventually("all are left", async () => (await queue.left()) === ids.length);
    const next = await consume(t, queue);

    await haveBegun(ids);
    await hasSettled(next, ids.length);
    await isEmpty(queue, next);
  });

  test("takes nothing while it is paused, and goes on when it is resumed", async (t) => {
    const [queue, ids] = [await harness.open(t), several(3)];
    const consumer = await consume(t, queue);
    await isIn(consumer, "consuming", 0);
    await consumer.pause();
    for (const id of ids) await send(queue, id);

    await eventually("all wait", async () => (await consumer.backlog()) === ids.length);
    await sleep(watchMs);
    assert.deepEqual([await consumer.backlog(), consumer.status().state], [ids.length, "paused"]);
    await consumer.resume();

    await haveBegun(ids);
    await hasSettled(consumer, ids.length);
    await isEmpty(queue, consumer);
  });

  test("that starts paused takes nothing before it is resumed", async (t) => {
    const [queue, ids] = [await harness.open(t), several(3)];
    await (await consume(t, queue)).stop();
    for (const id of ids) await send(queue, id);
    const consumer = await consume(t, queue, client, true);

    await eventually("it is there", () => consumer.status().state === "paused");
    await sleep(watchMs);
    assert.deepEqual([await queue.left(), consumer.status().inFlight], [ids.length, 0]);
    await consumer.resume();

    await haveBegun(ids);
    await isEmpty(queue, consumer);
  });

  if (!broker) return;
  test("goes on after its broker was killed with messages under way, and each is done once", async (t) => {
    const queue = await harness.open(t);
    const { count, result } = tally(queue);
    const { proxy, by } = await behindProxy(t);
    const consumer = await consume(t, queue, by);
    await isIn(consumer, "consuming", 0);
    await proxy.close();
    for (const n of upTo(2 * prefetch)) await count(n);
    await isIn(consumer, "holding", prefetch);

    await broker.kill();
    await eventually("it is told", () => consumer.status().state === "reconnecting");
    const late = await consume(t, queue);
    await eventually("one that begins now is told", () => late.status().state === "reconnecting");
    const stoppedAt = Date.now();
    await late.stop(200);
    assert.ok(Date.now() - stoppedAt < 5_000, "it stops while its broker is away");
    await broker.restart();
    await proxy.open();
    await hasSettled(consumer, 2 * prefetch);

    assert.deepEqual(await result(), upTo(2 * prefetch));
    await isEmpty(queue, consumer);
  });
}

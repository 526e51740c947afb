import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { createClient as connectRedis } from "redis";
import { createClient, setUpNamespace, type TenutoClient } from "tenuto/client";
import { BrokerNotUsable, type EventConsumer, redisStream, startRedisConsumer } from "tenuto/events";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { ticketApp, ticketSource } from "../events/fixtures/tickets.ts";

const { skip, broker } = brokerOrSkip("redis");
const group = "tenuto";

describe("a consumer of a Redis stream", { skip, timeout: 300_000 }, () => {
  const namespace = `redis-${randomUUID()}`;
  const app = ticketApp(namespace);
  let connection: Connection;
  let client: TenutoClient;
  let redis: Awaited<ReturnType<typeof connectedTo>>;
  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    client = await createClient(app, { connection, namespace });
    redis = await connectedTo((await broker()).url);
  });
  after(async () => {
    redis.destroy();
    await connection.close();
  });

  interface Consuming {
    readonly by?: TenutoClient;
    readonly claimAfterMs?: number;
  }
  const consume = async (t: TestContext, stream: string, { by = client, ...options }: Consuming = {}) => {
    const variables = { REDIS_URL: (await broker()).url };
    const consumer = await startRedisConsumer(ticketSource(stream), { client: by, variables, ...options });
    t.after(() => consumer.stop(0));
    return consumer;
  };
  const put = (stream: string, fields: Readonly<Record<string, string>>) => redis.xAdd(stream, "*", fields);
  const opened = (id: string) => ({ type: "opened", data: JSON.stringify({ id }) });
  const isThere = (id: string) => client.describe(`ticket-${id}`).then(Boolean, () => false);
  const areThere = async (ids: readonly string[]) => (await Promise.all(ids.map(isThere))).every(Boolean);
  const pending = async (stream: string) => (await redis.xPending(stream, group)).pending;
  const isDone = (stream: string) => eventually("all is acknowledged", async () => (await pending(stream)) === 0);
  const state = (consumer: EventConsumer, wanted: string, inFlight: number) =>
    eventually(`${inFlight} are ${wanted}`, () => {
      const told = consumer.status();
      return told.state === wanted && told.inFlight === inFlight;
    });
  /** A client whose way to Temporal can be cut. */
  const behindProxy = async (t: TestContext) => {
    const proxy = await startProxy(t);
    const own = await Connection.connect({ address: proxy.address });
    t.after(() => own.close());
    return { proxy, by: await createClient(app, { connection: own, namespace }) };
  };
  const several = (count: number) => Array.from({ length: count }, () => randomUUID());

  test("starts a run for each entry, also for those from before, and acknowledges all", async (t) => {
    const [stream, ids] = [randomUUID(), several(60)];
    for (const id of ids.slice(0, 30)) await put(stream, opened(id));
    await consume(t, stream);
    for (const id of ids.slice(30)) await put(stream, opened(id));

    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
    assert.equal(await redis.xLen(stream), 60, "nothing is trimmed");
  });

  test("takes an event that comes again under its id for the same", async (t) => {
    const [stream, id, ticket] = [randomUUID(), randomUUID(), randomUUID()];
    await consume(t, stream);
    for (let time = 0; time < 5; time++) await put(stream, { id, ...opened(ticket) });

    await eventually("the run is there", () => isThere(ticket));
    await eventually("all were given", async () => (await redis.xInfoGroups(stream))[0]?.["entries-read"] === 5);
    await isDone(stream);
    assert.equal(await redis.exists(`${stream}:dead`), 0);
  });

  test("moves poison to the dead ones, whole and with why; nothing behind it waits", async (t) => {
    const [stream, ids] = [randomUUID(), several(10)];
    const poison = [
      { type: "closed", data: "{}" },
      { type: "opened", data: '{"id":' },
      { type: "opened", data: '{"id":""}' },
      { data: "{}" },
      { type: "opened", other: "kept" },
    ];
    for (const [index, id] of ids.entries()) {
      for (const each of poison) await put(stream, { ...each, index: String(index) });
      await put(stream, opened(id));
    }
    await consume(t, stream);

    await eventually("what is behind poison has come", () => areThere(ids), { withinMs: 10_000 });
    await isDone(stream);
    const dead = (await redis.xRange(`${stream}:dead`, "-", "+")) ?? [];
    assert.equal(dead.length, 50);
    const reasons = [/closed|this type/, /not JSON/, /\/data\/id/, /"\/type" is missing/, /"\/data" is missing/];
    for (const reason of reasons)
      assert.equal(dead.filter((each) => reason.test(each.message["tenuto-why"] ?? "")).length, 10);
    const kept = dead.find(({ message }) => message["other"] === "kept");
    assert.equal(kept?.message["tenuto-source"], "tickets");
    assert.match(kept.message["tenuto-entry"] ?? "", /^\d+-\d+$/);
  });

  test("acknowledges nothing while Temporal is away, and loses nothing", async (t) => {
    const [stream, ids] = [randomUUID(), several(12)];
    const { proxy, by } = await behindProxy(t);
    const consumer = await consume(t, stream, { by });
    await proxy.close();
    for (const id of ids) await put(stream, opened(id));

    await state(consumer, "holding", 5);
    await sleep(1_000);
    assert.equal(await pending(stream), 5, "no more than the prefetch is taken, and none is acknowledged");
    assert.ok(consumer.status().lastError);
    await proxy.open();
    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
    await state(consumer, "consuming", 0);
  });

  test("keeps what it holds from the others, however long", async (t) => {
    const [stream, ids] = [randomUUID(), several(5)];
    const { proxy, by } = await behindProxy(t);
    const holding = await consume(t, stream, { by, claimAfterMs: 900 });
    await proxy.close();
    for (const id of ids) await put(stream, opened(id));
    await state(holding, "holding", 5);
    await consume(t, stream, { claimAfterMs: 900 });

    await sleep(3_000);
    assert.deepEqual([await pending(stream), (await Promise.all(ids.map(isThere))).includes(true)], [5, false]);
    await proxy.open();
    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
  });

  test("takes over what a killed process had", async (t) => {
    const [stream, ids] = [randomUUID(), several(5)];
    for (const id of ids) await put(stream, opened(id));
    const file = fileURLToPath(new URL("../events/fixtures/hold-entries.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--conditions=tenuto-source", "--import", "tsx", file, (await broker()).url, stream, "900"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    t.after(() => child.kill("SIGKILL"));
    for await (const line of createInterface(child.stdout)) if (line === "holding 5") break;
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(await pending(stream), 5);

    await consume(t, stream, { claimAfterMs: 900 });
    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
  });

  test("goes on after Redis was killed and came back", async (t) => {
    const [stream, ids] = [randomUUID(), several(40)];
    const consumer = await consume(t, stream, { claimAfterMs: 900 });
    for (const id of ids.slice(0, 20)) await put(stream, opened(id));
    await (await broker()).kill();
    await eventually("it is told", () => consumer.status().state === "reconnecting");
    await (await broker()).restart();
    await eventually("Redis is back", () => redis.isReady);
    for (const id of ids.slice(20)) await put(stream, opened(id));

    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
    assert.equal(consumer.status().state, "consuming");
  });

  test("goes on when the stream and its group are gone", async (t) => {
    const [stream, [first = "", second = ""]] = [randomUUID(), several(2)];
    await consume(t, stream);
    await put(stream, opened(first));
    await eventually("the first run is there", () => isThere(first));
    await redis.del(stream);
    await put(stream, opened(second));
    await eventually("the second run is there", () => isThere(second));
  });

  test("leaves the group when it is stopped, and what it could not settle to the next", async (t) => {
    const [stream, ids] = [randomUUID(), several(3)];
    const consumers = async () => (await redis.xInfoConsumers(stream, group)).length;
    const { proxy, by } = await behindProxy(t);
    const consumer = await consume(t, stream, { by });
    await proxy.close();
    for (const id of ids) await put(stream, opened(id));
    await state(consumer, "holding", 3);
    await consumer.stop(100);
    assert.deepEqual([consumer.status().state, await pending(stream), await consumers()], ["stopped", 3, 1]);

    await proxy.open();
    const next = await consume(t, stream, { claimAfterMs: 900 });
    await eventually("all runs are there", () => areThere(ids));
    await isDone(stream);
    await next.stop();
    assert.equal(await consumers(), 1, "only the one that was left with something stays in the list");
  });

  test("stops while Redis is away", async (t) => {
    const consumer = await consume(t, randomUUID());
    await eventually("it consumes", () => consumer.status().state === "consuming");
    await (await broker()).kill();
    t.after(async () => (await broker()).restart());
    const started = Date.now();
    await consumer.stop(200);
    assert.ok(Date.now() - started < 3_000);
  });
});

test("a source whose address is not set is refused by the name of its variable", async () => {
  const client = {} as TenutoClient;
  await assert.rejects(startRedisConsumer(ticketSource("x"), { client, variables: {} }), BrokerNotUsable);
});

for (const [what, options] of [
  ["no stream", { stream: "", url: "REDIS_URL" }],
  ["no group", { stream: "s", url: "REDIS_URL", group: "" }],
  ["an address in place of its variable", { stream: "s", url: "redis://:s3cret@localhost" }],
  ["a prefetch of none", { stream: "s", url: "REDIS_URL", prefetch: 0 }],
] as const) {
  test(`redisStream refuses ${what}`, () => {
    assert.throws(
      () => redisStream(options),
      (error) => error instanceof Error && error.name === "InvalidDefinition" && !error.message.includes("s3cret"),
    );
  });
}

async function connectedTo(url: string) {
  const client = connectRedis({ url });
  client.on("error", () => undefined);
  return client.connect();
}

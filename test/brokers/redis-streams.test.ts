import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test, type TestContext } from "node:test";
import { Connection } from "@temporalio/client";
import { createClient as connectRedis } from "redis";
import type { Duration } from "tenuto";
import { createClient, setUpNamespace, type TenutoClient } from "tenuto/client";
import { BrokerNotUsable, type EventConsumer, redisStream, startRedisConsumer } from "tenuto/events";
import { describeEventConsumer } from "../contracts/event-consumer.ts";
import type { EventHarness } from "../contracts/event-harness.ts";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { ticketApp, ticketSource } from "../events/fixtures/tickets.ts";

const { skip, broker } = brokerOrSkip("redis");

const harness: EventHarness = {
  skip,
  prefetch: 5,
  broker: { kill: async () => (await broker()).kill(), restart: async () => (await broker()).restart() },
  async open(t) {
    const { url } = await broker();
    const stream = `parcels-${randomUUID()}`;
    const redis = await connectedTo(url);
    t.after(() => redis.destroy());
    const put = async (fields: Readonly<Record<string, string>>) => {
      await redis.xAdd(stream, "*", fields);
    };
    return {
      transport: redisStream({ stream, url: "REDIS_URL", prefetch: 5, claimAfter: "1s" }),
      variables: { REDIS_URL: url },
      send: ({ id, type, data }) => put({ id, type, data: JSON.stringify(data) }),
      unreadable: [
        { why: /not JSON/, send: (mark) => put({ type: "parcel.new", data: `{${mark}` }) },
        { why: /"\/type" is missing/, send: (data) => put({ data }) },
        { why: /"\/data" is missing/, send: (other) => put({ type: "parcel.new", other }) },
      ],
      async left() {
        const groups = (await redis.exists(stream)) ? await redis.xInfoGroups(stream) : [];
        const [told] = groups as unknown as readonly { readonly pending: number; readonly lag: number | null }[];
        return told ? told.pending + (told.lag ?? 0) : redis.xLen(stream);
      },
      dead: () => redis.xLen(`${stream}:dead`),
    };
  },
};
describeEventConsumer("a Redis stream", harness);

const group = "tenuto";

describe("a consumer of a Redis stream", { skip, timeout: 300_000 }, () => {
  const namespace = `redis-${randomUUID()}`;
  const app = ticketApp(namespace);
  let connection: Connection;
  let client: TenutoClient;
  let redis: Awaited<ReturnType<typeof connectedTo>>;
  before(async () => {
    // Without its own repeats: one that is scheduled would meet a closed connection.
    connection = await Connection.connect({ address: testServer(), interceptors: [] });
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
    readonly claimAfter?: Duration;
  }
  const consume = async (t: TestContext, stream: string, { by = client, claimAfter }: Consuming = {}) => {
    const variables = { REDIS_URL: (await broker()).url };
    const consumer = await startRedisConsumer(ticketSource(stream, claimAfter), { client: by, variables });
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
    const own = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => own.close());
    return { proxy, by: await createClient(app, { connection: own, namespace }) };
  };
  const several = (count: number) => Array.from({ length: count }, () => randomUUID());

  test("moves poison that is too large for a dead letter to the dead ones, whole and with why", async (t) => {
    const stream = randomUUID();
    await put(stream, { type: "closed", data: JSON.stringify("x".repeat(600 * 1024)), other: "kept" });
    await consume(t, stream);

    await eventually("it is with the dead ones", () => redis.exists(`${stream}:dead`));
    await isDone(stream);
    const [dead] = (await redis.xRange(`${stream}:dead`, "-", "+")) ?? [];
    assert.match(dead?.message["tenuto-why"] ?? "", /this type.* can't be sent/);
    assert.deepEqual([dead?.message["other"], dead?.message["tenuto-source"]], ["kept", "tickets"]);
    assert.match(dead?.message["tenuto-entry"] ?? "", /^\d+-\d+$/);
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
    const next = await consume(t, stream, { claimAfter: "1s" });
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

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { type ChannelModel, type ConfirmChannel, connect, type GetMessage, type Options } from "amqplib";
import { defineApp } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { startRabbitMqConsumer, type EventConsumer, rabbitMq } from "tenuto/events";
import { describeEventConsumer } from "../contracts/event-consumer.ts";
import type { EventHarness } from "../contracts/event-harness.ts";
import { parcelSource } from "../contracts/fixtures/parcel-events.ts";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { counter, parcel } from "../events/fixtures/parcels.contract.ts";

const rabbit = brokerOrSkip("rabbitmq");
const prefetch = 20;
/** So long RabbitMQ takes to write down that there is a quorum queue. */
const writtenDownMs = 4_000;

const harness: EventHarness = {
  skip: rabbit.skip,
  prefetch: 5,
  broker: {
    kill: async () => {
      const broker = await rabbit.broker();
      await sleep(writtenDownMs);
      await broker.kill();
    },
    restart: async () => (await rabbit.broker()).restart(),
  },
  async open(t) {
    const { url } = await rabbit.broker();
    const queue = `parcels-${randomUUID()}`;
    let connection: ChannelModel | undefined;
    let channel: ConfirmChannel | undefined;
    /** Again after its broker was killed. */
    const opened = async () => {
      if (channel) return channel;
      connection = await connect(url);
      connection.on("error", () => undefined);
      connection.on("close", () => (channel = undefined));
      return (channel = await connection.createConfirmChannel());
    };
    t.after(() => connection?.close().catch(() => undefined));
    await makeQueue(await opened(), queue);
    const put = async (content: string, options: Options.Publish = {}) => {
      const to = await opened();
      to.sendToQueue(queue, Buffer.from(content), { persistent: true, ...options });
      await to.waitForConfirms();
    };
    return {
      transport: rabbitMq({ queue, url: "RABBIT", prefetch: 5 }),
      variables: { RABBIT: url },
      send: ({ id, type, data }) => put(JSON.stringify(data), { messageId: id, type }),
      unreadable: [
        { why: /is not JSON/, send: (mark) => put(`{${mark}`) },
        { why: /type" is missing/, send: (id) => put(JSON.stringify({ id, data: {} })) },
        { why: /id" is missing/, send: (mark) => put(JSON.stringify({ type: "parcel.new", data: { mark } })) },
      ],
      left: async () => (await (await opened()).checkQueue(queue)).messageCount,
      dead: async () => (await (await opened()).checkQueue(`${queue}.dead`)).messageCount,
    };
  },
};
describeEventConsumer("a RabbitMQ queue", harness);

/** As its consumer makes it. */
async function makeQueue(channel: ConfirmChannel, queue: string): Promise<void> {
  const dead = `${queue}.dead`;
  const quorum = { "x-queue-type": "quorum" };
  await channel.assertQueue(dead, { durable: true, arguments: quorum });
  const limited = { ...quorum, "x-delivery-limit": 50, "x-dead-letter-exchange": dead };
  await channel.assertQueue(queue, { durable: true, arguments: limited });
}

const sourceOf = (queue: string) => parcelSource(queue, rabbitMq({ queue, url: "RABBIT", prefetch }));

describe("events of RabbitMQ", { timeout: 300_000, skip: rabbit.skip }, () => {
  const rig = workerRig(new URL("../events/fixtures/parcels-workflows.ts", import.meta.url));
  const app = defineApp({ name: `rabbit-${randomUUID()}`, workflows: [parcel, counter], activities: [] });
  let client: TenutoClient;
  before(async () => {
    await rig.startWorker({ app, activities: [], maxCachedWorkflows: 0 });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  /** Its connection retries nothing by itself, as those that `createClient` makes. */
  const clientAt = async (t: TestContext, address: string) => {
    const connection = await Connection.connect({ address, interceptors: [] });
    t.after(() => connection.close());
    return createClient(app, { connection, namespace: rig.namespace });
  };

  interface Queue {
    readonly name: string;
    readonly channel: ConfirmChannel;
    readonly consume: (options?: { readonly by?: TenutoClient; readonly url?: string }) => Promise<EventConsumer>;
    readonly send: (body: unknown, options?: Options.Publish) => Promise<void>;
    readonly sendParcel: (id: string, messageId?: string) => Promise<void>;
    readonly waiting: (queue?: string) => Promise<number>;
  }

  /** A queue that a consumer has made, seen with the eyes of its sender. */
  const queue = async (t: TestContext): Promise<Queue> => {
    const { url } = await rabbit.broker();
    const name = `parcels-${randomUUID()}`;
    const consumers: EventConsumer[] = [];
    const consume: Queue["consume"] = async ({ by = client, url: at = url } = {}) => {
      const consumer = await startRabbitMqConsumer(sourceOf(name), { client: by, variables: { RABBIT: at } });
      consumers.push(consumer);
      await eventually("it consumes", () => consumer.status().state === "consuming");
      return consumer;
    };
    const first = await consume();
    await first.stop();
    let connection: ChannelModel | undefined;
    t.after(async () => {
      for (const consumer of consumers) await consumer.stop();
      await connection?.close();
    });
    connection = await connect(url);
    connection.on("error", () => (connection = undefined));
    const channel = await connection.createConfirmChannel();
    const send: Queue["send"] = async (body, options = {}) => {
      const content = Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
      channel.sendToQueue(name, content, { persistent: true, ...options });
      await channel.waitForConfirms();
    };
    return {
      ...{ name, channel, consume, send },
      sendParcel: (id, messageId = randomUUID()) => send({ id }, { messageId, type: "parcel.new" }),
      waiting: async (of = name) => (await channel.checkQueue(of)).messageCount,
    };
  };

  const describeParcel = (id: string) => rig.client.workflow.getHandle(`parcel-${id}`).describe();
  const hasBegun = (id: string) =>
    eventually(`parcel ${id} has begun`, () => describeParcel(id).catch(() => undefined));
  const deadIn = async ({ name, channel }: Queue, count: number): Promise<readonly GetMessage[]> => {
    const found: GetMessage[] = [];
    await eventually(`${count} messages are dead`, async () => {
      const message = await channel.get(`${name}.dead`, { noAck: true });
      if (message) found.push(message);
      return found.length === count;
    });
    return found;
  };

  const lettersOf = async (type: string) => (await client.deadLetters({ type, kind: "poison", limit: 200 })).items;

  test("poison becomes dead letters, and nothing behind it waits", async (t) => {
    const parcels = await queue(t);
    await parcels.consume();
    const id = randomUUID();
    const type = "parcel.new";
    const poison: readonly (readonly [unknown, Options.Publish, RegExp])[] = [
      ["{", { messageId: "1", type }, /is not JSON/],
      [Buffer.from([0x22, 0xff, 0x22]), { messageId: "2", type }, /is not UTF-8/],
      [{ id: "3" }, {}, /type" is missing/],
      [{ type, data: { id } }, {}, /id" is missing/],
      [{ id: "" }, { messageId: "5", type }, /\/data\/id/],
      [{ id: "x" }, { messageId: "6", type: "parcel.lost" }, /does nothing with events of this type/],
    ];

    for (let times = 0; times < 2; times += 1) for (const [body, options] of poison) await parcels.send(body, options);
    await parcels.sendParcel(id);
    await hasBegun(id);

    const letters = await eventually("all are listed", async () => {
      const found = await lettersOf(parcels.name);
      return found.length >= poison.length && found;
    });
    assert.equal(letters.length, poison.length);
    for (const [index, [, { messageId, type: told }, why]] of poison.entries()) {
      const found = letters.find(({ error }) => why.test(error.message));
      assert.ok(found, `${index + 1}: ${String(why)}`);
      assert.equal(found.event?.id, messageId ?? (index === 2 ? "3" : undefined));
      assert.equal(found.event?.type, told ?? (index === 3 ? type : undefined));
    }
    await eventually("all is acknowledged", async () => (await parcels.waiting()) === 0);
    assert.equal(await parcels.waiting(`${parcels.name}.dead`), 0);
  });

  test("poison that is too large for a dead letter is kept by the broker, with why", async (t) => {
    const parcels = await queue(t);
    await parcels.consume();
    const body = { id: "x".repeat(600 * 1024) };
    const send = { messageId: "1", type: "parcel.lost", headers: { own: "kept" } };
    await parcels.send(body, send);

    const [found] = await deadIn(parcels, 1);
    assert.ok(found);
    const { headers, messageId } = found.properties as {
      readonly messageId: unknown;
      headers?: Record<string, unknown>;
    };
    assert.match(String(headers?.["tenuto-why"]), /does nothing with events of this type.* can't be sent/);
    assert.deepEqual(
      [messageId, headers?.["own"], headers?.["tenuto-source"], headers?.["tenuto-routing-key"]],
      ["1", "kept", parcels.name, parcels.name],
    );
    assert.deepEqual(JSON.parse(String(found.content)), body);
    assert.deepEqual(await lettersOf(parcels.name), []);
  });

  test("what is held when the consumer stops, or loses its connection, comes to the next one", async (t) => {
    const proxy = await startProxy(t);
    const by = await clientAt(t, proxy.address);
    const { url } = await rabbit.broker();
    const wire = await startProxy(t, new URL(url).host);
    const parcels = await queue(t);
    const consumer = await parcels.consume({ by, url: `amqp://guest:guest@${wire.address}` });
    await proxy.close();
    const id = randomUUID();
    await parcels.sendParcel(id);
    await eventually("it is held", () => consumer.status().state === "holding");

    await wire.close();
    await eventually("it tries again", () => consumer.status().state === "reconnecting");
    await wire.open();
    await eventually("it is held again", () => consumer.status().state === "holding");
    await consumer.stop();
    await eventually("it is in the queue", async () => (await parcels.waiting()) === 1);

    await parcels.consume();
    await hasBegun(id);
    await eventually("it is gone", async () => (await parcels.waiting()) === 0);
  });
});

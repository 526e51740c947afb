import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { type ChannelModel, type ConfirmChannel, connect, type GetMessage, type Options } from "amqplib";
import { defineApp, defineEventSource, onEvent } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { startRabbitMqConsumer, type EventConsumer, rabbitMq } from "tenuto/events";
import { z } from "zod";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { counter, parcel } from "../events/fixtures/parcels.contract.ts";

const rabbit = brokerOrSkip("rabbitmq");
const prefetch = 20;
/** So long RabbitMQ takes to write down that there is a quorum queue. */
const writtenDownMs = 4_000;

const sourceOf = (queue: string) =>
  defineEventSource(queue, {
    from: rabbitMq({ queue, url: "RABBIT", prefetch }),
    on: {
      "parcel.new": onEvent(z.object({ id: z.string().min(1) }), { start: parcel, input: ({ id }) => ({ id }) }),
      counted: onEvent(z.object({ id: z.string(), n: z.int() }), {
        signal: counter,
        name: "add",
        workflowId: ({ id }) => `counter-${id}`,
        input: ({ n }) => ({ n }),
        orStart: ({ id }) => ({ id }),
      }),
    },
  });

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

  test("a message starts its run and is gone; one that comes again starts none", async (t) => {
    const parcels = await queue(t);
    const consumer = await parcels.consume();
    const [id, messageId] = [randomUUID(), randomUUID()];

    await parcels.sendParcel(id, messageId);
    const { runId } = await hasBegun(id);
    for (let times = 0; times < 5; times += 1) await parcels.sendParcel(id, messageId);
    await parcels.send({ id: randomUUID(), type: "parcel.new", data: { id: `${id}-b` } });
    await hasBegun(`${id}-b`);
    await eventually("all is settled", async () => consumer.status().inFlight + (await parcels.waiting()) === 0);
    await consumer.stop();

    assert.equal(consumer.status().state, "stopped");
    assert.deepEqual([await parcels.waiting(), await parcels.waiting(`${parcels.name}.dead`)], [0, 0]);
    assert.equal((await describeParcel(id)).runId, runId);
  });

  test("poison is kept with why, and nothing behind it waits", async (t) => {
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

    for (const [body, options] of poison) await parcels.send(body, { headers: { own: "kept" }, ...options });
    await parcels.sendParcel(id);
    await hasBegun(id);

    const dead = await deadIn(parcels, poison.length);
    for (const [index, [, { messageId }, why]] of poison.entries()) {
      const found = dead.find(({ properties }) => why.test(String(properties.headers?.["tenuto-why"])));
      assert.ok(found, `${index + 1}: ${String(why)}`);
      assert.equal(found.properties.messageId, messageId);
      const { headers } = found.properties;
      assert.deepEqual(
        [headers?.["own"], headers?.["tenuto-source"], headers?.["tenuto-routing-key"]],
        ["kept", parcels.name, parcels.name],
      );
    }
    assert.equal(await parcels.waiting(), 0);
  });

  test("while Temporal is away messages are held and none is lost, given back or dead", async (t) => {
    const proxy = await startProxy(t);
    const by = await clientAt(t, proxy.address);
    const parcels = await queue(t);
    const consumer = await parcels.consume({ by });
    await proxy.close();
    const ids = Array.from({ length: prefetch + 5 }, () => randomUUID());

    for (const id of ids) await parcels.sendParcel(id);
    await eventually("messages are held", () => consumer.status().state === "holding");
    await sleep(2_000);
    assert.deepEqual([consumer.status().inFlight, await parcels.waiting()], [prefetch, 5]);

    await proxy.open();
    for (const id of ids) await hasBegun(id);
    await eventually("it holds no more", () => consumer.status().state === "consuming");
    assert.deepEqual([await parcels.waiting(), await parcels.waiting(`${parcels.name}.dead`)], [0, 0]);
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

  test("it goes on after its broker was killed", async (t) => {
    const broker = await rabbit.broker();
    const parcels = await queue(t);
    const consumer = await parcels.consume();
    const [one, other] = [randomUUID(), randomUUID()];
    await parcels.sendParcel(one);
    await hasBegun(one);
    await sleep(writtenDownMs);

    await broker.kill();
    await eventually("it tries again", () => consumer.status().state === "reconnecting");
    await broker.restart();
    await eventually("it consumes again", () => consumer.status().state === "consuming");

    const connection = await connect(broker.url);
    t.after(() => connection.close());
    const channel = await connection.createConfirmChannel();
    channel.sendToQueue(parcels.name, Buffer.from(JSON.stringify({ id: other })), {
      ...{ messageId: randomUUID(), type: "parcel.new", persistent: true },
    });
    await hasBegun(other);
  });

  test("a signal that is brought ten times is one", async (t) => {
    const parcels = await queue(t);
    await parcels.consume();
    const id = randomUUID();
    const tell = (n: number) => parcels.send({ id, n }, { messageId: `${id}-${n}`, type: "counted" });

    for (let times = 0; times < 10; times += 1) await tell(1);
    await eventually("all are taken", async () => (await parcels.waiting()) === 0);
    await tell(0);

    const { result } = await client.result(`counter-${id}`, { waitMs: 30_000 });
    assert.equal(JSON.stringify(result), "[1]");
  });
});

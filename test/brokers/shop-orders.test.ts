import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { connect } from "amqplib";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { startStack, type Stack } from "../rig/stack.ts";

const rabbit = brokerOrSkip("rabbitmq");

describe("the shop's orders from RabbitMQ", { timeout: 300_000, skip: rabbit.skip }, () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack();
  });
  after(() => stack.close());

  test("are taken by its worker, which goes on without its broker, and loses nothing when it is killed", async (t) => {
    const broker = await rabbit.broker();
    const env = { TENUTO_RABBITMQ_URL: broker.url };
    await broker.kill();
    const first = await stack.startWorker(env);
    assert.match(first.output(), /RabbitMQ does not give the events of \\"orders\\"|Polling task queue/);
    await broker.restart();
    const connection = await connect(broker.url);
    t.after(() => connection.close());
    const isThere = async () => {
      // A queue that is not there closes the channel.
      const channel = await connection.createChannel();
      channel.on("error", () => undefined);
      return channel.checkQueue("orders").finally(() => channel.close().catch(() => undefined));
    };
    await eventually("its queue is there", () => isThere().catch(() => undefined));
    const channel = await connection.createConfirmChannel();
    const ids = Array.from({ length: 6 }, () => `o-${randomUUID()}`);
    for (const id of ids) {
      const order = {
        ...{ id, customer: "ada@example.com", card: "ok", address: "1 Main St" },
        lines: [{ sku: "mug", quantity: 1, unitCents: 1_200 }],
      };
      const options = { persistent: true, messageId: id, type: "order.placed" };
      channel.sendToQueue("orders", Buffer.from(JSON.stringify(order)), options);
    }
    await channel.waitForConfirms();
    await first.crash();
    await stack.startWorker(env);
    for (const id of ids) {
      const ended = eventually(`order ${id} is fulfilled`, async () => (await stack.effects(id)).includes("mail.send"));
      await ended;
      assert.deepEqual([...(await stack.effects(id))].sort(), [
        ...["mail.send", "payments.charge", "shipping.book", "stock.reserve"],
      ]);
    }
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-sqs";
import { defineEventSource, onEvent } from "tenuto";
import type { TenutoClient } from "tenuto/client";
import { BrokerNotUsable, sqs, startSqsConsumer } from "tenuto/events";
import { z } from "zod";
import { bury } from "../../src/events/sqs-queue.ts";
import { describeEventConsumer } from "../contracts/event-consumer.ts";
import { parcel } from "../events/fixtures/parcels.contract.ts";
import { eventually } from "../rig/eventually.ts";
import { makeQueues, sqsQueues } from "./fixtures/sqs-queues.ts";

const queues = sqsQueues({ isFifo: false });
const { skip } = queues;
/** Nothing comes that would need it. */
const client = {} as TenutoClient;
const ignored = onEvent(z.object({ id: z.string() }), { start: parcel, input: (data) => data, filter: () => false });
const sourceOf = (queue: string) =>
  defineEventSource("ignored", { from: sqs({ queue, visibility: "3s" }), on: { ignored } });

describeEventConsumer("an SQS queue", queues);

test("a queue that is not there is told, and taken from once it is", { skip }, async (t) => {
  const { client: sender, variables } = await queues.open(t);
  const name = `late-${randomUUID()}`;
  const consumer = await startSqsConsumer(sourceOf(name), { client, variables });
  t.after(() => consumer.stop(0));
  await eventually("it is told", () => consumer.status().lastError?.includes("queue"));
  assert.equal(consumer.status().state, "reconnecting");

  const { url } = await makeQueues(sender, name, false);
  const MessageBody = JSON.stringify({ type: "ignored", data: { id: "1" } });
  await sender.send(new sdk.SendMessageCommand({ QueueUrl: url, MessageBody }));

  await eventually("it is taken", () => consumer.status().settled === 1);
});

test("a queue that calls messages dead too early is told of", { skip }, async (t) => {
  const { client: sender, variables, deadUrl } = await queues.open(t);
  const asked = new sdk.GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: ["QueueArn"] });
  const { QueueArn: deadLetterTargetArn } = (await sender.send(asked)).Attributes ?? {};
  const name = `strict-${randomUUID()}`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
  await sender.send(new sdk.CreateQueueCommand({ QueueName: name, Attributes: { RedrivePolicy } }));
  const warnings: string[] = [];
  const logger = {
    info: () => undefined,
    warn: (_: object, text: string) => warnings.push(text),
    error: () => undefined,
  };

  const consumer = await startSqsConsumer(sourceOf(name), { client, variables, logger });
  t.after(() => consumer.stop(0));
  await eventually("it is told", () => warnings.some((text) => text.includes("after it was received 3 times")));
});

test(
  "what can't be kept elsewhere goes to the queue of the redrive policy, whole, with why and its source",
  { skip },
  async (t) => {
    const { client: sender, url, deadUrl } = await queues.open(t);
    const queue = { client: sender, commands: sdk, url, visibility: 30 };
    const message = { Body: "{}", MessageAttributes: { own: { DataType: "String", StringValue: "kept" } } };
    await bury(queue, { message, why: `no\u0000\u{1f4e6}way ${"x".repeat(2_000)}`, source: "parcels" });

    const [found] = (await receiveFrom(sender, deadUrl)) ?? [];
    const { own, "tenuto-why": why, "tenuto-source": source } = found?.MessageAttributes ?? {};
    assert.deepEqual([found?.Body, own?.StringValue, source?.StringValue], ["{}", "kept", "parcels"]);
    assert.match(why?.StringValue ?? "", /^no +way x{900}/);
  },
);

test("without a redrive policy there is no place for it, and that is said", { skip }, async (t) => {
  const { client: sender } = await queues.open(t);
  const { QueueUrl: url = "" } = await sender.send(new sdk.CreateQueueCommand({ QueueName: `bare-${randomUUID()}` }));
  const queue = { client: sender, commands: sdk, url, visibility: 30 };
  await assert.rejects(bury(queue, { message: { Body: "{}" }, why: "no", source: "parcels" }), /no redrive policy/);
});

test("an endpoint that is no address is refused by the name of its variable, and not shown", async () => {
  const variables = { TENUTO_SQS_ENDPOINT: "user:s3cret" };
  await assert.rejects(
    startSqsConsumer(sourceOf("orders"), { client, variables }),
    (error) =>
      error instanceof BrokerNotUsable && /TENUTO_SQS_ENDPOINT/.test(error.message) && !/s3cret/.test(error.message),
  );
});

async function receiveFrom(sender: sdk.SQSClient, QueueUrl: string) {
  const asked = { QueueUrl, MessageAttributeNames: ["All"], WaitTimeSeconds: 2 };
  return (await sender.send(new sdk.ReceiveMessageCommand(asked))).Messages;
}

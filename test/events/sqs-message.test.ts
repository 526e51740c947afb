import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Message } from "@aws-sdk/client-sqs";
import { InvalidEvent, sqs } from "tenuto/events";
import { eventInMessage } from "../../src/events/sqs-message.ts";

const messageOf = (
  body: unknown,
  attributes: Readonly<Record<string, string>> = {},
  system: Message["Attributes"] = {},
): Message => ({
  MessageId: "m-1",
  Body: typeof body === "string" ? body : JSON.stringify(body),
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  ),
  Attributes: system,
});
const notification = (message: unknown, attributes: Readonly<Record<string, string>> = {}) => ({
  Type: "Notification",
  MessageId: "sns-1",
  TopicArn: "arn:aws:sns:eu-central-1:1:orders",
  Message: JSON.stringify(message),
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, Value]) => [name, { Type: "String", Value }]),
  ),
});
const placed = { type: "order.placed", data: { n: 1 } };
const [inGroup, sha256] = [
  { MessageGroupId: "g", MessageDeduplicationId: "d" },
  (text: string) => createHash("sha256").update(text).digest("hex"),
];

for (const [what, message, id] of [
  ["attributes beside the data", messageOf({ n: 1 }, { id: "a", type: "order.placed" }), "a"],
  ["the type beside the data", messageOf({ n: 1 }, { type: "order.placed" }), "m-1"],
  ["an envelope", messageOf({ id: "b", ...placed }), "b"],
  ["an envelope without an id", messageOf(placed), "m-1"],
  ["an id beside an envelope", messageOf({ id: "b", ...placed }, { id: "a" }), "a"],
  ["an event of EventBridge", messageOf({ id: "e", "detail-type": "order.placed", detail: { n: 1 } }), "e"],
  ["a notification of SNS", messageOf(notification({ id: "b", ...placed })), "b"],
  ["a notification without an id", messageOf(notification(placed)), "sns-1"],
  ["a notification with attributes", messageOf(notification({ n: 1 }, { id: "a", type: "order.placed" })), "a"],
  ["a FIFO message with its sender's id", messageOf(placed, {}, inGroup), "g:d"],
  [
    "a FIFO message with an id that SQS made of its content",
    messageOf(placed, {}, { ...inGroup, MessageDeduplicationId: sha256(JSON.stringify(placed)) }),
    "m-1",
  ],
  [
    "a FIFO message with the longest ids",
    messageOf(placed, {}, { MessageGroupId: "g".repeat(128), MessageDeduplicationId: "d".repeat(128) }),
    sha256(`${"g".repeat(128)}:${"d".repeat(128)}`),
  ],
] as const) {
  test(`the event of ${what} is read`, () => {
    assert.deepEqual(eventInMessage(message), { id, ...placed });
  });
}

for (const [what, message, known] of [
  ["no JSON", messageOf("{"), { id: "m-1" }],
  ["no type", messageOf({ id: "b", data: {} }), { id: "b" }],
  ["a type that is no text", messageOf({ id: "b", type: 7, data: {} }), { id: "b", type: 7 }],
  ["no JSON beside attributes", messageOf("{", { id: "a", type: "t" }), { id: "a", type: "t" }],
] as const) {
  test(`${what} is refused, with what is known of the event`, () => {
    assert.throws(
      () => eventInMessage(message),
      (error) => {
        assert.ok(error instanceof InvalidEvent);
        assert.deepEqual({ type: undefined, ...error.known }, { type: undefined, ...known });
        return true;
      },
    );
  });
}

for (const [what, options] of [
  ["a URL in place of a name", { queue: "https://sqs.eu-central-1.amazonaws.com/1/orders" }],
  ["no name", { queue: "" }],
  ["a prefetch of none", { queue: "orders", prefetch: 0 }],
  ["a visibility below three seconds", { queue: "orders", visibility: "1s" }],
  ["a visibility of more than SQS knows", { queue: "orders", visibility: "13h" }],
  ["an address in place of its variable", { queue: "orders", endpoint: "http://user:s3cret@localhost" }],
] as const) {
  test(`sqs refuses ${what}`, () => {
    assert.throws(
      () => sqs(options),
      (error) => error instanceof Error && error.name === "InvalidDefinition" && !error.message.includes("s3cret"),
    );
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { type ReadWebhook, readWebhook } from "../../src/events/read-webhook.ts";
import type { RequestHeaders } from "tenuto/events";

const envelope = { specversion: "1.0", id: "e-1", source: "/shop", type: "order.placed" };
const structured = { "content-type": "application/cloudevents+json" };
const binary = {
  "content-type": "application/json",
  "ce-specversion": "1.0",
  "ce-id": "e-1",
  "ce-source": "/shop",
  "ce-type": "order.placed",
};

function read(headers: RequestHeaders, body: unknown, scheme: "hmac" | "standard-webhooks" = "hmac"): ReadWebhook {
  const bytes = Buffer.from(JSON.stringify(body));
  return readWebhook(scheme, {
    headers,
    bytes,
    parse: (given): unknown => JSON.parse(Buffer.from(given).toString()),
    deliveryId: "d-1",
  });
}

const placed = { event: { id: '["/shop","e-1"]', type: "order.placed", data: { orderId: "o-1" } } };

test("a structured CloudEvent of a plain HMAC is read, under its source and its id", () => {
  assert.deepEqual(read(structured, { ...envelope, data: { orderId: "o-1" } }), placed);
});

test("a binary CloudEvent of a plain HMAC is read the same", () => {
  assert.deepEqual(read(binary, { orderId: "o-1" }), placed);
});

test("other JSON of a plain HMAC has type and data, and the id of its header", () => {
  const body = { id: "in the body", type: "order.placed", data: 1 };
  assert.deepEqual(read({ "content-type": "application/json" }, body), {
    event: { id: "d-1", type: "order.placed", data: 1 },
  });
});

test("a CloudEvent that is wrong is told with its place", () => {
  const missing = read({ ...binary, "ce-source": undefined }, {});
  assert.equal("issues" in missing && missing.issues[0]?.pointer, "/headers/ce-source");
  const batch = read({ "content-type": "application/cloudevents-batch+json" }, [envelope]);
  assert.equal("issues" in batch && batch.issues[0]?.pointer, "/headers/content-type");
});

test("headers of CloudEvents change nothing in a scheme that has its own place for an event", () => {
  const body = { type: "order.placed", data: 1 };
  assert.deepEqual(read(binary, body, "standard-webhooks"), { event: { id: "d-1", type: "order.placed", data: 1 } });
});

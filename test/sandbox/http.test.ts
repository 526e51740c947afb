import assert from "node:assert/strict";
import { test } from "node:test";
import { charge, effectAt, reserve, send, startSandbox } from "./fixture.ts";

test("a service that is down answers 503 to all its operations, others go on", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/payments/charge", "k-1", charge("o-1"));
  const change = await sandbox.put("/admin/services/payments", { available: false });
  assert.deepEqual(change.body, { available: false, delayMs: 0 });
  const down = [
    await sandbox.post("/payments/charge", "k-2", charge("o-1")),
    await sandbox.post("/payments/refund", "u-1", { orderId: "o-1", undoes: "k-1" }),
  ];
  assert.deepEqual(
    down.map(({ status, body }) => [status, body["code"]]),
    down.map(() => [503, "ServiceUnavailable"]),
  );
  assert.equal((await sandbox.post("/stock/reserve", "k-3", reserve("o-1"))).status, 200);
  await sandbox.put("/admin/services/payments", { available: true });
  assert.equal((await sandbox.post("/payments/charge", "k-2", charge("o-1"))).status, 200);
  assert.deepEqual(
    (await sandbox.ledger()).map(({ key }) => key),
    ["k-1", "k-3", "k-2"],
  );
});

test("a service's delay passes before the effect, and a change keeps what it doesn't name", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.put("/admin/services/stock", { delayMs: 300 });
  await sandbox.put("/admin/services/stock", { available: true });
  assert.deepEqual((await sandbox.get("/admin/services")).body["stock"], { available: true, delayMs: 300 });
  const askedAt = Date.now();
  assert.equal((await sandbox.post("/stock/reserve", "k-1", reserve("o-1"))).status, 200);
  assert.ok(effectAt(await sandbox.ledger()) - askedAt >= 295);
});

test("GET /healthz answers 200", async (t) => {
  const sandbox = await startSandbox(t);
  assert.equal((await sandbox.get("/healthz")).status, 200);
});

const badRequests = [
  ["no Idempotency-Key", { path: "/payments/charge", body: charge("o-1") }, 400, "IdempotencyKeyMissing"],
  ["a body that is not JSON", { path: "/payments/charge", key: "k", body: "{oops" }, 400, "NotJson"],
  ["no body", { path: "/payments/charge", key: "k" }, 422, "InvalidBody"],
  ["a bare JSON value", { path: "/payments/charge", key: "k", body: "null" }, 422, "InvalidBody"],
  ["a member missing", { path: "/payments/charge", key: "k", body: { orderId: "o" } }, 422, "InvalidBody"],
  ["an undo without undoes", { path: "/stock/release", key: "k", body: { orderId: "o" } }, 422, "InvalidBody"],
  ["a body that is too big", { path: "/mail/send", key: "k", body: { a: "x".repeat(200_000) } }, 413, "BodyTooLarge"],
  ["an unknown path", { path: "/stock/steal", key: "k", body: {} }, 404, "NotFound"],
  ["a path that can't be decoded", { path: "/admin/services/%E0%A4%A", method: "PUT", body: {} }, 400, "BadRequest"],
  ["a wrong method", { path: "/stock/reserve", method: "PUT", body: {} }, 404, "NotFound"],
  ["an unknown service", { path: "/admin/services/moon", method: "PUT", body: {} }, 404, "NotFound"],
  ["a bad delay", { path: "/admin/services/mail", method: "PUT", body: { delayMs: -1 } }, 422, "InvalidBody"],
  ["a bad magic state", { path: "/admin/magic", method: "PUT", body: { unavailable: 1 } }, 422, "InvalidBody"],
] as const;

test("bad input is a problem with a stable code, never a page or a stack, and has no effect", async (t) => {
  const sandbox = await startSandbox(t);
  for (const [what, { path, ...request }, status, code] of badRequests) {
    await t.test(what, async () => {
      const reply = await send(sandbox.url() + path, { method: "POST", ...request });
      assert.deepEqual([reply.status, reply.body["code"]], [status, code]);
      assert.match(reply.contentType, /^application\/problem\+json/);
      const { type, title, detail } = reply.body;
      assert.ok([type, title, detail].every((member) => typeof member === "string" && member !== ""));
      assert.equal(reply.body["status"], status);
      assert.doesNotMatch(JSON.stringify(reply.body), /node_modules|<html/i);
    });
  }
  assert.deepEqual(await sandbox.ledger(), []);
});

test("a wrong shape is answered with a pointer to each wrong member", async (t) => {
  const sandbox = await startSandbox(t);
  const { body } = await sandbox.post("/stock/reserve", "k-1", { orderId: "", lines: [{ sku: "tea", quantity: 0 }] });
  const errors = body["errors"] as readonly { readonly pointer: string; readonly message: string }[];
  assert.deepEqual(
    errors.map(({ pointer }) => pointer),
    ["/orderId", "/lines/0/quantity"],
  );
  assert.ok(errors.every(({ message }) => message.length > 0));
});

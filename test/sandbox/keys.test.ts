import assert from "node:assert/strict";
import { test } from "node:test";
import { charge, repay, reserve, startSandbox } from "./fixture.ts";

const effects = [
  ["/stock/reserve", reserve("o-1"), { service: "stock", operation: "reserve", lines: [{ sku: "tea", quantity: 2 }] }],
  ["/stock/restock", reserve("o-1"), { service: "stock", operation: "restock", lines: [{ sku: "tea", quantity: 2 }] }],
  ["/payments/charge", charge("o-1"), { service: "payments", operation: "charge", amountCents: 1_250 }],
  ["/payments/repay", repay("o-1"), { service: "payments", operation: "repay", chargeId: "ch-1", amountCents: 1_250 }],
  ["/shipping/book", { orderId: "o-1", address: "home" }, { service: "shipping", operation: "book", address: "home" }],
  ["/mail/send", { orderId: "o-1", to: "a@b.c", subject: "Hi" }, { service: "mail", operation: "send", subject: "Hi" }],
] as const;

for (const [path, body, expected] of effects) {
  test(`${path}: a repeated key answers as before and writes one line`, async (t) => {
    const sandbox = await startSandbox(t);
    const first = await sandbox.post(path, "k-1", body);
    const second = await sandbox.post(path, "k-1", body);
    assert.equal(first.status, 200);
    assert.deepEqual(second, first);
    const lines = await sandbox.ledger();
    assert.equal(lines.length, 1);
    const { at, ...line } = lines[0] ?? {};
    assert.match(String(at), /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.deepEqual({ ...line, ...expected, key: "k-1", orderId: "o-1" }, line);
  });
}

test("the card is never in the ledger", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/payments/charge", "k-1", charge("o-1", "4242-secret"));
  assert.doesNotMatch(JSON.stringify(await sandbox.ledger()), /card|4242/);
});

test("twenty requests with one key at the same time write one line and get one answer", async (t) => {
  const sandbox = await startSandbox(t);
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => sandbox.post("/payments/charge", "k-1", charge("o-1"))),
  );
  assert.deepEqual(new Set(replies.map(({ body }) => body["chargeId"])).size, 1);
  assert.ok(replies.every(({ status }) => status === 200));
  assert.equal((await sandbox.ledger()).length, 1);
});

test("requests with different keys at the same time write a whole line each", async (t) => {
  const sandbox = await startSandbox(t);
  const keys = Array.from({ length: 50 }, (_, index) => `k-${index}`);
  await Promise.all(keys.map((key) => sandbox.post("/stock/reserve", key, reserve(key))));
  assert.deepEqual((await sandbox.ledger()).map(({ key }) => key).sort(), [...keys].sort());
});

test("a key used for another body, card or operation is refused with KeyReused", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/payments/charge", "k-1", charge("o-1"));
  const others = [
    await sandbox.post("/payments/charge", "k-1", { ...charge("o-1"), amountCents: 1 }),
    await sandbox.post("/payments/charge", "k-1", charge("o-1", "another")),
    await sandbox.post("/stock/reserve", "k-1", reserve("o-1")),
    await sandbox.post("/payments/refund", "k-1", { orderId: "o-1", undoes: "k-0" }),
  ];
  assert.deepEqual(
    others.map(({ status, body }) => [status, body["code"]]),
    others.map(() => [422, "KeyReused"]),
  );
  assert.equal((await sandbox.ledger()).length, 1);
});

test("GET /ledger gives the lines of the file, or those of one order", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/stock/reserve", "k-1", reserve("o-1"));
  await sandbox.post("/stock/reserve", "k-2", reserve("o-2"));
  const all = await sandbox.get("/ledger");
  const one = await sandbox.get("/ledger?orderId=o-2");
  const lines = await sandbox.ledger();
  assert.deepEqual(all.body["items"], lines);
  assert.deepEqual(one.body["items"], [lines[1]]);
});

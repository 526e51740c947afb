import assert from "node:assert/strict";
import { test } from "node:test";
import { book, charge, effectAt, repay, reserve, startSandbox, until, untilPending } from "./fixture.ts";

const magicSteps = [
  ["/payments/charge", charge, 402, "CardDeclined"],
  ["/stock/reserve", reserve, 409, "OutOfStock"],
  ["/shipping/book", book, 409, "AddressRejected"],
  ["/stock/restock", reserve, 409, "NotSellable"],
  ["/payments/repay", repay, 409, "RepaymentRefused"],
] as const;

for (const [path, body, status, code] of magicSteps) {
  test(`${path} declined: ${status} ${code} with a reason, every time, and no line`, async (t) => {
    const sandbox = await startSandbox(t);
    for (const _attempt of [1, 2]) {
      const reply = await sandbox.post(path, "k-1", body("o-1", "declined"));
      assert.deepEqual([reply.status, reply.body["code"], typeof reply.body["reason"]], [status, code, "string"]);
    }
    assert.deepEqual(await sandbox.ledger(), []);
  });

  test(`${path} flaky-2: fails twice for each key, then works`, async (t) => {
    const sandbox = await startSandbox(t);
    for (const key of ["k-1", "k-2"]) {
      const statuses: number[] = [];
      for (const _attempt of [1, 2, 3, 4]) {
        statuses.push((await sandbox.post(path, key, body("o-1", "flaky-2"))).status);
      }
      assert.deepEqual(statuses, [503, 503, 200, 200]);
    }
    assert.equal((await sandbox.ledger()).length, 2);
  });

  test(`${path} unavailable: fails until healed, and again when failing`, async (t) => {
    const sandbox = await startSandbox(t);
    const attempt = async (key: string) => (await sandbox.post(path, key, body("o-1", "unavailable"))).status;
    assert.equal(await attempt("k-1"), 503);
    await sandbox.put("/admin/magic", { unavailable: "healed" });
    assert.equal(await attempt("k-1"), 200);
    await sandbox.put("/admin/magic", { unavailable: "failing" });
    assert.deepEqual((await sandbox.get("/admin/magic")).body, { unavailable: "failing" });
    assert.deepEqual([await attempt("k-1"), await attempt("k-2")], [200, 503]);
    assert.equal((await sandbox.ledger()).length, 1);
  });
}

test("any line's sku can be magic", async (t) => {
  const sandbox = await startSandbox(t);
  const lines = ["tea", "declined"].map((sku) => ({ sku, quantity: 1 }));
  assert.equal((await sandbox.post("/stock/reserve", "k-1", { orderId: "o-1", lines })).status, 409);
});

test("slow: the line is in the ledger before the answer, and a repeat answers at once", async (t) => {
  const sandbox = await startSandbox(t);
  let isAnswered = false;
  const slow = sandbox.post("/payments/charge", "k-1", charge("o-1", "slow-1")).finally(() => (isAnswered = true));
  await until(async () => (await sandbox.ledger()).length === 1);
  const repeated = await sandbox.post("/payments/charge", "k-1", charge("o-1", "slow-1"));
  assert.equal(isAnswered, false);
  assert.deepEqual(await slow, repeated);
  assert.equal((await sandbox.ledger()).length, 1);
});

test("late: no line until then, and repeats meanwhile join the one effect", async (t) => {
  const sandbox = await startSandbox(t);
  const askedAt = Date.now();
  const attempts = [1, 2, 3].map(() => sandbox.post("/shipping/book", "k-1", book("o-1", "late-0.5")));
  await untilPending(sandbox.url(), "k-1");
  const other = await sandbox.post("/shipping/book", "k-1", book("o-1", "elsewhere"));
  assert.equal(other.body["code"], "KeyReused");
  const [first, ...others] = await Promise.all(attempts);
  assert.equal(first?.status, 200);
  assert.deepEqual(others, [first, first]);
  assert.ok(effectAt(await sandbox.ledger()) - askedAt >= 495);
});

test("late: the effect lands although the caller has hung up", async (t) => {
  const sandbox = await startSandbox(t);
  const caller = new AbortController();
  const attempt = fetch(`${sandbox.url()}/payments/charge`, {
    method: "POST",
    headers: { "idempotency-key": "k-1", "content-type": "application/json" },
    body: JSON.stringify(charge("o-1", "late-2")),
    signal: caller.signal,
  });
  const hungUp = assert.rejects(attempt);
  await untilPending(sandbox.url(), "k-1");
  caller.abort();
  await hungUp;
  await until(async () => (await sandbox.ledger()).length === 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { book, charge, reserve, startSandbox, untilPending } from "./fixture.ts";

const pairs = [
  ["/stock/reserve", reserve("o-1"), "/stock/release", "released"],
  ["/stock/restock", reserve("o-1"), "/stock/unstock", "unstocked"],
  ["/payments/charge", charge("o-1"), "/payments/refund", "refundId"],
  ["/shipping/book", book("o-1"), "/shipping/cancel", "canceled"],
] as const;

for (const [stepPath, stepBody, undoPath, member] of pairs) {
  test(`${undoPath}: takes a step back once, whatever the undo's key`, async (t) => {
    const sandbox = await startSandbox(t);
    await sandbox.post(stepPath, "k-1", stepBody);
    const first = await sandbox.post(undoPath, "u-1", { orderId: "o-1", undoes: "k-1" });
    const repeated = await sandbox.post(undoPath, "u-1", { orderId: "o-1", undoes: "k-1" });
    const other = await sandbox.post(undoPath, "u-2", { orderId: "o-1", undoes: "k-1" });
    assert.ok(first.status === 200 && first.body[member]);
    assert.deepEqual([repeated, other], [first, first]);
    const lines = await sandbox.ledger();
    assert.deepEqual(
      lines.map(({ key, undoes }) => [key, undoes]),
      [
        ["k-1", undefined],
        ["u-1", "k-1"],
      ],
    );
  });

  test(`${undoPath}: an unseen key writes no line, and its step is refused from then on`, async (t) => {
    const sandbox = await startSandbox(t);
    const undo = await sandbox.post(undoPath, "u-1", { orderId: "o-1", undoes: "k-1" });
    const step = await sandbox.post(stepPath, "k-1", stepBody);
    const repeated = await sandbox.post(undoPath, "u-1", { orderId: "o-1", undoes: "k-1" });
    assert.equal(undo.status, 200);
    assert.ok(!undo.body[member]);
    assert.deepEqual([step.status, step.body["code"]], [409, "KeyUndone"]);
    assert.deepEqual(repeated, undo);
    assert.deepEqual(await sandbox.ledger(), []);
    assert.equal((await sandbox.undoneKeys()).length, 1);
  });
}

test("a step racing its undo happens and is undone, or never happens", async (t) => {
  const sandbox = await startSandbox(t);
  const keys = Array.from({ length: 20 }, (_, index) => `k-${index}`);
  const outcomes = await Promise.all(
    keys.map(async (key) => {
      const step = () => sandbox.post("/payments/charge", key, charge(key));
      const undo = () => sandbox.post("/payments/refund", `undo-${key}`, { orderId: key, undoes: key });
      const isStepFirst = key.endsWith("1") || key.endsWith("3");
      const [one, two] = await Promise.all(isStepFirst ? [step(), undo()] : [undo(), step()]);
      return { key, step: isStepFirst ? one : two, undo: isStepFirst ? two : one };
    }),
  );
  const lines = await sandbox.ledger();
  for (const { key, step, undo } of outcomes) {
    const operations = lines.filter(({ orderId }) => orderId === key).map(({ operation }) => operation);
    assert.deepEqual(operations, step.status === 200 ? ["charge", "refund"] : []);
    assert.equal(undo.body["refundId"] !== null, step.status === 200);
  }
});

test("two undos with keys of their own at the same time write one line", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/stock/reserve", "k-1", reserve("o-1"));
  await Promise.all(
    ["u-1", "u-2"].map((key) => sandbox.post("/stock/release", key, { orderId: "o-1", undoes: "k-1" })),
  );
  assert.deepEqual(
    (await sandbox.ledger()).map(({ operation }) => operation),
    ["reserve", "release"],
  );
});

test("an undo while its late step is pending wins: no line, and the late caller gets KeyUndone", async (t) => {
  const sandbox = await startSandbox(t);
  const late = sandbox.post("/payments/charge", "k-1", charge("o-1", "late-2"));
  await untilPending(sandbox.url(), "k-1");
  const undo = await sandbox.post("/payments/refund", "u-1", { orderId: "o-1", undoes: "k-1" });
  assert.deepEqual(undo.body, { refundId: null });
  const { status, body } = await late;
  assert.deepEqual([status, body["code"]], [409, "KeyUndone"]);
  assert.deepEqual(await sandbox.ledger(), []);
});

test("an undo that names a key of another order or operation undoes nothing", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/payments/charge", "k-1", charge("o-1"));
  const replies = [
    await sandbox.post("/payments/refund", "u-1", { orderId: "o-2", undoes: "k-1" }),
    await sandbox.post("/stock/release", "u-2", { orderId: "o-1", undoes: "k-1" }),
    await sandbox.post("/stock/release", "u-3", { orderId: "o-1", undoes: "u-3" }),
  ];
  assert.deepEqual(
    replies.map(({ body }) => body["code"]),
    ["UndoMismatch", "UndoMismatch", "UndoMismatch"],
  );
  assert.equal((await sandbox.ledger()).length, 1);
});

import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { charge, makeDataDir, reserve, startSandbox, until, untilPending } from "./fixture.ts";

test("a restart keeps keys, undos and refused keys", async (t) => {
  const sandbox = await startSandbox(t);
  const undo = { orderId: "o-1", undoes: "k-1" };
  const early = { orderId: "o-1", undoes: "never" };
  const before = [
    await sandbox.post("/payments/charge", "k-1", charge("o-1")),
    await sandbox.post("/payments/refund", "u-1", undo),
    await sandbox.post("/payments/refund", "u-2", early),
  ];
  await sandbox.restart();
  const after = [
    await sandbox.post("/payments/charge", "k-1", charge("o-1")),
    await sandbox.post("/payments/refund", "u-1", undo),
    await sandbox.post("/payments/refund", "u-2", early),
  ];
  assert.deepEqual(after, before);
  assert.deepEqual((await sandbox.post("/payments/refund", "u-3", undo)).body, before[1]?.body);
  assert.equal((await sandbox.post("/payments/charge", "never", charge("o-1"))).body["code"], "KeyUndone");
  const reused = await sandbox.post("/payments/charge", "k-1", { ...charge("o-1"), amountCents: 1 });
  assert.equal(reused.body["code"], "KeyReused");
  assert.equal((await sandbox.ledger()).length, 2);
});

test("a torn last line is cut off, and the file goes on from there", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.post("/stock/reserve", "k-1", reserve("o-1"));
  const whole = await readFile(sandbox.ledgerPath, "utf8");
  await sandbox.close();
  await appendFile(sandbox.ledgerPath, '{"at":"2026-01-01T00:00:00.000Z","service":"sto');
  await sandbox.restart();
  assert.equal(await readFile(sandbox.ledgerPath, "utf8"), whole);
  await sandbox.post("/stock/reserve", "k-2", reserve("o-2"));
  assert.deepEqual(
    (await sandbox.ledger()).map(({ key }) => key),
    ["k-1", "k-2"],
  );
});

for (const [what, text] of [
  ["is not JSON", 'oops\n{"at":"2026-01-01T00:00:00.000Z"}\n'],
  ["can't be used", '{"at":"2026-01-01T00:00:00.000Z"}\n'],
] as const) {
  test(`a ledger with a line that ${what} is refused, and left as it is`, async (t) => {
    const dataDir = await makeDataDir(t);
    const path = join(dataDir, "ledger.jsonl");
    await writeFile(path, text);
    await assert.rejects(createSandbox({ dataDir }).listen({ port: 0 }), new RegExp(`ledger.jsonl: line 1 ${what}`));
    assert.equal(await readFile(path, "utf8"), text);
  });
}

test("close ends at once, although callers wait for slow, late and delayed answers", async (t) => {
  const sandbox = await startSandbox(t);
  await sandbox.put("/admin/services/stock", { delayMs: 60_000 });
  const waiting = [
    sandbox.post("/payments/charge", "k-1", charge("o-1", "slow-60")),
    sandbox.post("/payments/charge", "k-2", charge("o-1", "late-60")),
    sandbox.post("/payments/charge", "k-2", charge("o-1", "late-60")),
    sandbox.post("/stock/reserve", "k-3", reserve("o-1")),
  ];
  const ended = Promise.allSettled(waiting);
  await until(async () => (await sandbox.ledger()).length === 1);
  await untilPending(sandbox.url(), "k-2");
  const start = Date.now();
  await sandbox.close();
  await ended;
  assert.ok(Date.now() - start < 30_000, "it waited for none");
  assert.deepEqual(
    (await sandbox.ledger()).map(({ key }) => key),
    ["k-1"],
  );
});

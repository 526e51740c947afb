import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeadLetterNotFound, InvalidCursor, TemporalRefused, TemporalUnavailable } from "tenuto";
import { createClient } from "tenuto/client";
import { anything, fixtureApp } from "../api/fixtures/app.ts";
import { uniqueId, until, useTemporal, withServer } from "../api/fixtures/temporal.ts";

suite("lists and reachability", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });

  test("a list goes on from its cursor, newest first, and only with the same filter", async () => {
    const { client } = temporal();
    const ids = [uniqueId(), uniqueId(), uniqueId()];
    for (const workflowId of ids) await client.start(anything, 1, { workflowId });
    await until(async () => (await client.list({ type: "anything", status: "running" })).items.length >= 3);

    const first = await client.list({ type: "anything", status: "running", limit: 2 });
    const second = await client.list({ type: "anything", status: "running", limit: 2, cursor: first.nextCursor });

    assert.deepEqual(
      [...first.items, ...second.items].map(({ workflowId }) => workflowId).slice(0, 3),
      ids.toReversed(),
    );
    await assert.rejects(client.list({ type: "echo", cursor: first.nextCursor }), InvalidCursor);
    for (const cursor of ["", "x", "!!", `${first.nextCursor}=`, first.nextCursor?.slice(0, -5)]) {
      await assert.rejects(client.list({ type: "anything", status: "running", cursor }), InvalidCursor, cursor);
    }
  });

  for (const type of [
    "' OR ExecutionStatus = 'Running",
    "\\' OR ExecutionStatus = 'Running",
    "\\",
    "'",
    'x" OR 1=1',
    "`",
    "x' --",
    "é\n\t\0",
    "%",
    "a?b",
  ]) {
    test(`a list filter is a value and no query: ${JSON.stringify(type)}`, async () => {
      const { client } = temporal();
      await client.start("anything", 1, { delay: "1h" });

      assert.deepEqual((await client.list({ type })).items, []);
      assert.equal((await client.counts({ type })).total, 0);
      await assert.rejects(client.deadLetter(type), DeadLetterNotFound);
    });
  }

  test("a list is bounded by time", async () => {
    const { client } = temporal();
    const before = new Date(Date.now() - 3_600_000);

    assert.deepEqual((await client.list({ startedBefore: before })).items, []);
    const { items } = await until(async () => {
      const page = await client.list({ startedAfter: before });
      return page.items.length > 0 && page;
    });
    assert.ok(items.every(({ startedAt }) => Date.parse(startedAt) > before.getTime()));
  });

  test("workers and the server are seen", async () => {
    const { client } = temporal();

    assert.deepEqual(await client.check(), { ok: true });
    const { ok, taskQueue } = await client.workers();
    assert.deepEqual({ ok, taskQueue }, { ok: true, taskQueue: "api-fixture" });
  });

  test("a missing namespace is the set-up's fault, not a missing run", async () => {
    const client = await createClient(fixtureApp, { connection: temporal().connection, namespace: `no-${uniqueId()}` });

    await assert.rejects(client.describe("x"), TemporalRefused);
    await assert.rejects(client.start("anything", 1), TemporalRefused);
  });
});

test("a server that is away is an error within 5 seconds, and none when the client is made", async (t) => {
  process.env["TEMPORAL_ADDRESS"] = "127.0.0.1:1";
  t.after(() => delete process.env["TEMPORAL_ADDRESS"]);
  const client = await createClient(fixtureApp);
  const began = Date.now();

  await Promise.all([
    assert.rejects(client.describe("x"), TemporalUnavailable),
    assert.rejects(client.start("anything", 1, { idempotencyKey: "k" }), TemporalUnavailable),
    client.check().then(({ ok }) => assert.equal(ok, false)),
  ]);

  assert.ok(Date.now() - began < 5_000);
  await client.close();
});

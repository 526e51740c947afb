import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { IdempotencyKeyReused, InvalidInput, PayloadTooLarge, RunAlreadyStarted, UnknownWorkflowType } from "tenuto";
import { anything, dated, echo, fails, once } from "../api/fixtures/app.ts";
import { uniqueId, useTemporal, withServer } from "../api/fixtures/temporal.ts";

suite("starting a run", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });

  test("a start is parsed by its contract, and its result is read back", async () => {
    const { client } = temporal();

    const run = await client.start(echo, { text: "ab" }, { workflowId: uniqueId() });
    const result = await client.result(run.workflowId, { waitMs: 10_000, workflow: echo });

    assert.deepEqual(result, { status: "completed", result: { text: "ab" } });
    assert.equal(run.existing, false);
    const [started] = await client.history(run.workflowId);
    const attributes = started?.["workflowExecutionStartedEventAttributes"] as Record<string, unknown>;
    assert.deepEqual(attributes["input"], { payloads: [{ text: "ab", times: 1 }] });
    assert.deepEqual(attributes["header"], { fields: { "tenuto-parsed": true } });
    assert.match(String(started?.eventTime), /^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("20 starts at once with one key are one run", async () => {
    const { client } = temporal();
    const idempotencyKey = uniqueId();

    const runs = await Promise.all(
      Array.from({ length: 20 }, () => client.start(echo, { text: "a" }, { idempotencyKey })),
    );

    assert.equal(new Set(runs.map(({ runId }) => runId)).size, 1);
    assert.equal(runs.filter(({ existing }) => !existing).length, 1);
  });

  test("a repeat answers with its run also when that is closed, though the contract allows duplicates", async () => {
    const { client } = temporal();
    const options = { idempotencyKey: uniqueId() };
    const first = await client.start(echo, { text: "a" }, options);
    await client.result(first.workflowId, { waitMs: 10_000 });

    const again = await client.start(echo, { text: "a", times: 1 }, options);

    assert.deepEqual(again, { ...first, status: "completed", existing: true });
  });

  test("a key with another input is refused", async () => {
    const { client } = temporal();
    const options = { idempotencyKey: uniqueId() };
    const { runId } = await client.start(echo, { text: "a" }, options);

    await assert.rejects(
      client.start(echo, { text: "b" }, options),
      (error) => error instanceof IdempotencyKeyReused && error.runId === runId,
    );
  });

  test("20 starts at once with one key after a closed run of another key are one new run", async () => {
    const { client } = temporal();
    const workflowId = uniqueId();
    const first = await client.start(echo, { text: "a" }, { workflowId, idempotencyKey: uniqueId() });
    await client.result(workflowId, { waitMs: 10_000 });

    const options = { workflowId, idempotencyKey: uniqueId() };
    const runs = await Promise.all(Array.from({ length: 20 }, () => client.start(echo, { text: "a" }, options)));

    const ids = new Set(runs.map(({ runId }) => runId));
    assert.equal(ids.size, 1);
    assert.ok(!ids.has(first.runId));
  });

  test("once-per-id refuses a second start and names the run", async () => {
    const { client } = temporal();
    const id = uniqueId();
    const first = await client.start(once, { id }, { idempotencyKey: "k-1" });
    assert.equal(first.workflowId, `once-${id}`);

    for (const options of [{ idempotencyKey: "k-2" }, {}]) {
      await assert.rejects(
        client.start(once, { id }, options),
        (error) => error instanceof RunAlreadyStarted && error.runId === first.runId,
      );
    }
  });

  test("retry-if-failed starts again after a failure, and not while the run goes on", async () => {
    const { client } = temporal();
    const workflowId = uniqueId();
    const first = await client.start(fails, { how: "plain" }, { workflowId });
    await client.result(workflowId, { waitMs: 10_000 });

    const second = await client.start(fails, { how: "plain" }, { workflowId });

    assert.notEqual(second.runId, first.runId);
  });

  test("allow-duplicate refuses while the run goes on", async () => {
    const { client } = temporal();
    const workflowId = uniqueId();
    await client.start(echo, { text: "a" }, { workflowId, delay: "1h" });

    await assert.rejects(client.start(echo, { text: "a" }, { workflowId }), RunAlreadyStarted);
  });

  for (const workflowId of ["a/b/../c", `q"'\`\\`, "line\nbreak\ttab", "日本語 🎵", "a?b#c%25", "x".repeat(255)]) {
    test(`any text is a workflow id: ${JSON.stringify(workflowId.slice(0, 20))}`, async () => {
      const { client } = temporal();

      await client.start("anything", 1, { workflowId, delay: "1h" });

      assert.equal((await client.describe(workflowId)).workflowId, workflowId);
    });
  }

  for (const workflowId of ["", ".", "..", "x".repeat(256), "a\0b", "\ud800"]) {
    test(`a start refuses what can't be an id: ${JSON.stringify(workflowId.slice(0, 20))}`, async () => {
      await assert.rejects(temporal().client.start("anything", 1, { workflowId }), InvalidInput);
    });
  }

  test("an unknown type, an input that does not fit, or one that JSON can't carry, is refused before it is sent", async () => {
    const { client } = temporal();

    await assert.rejects(client.start("nope", 1), UnknownWorkflowType);
    await assert.rejects(client.start("echo", { text: 1 }), pointsTo("/input/text"));
    await assert.rejects(client.start(dated, { at: "2026-01-01" }), pointsTo("/input/at"));
    await assert.rejects(client.start(anything, { a: [1, 2n] }), pointsTo("/input/a/1"));
    await assert.rejects(client.start(anything, Number.NaN), pointsTo("/input"));
    await assert.rejects(client.start(anything, new Map()), pointsTo("/input"));
    await assert.rejects(client.start(anything, nested(70)), InvalidInput);
    await assert.rejects(client.start(anything, "x".repeat(1_900_001)), PayloadTooLarge);
    await assert.rejects(client.start(anything, 1, { idempotencyKey: "a b" }), pointsTo("/idempotencyKey"));
    await assert.rejects(client.start(anything, 1, { delay: "99999d" }), pointsTo("/delay"));
  });

  test("an input of another type than the contract's does not compile", async () => {
    // @ts-expect-error `text` is a string
    await assert.rejects(temporal().client.start(echo, { text: 1 }), pointsTo("/input/text"));
  });

  test("an input of the largest size is taken", async () => {
    const { workflowId } = await temporal().client.start(anything, "x".repeat(1_899_990));

    assert.equal((await temporal().client.describe(workflowId)).status, "running");
  });
});

function pointsTo(pointer: string) {
  return (error: unknown) => {
    assert.ok(error instanceof InvalidInput);
    assert.equal(error.issues[0]?.pointer, pointer);
    return true;
  };
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

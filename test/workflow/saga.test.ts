import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import { NativeConnection } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createClient } from "tenuto/client";
import { bundleForTests } from "tenuto/testing";
import { createWorker, type TenutoWorker, type WorkflowBundle } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { eventually } from "../rig/eventually.ts";
import { failureOfRun } from "../rig/orders.ts";
import { replayAll } from "../rig/replay.ts";
import { testServer } from "../rig/stack.ts";
import { effects, nested, parallel, sequence, throwing } from "./fixtures/effects.contract.ts";
import { ignoredStepKeys } from "./fixtures/worker-rig.ts";

const workflows = new URL("./fixtures/workflows.ts", import.meta.url);
const taskQueue = `sagas-${randomUUID()}`;
const app = defineApp({ name: taskQueue, workflows: [sequence, parallel, nested, throwing], activities: [effects] });

describe("sagas, with every task replayed from history (no cache)", () => {
  const namespace = `test-${randomUUID()}`;
  /** What happened outside, by run. */
  const ledger = new Map<string, string[]>();
  const keys = new Map<string, string[]>();
  let client: Client, connection: Connection, native: NativeConnection, worker: TenutoWorker, running: Promise<void>;
  let bundle: WorkflowBundle;

  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    client = new Client({ connection, namespace });
    native = await NativeConnection.connect({ address: testServer() });
    const activities = [implementation(ledger, keys)];
    bundle = await bundleForTests(workflows);
    const sinks = ignoredStepKeys;
    const options = { app, workflows: bundle, activities, connection: native, namespace, sinks };
    worker = await createWorker({ ...options, maxCachedWorkflows: 0 });
    running = worker.run();
  });
  after(async () => {
    worker.shutdown();
    await running;
    await native.close();
    try {
      await replayAll(client, bundle);
    } finally {
      await connection.close();
    }
  });

  const start = (type: string, then: string) => {
    const workflowId = randomUUID();
    return client.workflow.start(type, { taskQueue, workflowId, args: [{ then }] });
  };
  const effectsOf = (run: { workflowId: string }) => ledger.get(run.workflowId) ?? [];

  test("a step is refused: the steps before it are undone newest first, itself not", async () => {
    const run = await start("sequence", "refused");
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "Refused");
    assert.deepEqual(effectsOf(run), ["a", "b", "undo b(done)", "undo a(done)"]);
  });

  test("a step fails undeclared after its retries: it may have had its effect, so it is undone as unknown", async () => {
    const run = await start("sequence", "fails");
    await failureOfRun(run);
    assert.deepEqual(effectsOf(run), ["a", "b", "undo c(unknown)", "undo b(done)", "undo a(done)"]);
  });

  test("a step's answer is lost and its time runs out: retried under the same key, then undone", async () => {
    const run = await start("sequence", "hangs");
    await failureOfRun(run);
    assert.deepEqual(effectsOf(run), ["a", "b", "c", "c", "undo c(unknown)", "undo b(done)", "undo a(done)"]);
    const keysOfC = (keys.get(run.workflowId) ?? []).slice(2, 4);
    assert.equal(keysOfC[0], keysOfC[1]);
  });

  test("an undo gives up: the others go on, the run fails as SagaPartial with what failed first as its cause", async () => {
    const run = await start("sequence", "undo fails");
    const tenuto = await createClient(app, { connection, namespace });
    await eventually("the undo is parked", async () => (await tenuto.describe(run.workflowId)).incidents.length === 1);
    await tenuto.decide(run.workflowId, { action: "fail", reason: "done by hand" });
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "SagaPartial");
    assert.deepEqual(effectsOf(run), ["a", "b", "undo c(unknown)", "undo a(done)"]);
    const [{ undos }] = failure.details as [{ undos: { step: string; type: string }[] }];
    assert.deepEqual(
      undos.map(({ step, type }) => [step, type]),
      [["effects.do", "Broken"]],
    );
    assert.ok(failure.cause);
    const marks = defineSearchAttributeKey("TenutoMarks", SearchAttributeType.KEYWORD_LIST);
    assert.deepEqual((await run.describe()).typedSearchAttributes.get(marks), ["partial"]);
  });

  test("a bug in workflow code decides nothing: nothing is undone, the run stays open", async () => {
    const run = await start("sequence", "bug");
    await eventually("the workflow task fails", async () => {
      const { events } = await run.fetchHistory();
      return (events ?? []).some((event) => event.workflowTaskFailedEventAttributes);
    });
    assert.equal((await run.describe()).status.name, "RUNNING");
    assert.deepEqual(effectsOf(run), ["a", "b", "c"]);
    await run.terminate("the test is over");
  });

  test("one of three parallel steps is refused: the others end first, then what they did is undone", async () => {
    const run = await start("parallel", "refused");
    await failureOfRun(run);
    const happened = effectsOf(run);
    const undone = happened.filter((effect) => effect.startsWith("undo"));
    assert.deepEqual(
      undone.map((effect) => effect.replace(/\(.*/, "")),
      ["undo quick", "undo slow"],
    );
    assert.deepEqual(happened.slice(-2), undone, "no step has its effect after an undo began");
  });

  test("a nested saga completed and the outer one fails: the nested steps are undone in their place", async () => {
    const run = await start("nested", "outer");
    await failureOfRun(run);
    assert.deepEqual(effectsOf(run).slice(3), ["undo inner2(done)", "undo inner1(done)", "undo before(done)"]);
  });

  test("a nested saga fails: each step is undone once", async () => {
    const run = await start("nested", "inner");
    await failureOfRun(run);
    assert.deepEqual(effectsOf(run), ["before", "inner1", "undo inner1(done)", "undo before(done)"]);
  });

  test("canceled while a step runs: the step is told, then everything is undone and the run ends as canceled", async () => {
    const run = await start("sequence", "until canceled");
    await eventually("c has its effect", () => effectsOf(run).includes("c"));
    await run.cancel();
    assert.ok((await failureOfRun(run)) instanceof CancelledFailure);
    assert.deepEqual(effectsOf(run).slice(-3), ["undo c(unknown)", "undo b(done)", "undo a(done)"]);
  });

  test("different steps have different keys, and every undo names the key of its step", async () => {
    const run = await start("sequence", "refused");
    await failureOfRun(run);
    const used = keys.get(run.workflowId) ?? [];
    assert.equal(new Set(used).size, used.length);
  });

  const thrown = [
    { then: "declared", type: "Enough", details: [{ limit: 3 }, { tenuto: "declared" }] },
    { then: "plain", type: "Error", details: [] },
    { then: "own", type: "MyError", details: [] },
    { then: "string", type: "NonError", details: [] },
  ];
  for (const { then, type, details } of thrown) {
    test(`workflow code throws (${then}): the run fails as ${type}`, async () => {
      const failure = await failureOfRun(await start("throwing", then));
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, type);
      assert.deepEqual(failure.details ?? [], details);
      if (then === "plain") assert.equal(failure.cause?.message, "below");
    });
  }
});

function implementation(ledger: Map<string, string[]>, keys: Map<string, string[]>) {
  const write = (line: string, key: string, runId: string) => {
    ledger.set(runId, [...(ledger.get(runId) ?? []), line]);
    keys.set(runId, [...(keys.get(runId) ?? []), key]);
  };
  return implementActivities(effects, {
    async do({ name, then }, { idempotencyKey, signal, workflowId }) {
      if (then === "refused") throw effects.errors.Refused({ reason: name });
      if (then === "fails") throw broken();
      if (then === "slow") await new Promise((resolve) => setTimeout(resolve, 300));
      write(name, idempotencyKey, workflowId);
      if (then === "hangs" || then === "until canceled") await aborted(signal);
      return { did: name };
    },
    async undo({ name, then }, { idempotencyKey, workflowId }) {
      if (then === "fails") throw broken();
      write(`undo ${name}`, idempotencyKey, workflowId);
      return { undid: name };
    },
  });
}

function broken(): Error {
  return Object.assign(new Error("broken"), { name: "Broken" });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("aborted"));
    });
  });
}

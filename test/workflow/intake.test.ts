import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { WithStartWorkflowOperation, type WorkflowHandle, WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure, defaultPayloadConverter } from "@temporalio/common";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { parsedHeader } from "../../src/sdk/client/payloads.ts";
import { type DroppedSignals, droppedSignalsMemo } from "../../src/sdk/core/intake.ts";
import { eventually } from "../rig/eventually.ts";
import { failureOfRun } from "../rig/orders.ts";
import { fanOut, notes, order, part, rounds, steps } from "./fixtures/intake.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

const activities = [implementActivities(notes, { write: async ({ text }) => ({ length: text.length }) })];
const workflows = new URL("./fixtures/intake-workflows.ts", import.meta.url);

describe("what comes into a run without being parsed by its sender", () => {
  const rig = workerRig(workflows);
  const taskQueue = `intake-${randomUUID()}`;
  const app = defineApp({ name: taskQueue, workflows: [order, steps, fanOut, part, rounds], activities: [notes] });
  before(() => rig.startWorker({ app, activities, maxCachedWorkflows: 0 }));

  const start = (input: unknown) =>
    rig.client.workflow.start("order", { taskQueue, workflowId: randomUUID(), args: [input] });

  test("an invalid start fails the run with InvalidInput and pointers; nothing is executed", async () => {
    const run = await start({ item: "mug", count: 0 });
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "InvalidInput");
    assert.deepEqual(failure.details, [
      { issues: [{ pointer: "/input/count", message: "Too small: expected number to be >=1" }] },
    ]);
    const { events } = await run.fetchHistory();
    assert.ok(!events?.some((event) => event.activityTaskScheduledEventAttributes));
  });

  test("a start without any input is refused the same way", async () => {
    const run = await rig.client.workflow.start("order", { taskQueue, workflowId: randomUUID() });
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "InvalidInput");
  });

  test("a valid start gets the parsed input, with defaults and transforms", async () => {
    const run = await start({ item: "  mug " });
    await run.signal("answer", { text: "done" });
    assert.deepEqual(await run.result(), { item: "mug", count: 1, answers: ["done"], address: "none" });
  });

  test("invalid and unknown signals are dropped, counted and told; the run goes on and completes", async () => {
    const run = await start({ item: "mug" });
    await run.signal("answer", { text: "" });
    await run.signal("answer", { text: "first" });
    await run.signal("anwser", { text: "typo" });
    await run.signal("answer");
    await eventually("three signals are dropped", async () => (await droppedBy(run)).count === 3);
    const dropped = await droppedBy(run);
    assert.deepEqual(
      dropped.last.map(({ name, issues }) => [name, issues[0]?.pointer]),
      [
        ["answer", "/input/text"],
        ["anwser", ""],
        ["answer", "/input"],
      ],
    );
    await run.signal("answer", { text: "done" });
    assert.deepEqual((await resultOf(run)).answers, ["first", "done"]);
  });

  test("what is kept of a dropped signal is short, however long what was sent is", async () => {
    const run = await start({ item: "mug" });
    const name = "x".repeat(900);
    for (let sent = 0; sent < 22; sent += 1) await run.signal(name, { text: "y".repeat(100_000) });
    await eventually("all are dropped", async () => (await droppedBy(run)).count === 22);
    const { last } = await droppedBy(run);
    assert.equal(last.length, 20);
    assert.ok(JSON.stringify(last).length < 10_000);
    await run.signal("answer", { text: "done" });
    await run.result();
  });

  test("signals are taken in the order they came, parsed by their sender or not", async () => {
    const run = await start({ item: "mug" });
    for (const text of ["1", "2", "3", "4", "5", "6"]) {
      await (Number(text) % 2 === 0 ? parsedSignal(run, { text }) : run.signal("answer", { text }));
    }
    await run.signal("answer", { text: "done" });
    assert.deepEqual((await resultOf(run)).answers, ["1", "2", "3", "4", "5", "6", "done"]);
  });

  test("signals that came with the start are kept until the start is parsed", async () => {
    const run = await rig.client.workflow.signalWithStart("order", {
      taskQueue,
      workflowId: randomUUID(),
      args: [{ item: "mug" }],
      signal: "answer",
      signalArgs: [{ text: "done" }],
    });
    assert.deepEqual((await resultOf(run)).answers, ["done"]);
  });

  test("an update is parsed: a good one is answered, a bad one fails with InvalidInput, the run goes on", async () => {
    const run = await start({ item: "mug" });
    assert.deepEqual(await run.executeUpdate("changeAddress", { args: [{ to: "Rome" }] }), { was: "none" });
    const refused = await failureOfUpdate(run.executeUpdate("changeAddress", { args: [{ to: "x" }] }));
    assert.equal(refused.type, "InvalidInput");
    const far = await failureOfUpdate(run.executeUpdate("changeAddress", { args: [{ to: "moon" }] }));
    assert.deepEqual([far.type, far.message], ["Error", "too far"]);
    assert.equal(await run.query("status"), "asking");
    await run.signal("answer", { text: "done" });
    assert.equal((await resultOf(run)).address, "Rome");
  });

  test("an update that comes while the start is being parsed waits for it", async () => {
    const startWorkflowOperation = new WithStartWorkflowOperation("order", {
      taskQueue,
      workflowId: randomUUID(),
      args: [{ item: "mug" }],
      workflowIdConflictPolicy: "FAIL",
    });
    const answer = await rig.client.workflow.executeUpdateWithStart("changeAddress", {
      startWorkflowOperation,
      args: [{ to: "Rome" }],
    });
    assert.deepEqual(answer, { was: "none" });
    const run = await startWorkflowOperation.workflowHandle();
    await run.signal("answer", { text: "done" });
    assert.equal((await resultOf(run)).address, "Rome");
  });

  test("children by contract, two at a time: what the compiler checked is not parsed again", async () => {
    const args = [{ parts: ["a", "bb", "ccc", "dddd"] }];
    const run = await rig.client.workflow.start("fanOut", { taskQueue, workflowId: randomUUID(), args });
    assert.deepEqual(await run.result(), [1, 2, 3, 4]);
    const { events } = await run.fetchHistory();
    const ids = (events ?? []).flatMap(
      ({ childWorkflowExecutionStartedEventAttributes: child }) => child?.workflowExecution?.workflowId ?? [],
    );
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) {
      const history = await rig.client.workflow.getHandle(id).fetchHistory();
      assert.ok(!history.events?.some(({ markerRecordedEventAttributes }) => markerRecordedEventAttributes));
    }
  });

  test("a child's declared error arrives as what it is; nothing is begun after it", async () => {
    const args = [{ parts: ["a", "b", "c", "d", "e", "f"], fail: true }];
    const run = await rig.client.workflow.start("fanOut", { taskQueue, workflowId: randomUUID(), args });
    assert.deepEqual(await run.result(), [-1, 1]);
    const { events } = await run.fetchHistory();
    const children = (events ?? []).filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes);
    assert.ok(children.length < 6);
  });

  test("signals that a run has not received go over a continue-as-new, in order", async () => {
    const run = await rig.client.workflow.start("rounds", { taskQueue, workflowId: randomUUID(), args: [{ left: 4 }] });
    for (const say of ["1", "2", "3", "4"]) await run.signal("say", say);
    assert.deepEqual(await run.result(), ["1", "2", "3", "4"]);
  });

  test("dropped signals are told by the runs that continue a run, and counted on", async () => {
    const { workflowId } = await rig.client.workflow.start("rounds", {
      taskQueue,
      workflowId: randomUUID(),
      args: [{ left: 2 }],
    });
    const latest = rig.client.workflow.getHandle(workflowId);
    await latest.signal("say", 1);
    await latest.signal("say", "1");
    await eventually("the run goes on in a new one", async () => {
      const { raw } = await latest.describe();
      const { execution, firstRunId } = raw.workflowExecutionInfo ?? {};
      return execution?.runId !== firstRunId;
    });
    assert.equal((await droppedBy(latest)).count, 1);
    await latest.signal("say", 2);
    await eventually("both are counted", async () => (await droppedBy(latest)).count === 2);
    await latest.signal("say", "2");
    assert.deepEqual(await latest.result(), ["1", "2"]);
  });

  async function parsedSignal(run: { readonly workflowId: string }, payload: unknown): Promise<void> {
    await rig.client.workflowService.signalWorkflowExecution({
      namespace: rig.namespace,
      workflowExecution: { workflowId: run.workflowId },
      signalName: "answer",
      input: { payloads: [defaultPayloadConverter.toPayload(payload)] },
      header: parsedHeader,
      requestId: randomUUID(),
    });
  }
});

/** What the run's memo says about the signals that it did not take. */
async function droppedBy(run: Pick<WorkflowHandle, "describe">): Promise<DroppedSignals> {
  const { memo } = await run.describe();
  return (memo?.[droppedSignalsMemo] as DroppedSignals | undefined) ?? { count: 0, last: [] };
}

async function resultOf(run: { result(): Promise<unknown> }) {
  return order.output.parse(await run.result());
}

async function failureOfUpdate(update: Promise<unknown>): Promise<ApplicationFailure> {
  const error: unknown = await update.then(
    () => assert.fail("the update was answered"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WorkflowUpdateFailedError);
  assert.ok(error.cause instanceof ApplicationFailure);
  return error.cause;
}

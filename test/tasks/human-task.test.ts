import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import type { temporal } from "@temporalio/proto";
import { NotYourTask, TaskAnswered } from "tenuto";
import { type TaskCall, taskUpdate } from "../../src/sdk/core/human-task.ts";
import { taskFacetMark } from "../../src/sdk/core/task-marks.ts";
import { ada, approver, askingRig } from "./fixtures/asking-rig.ts";

describe("answers to runs that are replayed from their first event at every step", { timeout: 300_000 }, () => {
  const rig = askingRig();

  test("an answer is what the workflow goes on with; who gave it is in the history, the memo and no open mark", async () => {
    const workflowId = await rig.start("ask");
    const [taskId] = await rig.opened(workflowId);
    assert.deepEqual((await rig.marks(workflowId)).toSorted(), [
      "task",
      taskFacetMark("role", "approver"),
      taskFacetMark("type", "approveSpend"),
    ]);
    await rig.client.actOnTask(taskId ?? "", { action: "claim", by: ada });
    await rig.complete(taskId, "fine");
    const { status, result } = await rig.ended(workflowId);
    assert.deepEqual([status, result], ["completed", [{ note: "fine" }]]);
    const calls = acceptedCalls(await rig.history(workflowId));
    assert.deepEqual(
      calls.map(({ action, by }) => [action, by.name]),
      [
        ["claim", "ada"],
        ["complete", "ada"],
      ],
    );
    const [record] = await rig.records(workflowId);
    assert.equal(record?.status, "completed");
    assert.deepEqual([record.ended?.by, record.ended?.answer], ["ada", { note: "fine" }]);
    assert.deepEqual(await rig.marks(workflowId), ["task-ended"]);
  });

  test("when a task was put is in the history, and no replay says otherwise", async () => {
    const workflowId = await rig.start("ask");
    const [taskId] = await rig.opened(workflowId);
    const [marker] = (await rig.history(workflowId)).flatMap(({ markerRecordedEventAttributes: kept }) => kept ?? []);
    const [payload] = marker?.details?.["result"]?.payloads ?? [];
    const { at } = JSON.parse(Buffer.from(payload?.data ?? []).toString()) as { readonly at: number };
    const [record] = await rig.records(workflowId);
    assert.equal(record?.openedAt, new Date(at).toISOString());
    await rig.complete(taskId, "fine");
    await rig.ended(workflowId);
  });

  test("a no fails the run as TaskRejected, and what it did before is undone", async () => {
    const workflowId = await rig.start("spend");
    const [taskId] = await rig.opened(workflowId);
    await rig.reject(taskId, "too dear");
    const { status, error } = await rig.ended(workflowId);
    assert.deepEqual([status, error?.type], ["failed", "TaskRejected"]);
    assert.deepEqual(error?.data, { taskId, type: "approveSpend", by: "ada", reason: "too dear" });
    assert.deepEqual(rig.effectsOf(workflowId), ["reserved", "released"]);
  });

  test("of a quorum, the votes that made it are what the workflow goes on with", async () => {
    const workflowId = await rig.start("ask", { task: "approveTogether" });
    const [taskId] = await rig.opened(workflowId);
    await rig.reject(taskId, "no", approver("carol"));
    await rig.complete(taskId, "yes", ada);
    assert.equal((await rig.client.result(workflowId, { waitMs: 0 })).status, "running");
    await rig.complete(taskId, "yes, too", approver("bob"));
    const { result } = await rig.ended(workflowId);
    const [votes] = result as readonly [readonly { by: string; answer: unknown }[]];
    assert.deepEqual(
      votes.map(({ by, answer }) => [by, answer]),
      [
        ["ada", { note: "yes" }],
        ["bob", { note: "yes, too" }],
      ],
    );
  });

  test("a quorum that can't be made any more fails the run, by who was against it last", async () => {
    const workflowId = await rig.start("ask", { task: "approveTogether" });
    const [taskId] = await rig.opened(workflowId);
    await rig.complete(taskId, "yes");
    await rig.reject(taskId, "no", approver("bob"));
    await rig.reject(taskId, "no, no", approver("carol"));
    const { error } = await rig.ended(workflowId);
    assert.deepEqual(error?.data, { taskId, type: "approveTogether", by: "carol", reason: "no, no" });
  });

  test("what is refused leaves no trace in the history", async () => {
    const workflowId = await rig.start("ask", { task: "approveTogether" });
    const [taskId] = await rig.opened(workflowId);
    await rig.complete(taskId, "yes");
    const before = (await rig.history(workflowId)).length;
    await assert.rejects(rig.complete(taskId, "again"), TaskAnswered);
    await assert.rejects(rig.complete(taskId, "x", { ...ada, name: "eve", taskRoles: [] }), NotYourTask);
    const raw = rig.worker.client.workflow.getHandle(workflowId);
    const [record] = await rig.records(workflowId);
    const call: TaskCall = { key: record?.key ?? "", action: "complete", by: ada, answer: { note: "x" } };
    await assert.rejects(raw.executeUpdate(taskUpdate, { args: [call] }), (error: unknown) => {
      assert.ok(error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure);
      assert.equal(error.cause.type, "InvalidInput");
      assert.match(error.cause.message, /Tenuto's API, its page or its command line/);
      return true;
    });
    assert.equal((await rig.history(workflowId)).length, before);
    await rig.complete(taskId, "yes", approver("bob"));
    assert.equal((await rig.ended(workflowId)).status, "completed");
  });

  test("of two that are asked, the first answer counts, and the other is withdrawn", async () => {
    const workflowId = await rig.start("askEither");
    const taskIds = await rig.opened(workflowId, 2);
    const records = await rig.records(workflowId);
    const second = records.find(({ type }) => type === "approveOrFail");
    await rig.complete(
      taskIds.find((taskId) => taskId.startsWith(second?.key ?? "-")),
      "mine",
    );
    assert.deepEqual((await rig.ended(workflowId)).result, { note: "mine" });
    const statuses = (await rig.records(workflowId)).map(({ type, status }) => [type, status]);
    assert.deepEqual(Object.fromEntries(statuses), { approveOrFail: "completed", approveSpend: "canceled" });
  });

  test("twenty at once, each answered by somebody of its own: each has its own answer", async () => {
    const workflowId = await rig.start("ask", { count: 20 });
    await rig.opened(workflowId, 20);
    const records = await rig.records(workflowId);
    const what = records.map(
      ({ key, question }) => [`${key}-${workflowId}`, (question as { what: string }).what] as const,
    );
    for (const some of tens(what)) {
      await Promise.all(some.map(([taskId, thing]) => rig.complete(taskId, thing, approver(`of ${thing}`))));
    }
    const notes = Array.from({ length: 20 }, (_, index) => ({ note: `thing ${index + 1}` }));
    assert.deepEqual((await rig.ended(workflowId)).result, notes);
  });

  test("forty of one run: the workflow gets every answer, the memo keeps the last 20", async () => {
    const workflowId = await rig.start("ask", { count: 40 });
    const taskIds = await rig.opened(workflowId, 40);
    for (const some of tens(taskIds))
      await Promise.all(some.map((taskId) => rig.complete(taskId, taskId.slice(0, 16))));
    const { result } = await rig.ended(workflowId);
    assert.equal(new Set((result as { note: string }[]).map(({ note }) => note)).size, 40);
    const kept = (await rig.records(workflowId)).map(({ ended }) => ended?.answer);
    assert.equal(kept.length, 20);
    assert.ok(kept.every((answer) => JSON.stringify(result).includes(JSON.stringify(answer))));
  });
});

/** By tens: a run takes that many updates at once. */
function tens<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return items.flatMap((_, index) => (index % 10 === 0 ? [items.slice(index, index + 10)] : []));
}

/** What was done, by what the history says. */
function acceptedCalls(events: readonly temporal.api.history.v1.IHistoryEvent[]): readonly TaskCall[] {
  return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => {
    const [payload] = accepted?.acceptedRequest?.input?.args?.payloads ?? [];
    return payload?.data ? [JSON.parse(Buffer.from(payload.data).toString()) as TaskCall] : [];
  });
}

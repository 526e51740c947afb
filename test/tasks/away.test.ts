import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { defaultPayloadConverter } from "@temporalio/common";
import type { Task } from "tenuto/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { type TaskTelling, tellTaskActivityType } from "../../src/sdk/core/human-task.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { approver } from "./fixtures/asking-rig.ts";

const waitMs = 60_000;

describe("tasks whose worker is away when their time comes, on a real server", { timeout: 300_000 }, () => {
  let rig: TestRig;
  let waiting: Task, ending: Task;
  let backAtMs: number;
  before(async () => {
    const module = new URL("./fixtures/soon-worker.ts", import.meta.url);
    rig = await createTestRig({ server: "real", address: testServer(), worker: { module } });
    [waiting, ending] = await Promise.all([put("approveInTime"), put("approveOrFail")]);
    await rig.killWorker();
    const lastMs = Math.max(...[waiting, ending].map(({ openedAt }) => Date.parse(openedAt))) + 28_000;
    await sleep(lastMs + 500 - Date.now());
    backAtMs = Date.now();
    await rig.startWorker();
  });
  after(() => rig.close());

  test("one that still waits is late and escalated at once, each is told once, and nobody is reminded", async () => {
    const late = await eventually("it is escalated", async () => {
      const task = await rig.client.task(waiting.taskId);
      return task.escalatedAt !== undefined && task;
    });
    assert.ok(Date.parse(late.escalatedAt ?? "") >= backAtMs);
    assert.deepEqual([late.overdue, late.roles], [true, ["approver", "lead"]]);
    const by = { ...approver("lea"), taskRoles: ["lead"] };
    await rig.client.actOnTask(late.taskId, { action: "complete", answer: { note: "late" }, by });
    assert.deepEqual((await rig.client.result(late.workflowId, { waitMs })).result, [{ note: "late" }]);
    assert.deepEqual(await toldOf(late.workflowId), ["opened", "due", "escalated", "ended"]);
  });

  test("one whose time is over ends as its default says, and nothing but its end is told", async () => {
    const { workflowId, taskId } = ending;
    assert.deepEqual((await rig.client.result(workflowId, { waitMs })).result, [{ note: "by default" }]);
    const { ended, escalatedAt } = await rig.client.task(taskId);
    assert.deepEqual([ended?.status, ended?.isDefault, escalatedAt], ["completed", true, undefined]);
    assert.ok(Date.parse(ended?.at ?? "") >= backAtMs);
    assert.deepEqual(await toldOf(workflowId), ["opened", "ended"]);
  });

  async function put(task: string): Promise<Task> {
    const workflowId = randomUUID();
    await rig.client.start("ask", { task }, { workflowId });
    return eventually("people were told of the task", async () => {
      const { tasks } = await rig.client.describe(workflowId);
      return (await toldOf(workflowId)).length === 1 && tasks[0];
    });
  }

  /** By the activities in the history that ended well. */
  async function toldOf(workflowId: string): Promise<readonly string[]> {
    const { events } = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
    const done = (events ?? []).map((event) => String(event.activityTaskCompletedEventAttributes?.scheduledEventId));
    return (events ?? []).flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) => {
      const [payload] = scheduled?.input?.payloads ?? [];
      if (!payload || scheduled?.activityType?.name !== tellTaskActivityType) return [];
      return done.includes(String(eventId)) ? [defaultPayloadConverter.fromPayload<TaskTelling>(payload).kind] : [];
    });
  }
});

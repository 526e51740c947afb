import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { defaultPayloadConverter } from "@temporalio/common";
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { temporal } from "@temporalio/proto";
import type { Duration } from "tenuto";
import { createTestRig, type TestRig } from "tenuto/testing";
import {
  taskIdOf,
  taskMemoPrefix,
  type TaskNewsKind,
  type TaskRecord,
  type TaskTelling,
  tellTaskActivityType,
} from "../../src/sdk/core/human-task.ts";
import { hashJson } from "../../src/sdk/core/idempotency-key.ts";
import { eventually } from "../rig/eventually.ts";
import { ada } from "./fixtures/asking-rig.ts";

type Event = temporal.api.history.v1.IHistoryEvent;
/** What happens while a task waits: time goes by, perhaps without a worker, or its worker is killed and comes back. */
type Step = Duration | "a kill" | { readonly awayFor: Duration };
/** In minutes after the task was put. */
type Told = readonly (readonly [TaskNewsKind, number])[];

const module = new URL("./fixtures/time-worker.ts", import.meta.url);
const minute = 60_000;
/** By its definition: reminded after 30 minutes, due after 60, escalated after 120, its default after a day. */
const onTime: Told = [
  ["opened", 0],
  ["reminder", 30],
  ["due", 60],
  ["escalated", 120],
  ["ended", 1_440],
];

describe("what time does to a task, by the server's clock, while workers are killed", { timeout: 600_000 }, () => {
  let rig: TestRig;
  before(async () => {
    rig = await createTestRig({ worker: { module } });
  });
  after(() => rig.close());

  const cases: Readonly<Record<string, readonly Step[]>> = {
    "nobody is killed": ["29m", "2m", "30m", "60m", "1d"],
    "killed before the reminder": ["20m", "a kill", "1d", "1h"],
    "killed after each of them": ["31m", "a kill", "30m", "a kill", "60m", "a kill", "1d"],
    "away when people are to be reminded": ["5m", { awayFor: "31m" }, "1d"],
    "away when it is due": ["45m", { awayFor: "30m" }, "1d"],
    "away when it escalates, and when it ends": ["75m", { awayFor: "2h" }, { awayFor: "1d" }],
  };
  for (const [what, steps] of Object.entries(cases)) {
    test(`${what}: each is told once, on time`, async () => {
      const { workflowId, key } = await put("approveInTime");
      for (const step of steps) await go(workflowId, step);
      const { status, result } = await rig.client.result(workflowId, { waitMs: 60_000 });
      assert.deepEqual([status, result], ["completed", [{ note: "by default" }]]);

      const [begun, record, events] = [
        await begunAt(workflowId),
        await recordOf(workflowId, key),
        await eventsOf(workflowId),
      ];
      assert.deepEqual(toldIn(events, begun), onTime);
      // Without that of the opening.
      const fired = events.filter(isTimerFired).slice(1);
      assert.deepEqual(
        fired.map(({ eventTime }) => minutesAfter(begun, msOf(eventTime))),
        [30, 60, 120, 1_440],
      );
      const times = [record.escalatedAt, record.ended?.at].map((at = "") => minutesAfter(begun, Date.parse(at)));
      assert.deepEqual(times, [120, 1_440]);
      assert.deepEqual([record.ended?.isDefault, record.ended?.by], [true, undefined]);
      await assertDelivered(workflowId, key, onTime.length);
    });
  }

  test("killed when an answer was taken, and when the next was: each counts once, and time does nothing to what is over", async () => {
    const { workflowId } = await put("approveInTime", 2);
    // A memo has no order, and the two were put at the same instant.
    const asked = (await tasksOf(workflowId)).toSorted((a, b) => whatOf(a).localeCompare(whatOf(b)));
    const [first, second] = asked.map(({ key }) => taskIdOf(key, workflowId));
    await go(workflowId, "45m");
    await answer(first, "first");
    await go(workflowId, "a kill");
    await go(workflowId, "2h");
    await answer(second, "second");
    await go(workflowId, "a kill");
    const { result } = await rig.client.result(workflowId, { waitMs: 60_000 });
    assert.deepEqual(result, [{ note: "first" }, { note: "second" }]);

    const [begun, events] = [await begunAt(workflowId), await eventsOf(workflowId)];
    assert.deepEqual(toldIn(events, begun).toSorted(byTime), [
      ["opened", 0],
      ["opened", 0],
      ["reminder", 30],
      ["reminder", 30],
      ["due", 60],
      ["escalated", 120],
      ["ended", 165],
    ]);
    const taken = events.filter(({ workflowExecutionUpdateCompletedEventAttributes: done }) => done);
    assert.equal(taken.length, 2);
  });

  test("a task without a default that nobody answers fails its run as TaskTimedOut, on time, though its worker was killed", async () => {
    const { workflowId, key } = await put("approveOrFail");
    await go(workflowId, "1h");
    await go(workflowId, "a kill");
    const { status, error } = await rig.client.result(workflowId, { waitMs: 60_000 });
    assert.deepEqual([status, error?.type], ["failed", "TaskTimedOut"]);
    assert.deepEqual(error?.data, { taskId: taskIdOf(key, workflowId), type: "approveOrFail" });
    const record = await recordOf(workflowId, key);
    assert.equal(record.status, "timedOut");
    assert.equal(minutesAfter(await begunAt(workflowId), Date.parse(record.ended?.at ?? "")), 120);
  });

  async function put(task: string, count = 1): Promise<{ readonly workflowId: string; readonly key: string }> {
    const workflowId = randomUUID();
    await rig.client.start("ask", { task, count }, { workflowId });
    const [record] = await eventually("the tasks are open", async () => {
      const records = await tasksOf(workflowId);
      return records.length === count && records;
    });
    return { workflowId, key: record?.key ?? "" };
  }

  async function go(workflowId: string, step: Step): Promise<void> {
    if (typeof step === "string" && step !== "a kill") return rig.advance(step);
    await rig.killWorker();
    const passed = typeof step === "object" ? whileTimePasses(workflowId, step.awayFor) : undefined;
    await passed?.untilFired;
    await rig.startWorker();
    await passed?.done;
  }

  /** The server's clock stands still while what a timer has begun waits for a worker. */
  function whileTimePasses(workflowId: string, duration: Duration) {
    const countFired = async () => (await eventsOf(workflowId)).filter(isTimerFired).length;
    const before = countFired();
    const done = before.then(() => rig.advance(duration));
    const untilFired = eventually("a timer has fired", async () => (await countFired()) > (await before));
    return { done, untilFired };
  }

  const answer = (taskId: string | undefined, note: string) =>
    rig.client.actOnTask(taskId ?? "", { action: "complete", answer: { note }, by: ada });

  const eventsOf = async (workflowId: string) =>
    (await rig.temporal.workflow.getHandle(workflowId).fetchHistory()).events ?? [];

  const begunAt = async (workflowId: string) => msOf((await eventsOf(workflowId))[0]?.eventTime);

  async function tasksOf(workflowId: string): Promise<readonly TaskRecord[]> {
    const { memo = {} } = await rig.temporal.workflow.getHandle(workflowId).describe();
    return Object.entries(memo).flatMap(([field, record]) =>
      field.startsWith(taskMemoPrefix) ? [record as TaskRecord] : [],
    );
  }

  async function recordOf(workflowId: string, key: string): Promise<TaskRecord> {
    const record = (await tasksOf(workflowId)).find((each) => each.key === key);
    assert.ok(record);
    return record;
  }

  /** Each message was begun as a workflow of its own, and there is none after the last. */
  async function assertDelivered(workflowId: string, key: string, count: number): Promise<void> {
    const { runId } = await rig.temporal.workflow.getHandle(workflowId).describe();
    const statusOf = async (ordinal: number) => {
      const id = `tenuto-task-${key}-${hashJson([runId, ordinal]).slice(0, 8)}-log`;
      const description = await rig.temporal.workflow.getHandle(id).describe();
      return description.status.name;
    };
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      await eventually(`message ${ordinal} is delivered`, async () => (await statusOf(ordinal)) === "COMPLETED");
    }
    await assert.rejects(statusOf(count), { name: "WorkflowNotFoundError" });
  }
});

/** What was told, by the activities in the history that ended well, each with its attempt's start. */
function toldIn(events: readonly Event[], begunMs: number): Told {
  const completed = new Set(
    events.map(({ activityTaskCompletedEventAttributes: done }) => String(done?.scheduledEventId)),
  );
  return events.flatMap(({ eventId, eventTime, activityTaskScheduledEventAttributes: scheduled }) => {
    if (scheduled?.activityType?.name !== tellTaskActivityType || !completed.has(String(eventId))) return [];
    const [payload] = scheduled.input?.payloads ?? [];
    assert.ok(payload);
    const { kind } = defaultPayloadConverter.fromPayload<TaskTelling>(payload);
    return [[kind, minutesAfter(begunMs, msOf(eventTime))] as const];
  });
}

function isTimerFired({ timerFiredEventAttributes: fired }: Event): boolean {
  return Boolean(fired);
}

/** Whole minutes; a workflow task takes less than one. */
function minutesAfter(begunMs: number, ms: number): number {
  return Math.floor((ms - begunMs) / minute);
}

function msOf(time: Event["eventTime"]): number {
  return tsToMs(time);
}

function byTime([a, minutes]: Told[number], [b, others]: Told[number]): number {
  return minutes - others || a.localeCompare(b);
}

function whatOf({ question }: TaskRecord): string {
  return (question as { readonly what: string }).what;
}

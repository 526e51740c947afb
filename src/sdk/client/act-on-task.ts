/**
 * What people do about a task: an update of its run, so that who did what, and when, is in its history; what the run refuses
 * leaves no trace there. The same call may be sent again and again under its id: the run takes it once.
 */
import { randomUUID } from "node:crypto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { TaskClosed } from "../core/errors/task-closed.ts";
import {
  longestAnswer,
  type TaskAction,
  type TaskActor,
  type TaskAudience,
  type TaskCall,
  type TaskRecord,
} from "../core/human-task.ts";
import { findTask, type FoundTask } from "./find-task.ts";
import { parseInput } from "./parse-input.ts";
import { decode } from "./payloads.ts";
import { sha256 } from "./run-ids.ts";
import { runStatusOf } from "./run-status.ts";
import { timeOf } from "./run-summary.ts";
import type { Reach } from "./run-target.ts";
import { earlierOutcome, sendTaskCall } from "./send-task-call.ts";
import { type Task, taskOf, taskViewOf } from "./task.ts";
import { closedAs, refusedAs } from "./task-refused.ts";

/** What somebody does about a task. */
export interface TaskRequest {
  readonly action: TaskAction;
  /** @default the client's `identity`, an operator with every task role */
  readonly by?: TaskActor | undefined;
  /** Of `complete`. */
  readonly answer?: unknown;
  /** Of `reject`, `escalate` and `reassign`: why; of `comment`: what is said. At most 2,000 characters. */
  readonly text?: string | undefined;
  /** Of `reassign`: who may answer from now on, and nobody else. */
  readonly to?: Partial<TaskAudience> | undefined;
  /** One that is sent again under its id is the same one. @default a new one */
  readonly updateId?: string | undefined;
  /** The same call under the same key is done once. */
  readonly idempotencyKey?: string | undefined;
}

/** @throws what {@link TenutoClient.task} throws. */
export async function showTask({ temporal, app }: Reach, taskId: string): Promise<Task> {
  const { record, info } = await findTask(temporal, taskId);
  return taskOf(record, info, taskViewOf({ temporal, app }));
}

/** @throws what {@link TenutoClient.actOnTask} throws. */
export async function actOnTask(reach: Reach, taskId: string, options: TaskRequest): Promise<Task> {
  const { temporal } = reach;
  const found = await findTask(temporal, taskId);
  const call = await callOf(reach, found, options);
  const updateId = updateIdOf(call, options);
  const { info } = found;
  const isRunning = runStatusOf(info?.status) === "running";
  const outcome = await (isRunning
    ? sendTaskCall(reach, found, { call, updateId })
    : earlierOutcome(temporal, found, updateId));
  const view = taskViewOf(reach);
  if (outcome?.success) {
    const answered = decode(outcome.success.payloads?.[0]) as Omit<TaskRecord, "question">;
    return taskOf({ ...answered, question: found.record.question }, info, view);
  }
  const error = outcome?.failure
    ? refusedAs(outcome.failure, { ...found, call, ...view })
    : closedAs(await findTask(temporal, taskId), view);
  if (options.idempotencyKey === undefined || !(error instanceof TaskClosed)) throw error;
  const later = await findTask(temporal, taskId);
  if (!wasTakenBefore(later, call)) throw error;
  return taskOf(later.record, later.info, view);
}

/** Whether the call is what ended the task, in a run that has gone on as this one: this one knows of its own updates only. */
function wasTakenBefore({ record, info }: FoundTask, { action, by, answer, text }: TaskCall): boolean {
  const { ended } = record;
  const startedAt = timeOf(info?.startTime);
  if (ended?.by !== by.name || startedAt === undefined || Date.parse(startedAt) < Date.parse(ended.at)) return false;
  if (action === "reject") return ended.status === "rejected" && ended.reason === text;
  const isSame = record.votes
    ? record.votes.some((vote) => vote.by === by.name && isSameJson(vote.answer, answer))
    : isSameJson(ended.answer, answer);
  return action === "complete" && ended.status === "completed" && isSame;
}

function isSameJson(a: unknown, b: unknown): boolean {
  return sha256(a ?? null) === sha256(b ?? null);
}

/** The same call under the same key is the same update; another answer under it is another one, which comes too late. */
function updateIdOf(call: TaskCall, { updateId, idempotencyKey }: TaskRequest): string {
  if (updateId !== undefined) return updateId;
  return idempotencyKey === undefined ? randomUUID() : sha256([call, idempotencyKey]).slice(0, 32);
}

async function callOf({ temporal, app }: Reach, { key, record }: FoundTask, options: TaskRequest): Promise<TaskCall> {
  const { action, text, to, by = { name: temporal.identity, isOperator: true, taskRoles: "every" } } = options;
  return {
    key,
    action,
    by,
    ...(text !== undefined && { text }),
    ...(to && { to: { roles: to.roles ?? [], assignees: to.assignees ?? [] } }),
    ...(action === "complete" && { answer: await parsedAnswer(app, record.type, options.answer) }),
  };
}

/** By the app's definition of today, whose schema the task was shown with. */
async function parsedAnswer(app: Reach["app"], type: string, answer: unknown): Promise<unknown> {
  const task = app.tasks?.find(({ name }) => name === type);
  const what = `The answer of task "${type}"`;
  if (!task) {
    const message = `There is no human task "${type}" in app "${app.name}" any more: deploy it again, or reject the task`;
    throw new InvalidInput(what, [{ pointer: "/answer", message }]);
  }
  const parsed = await parseInput(task.answer, answer, { what, redact: task.redact, side: "/answer" });
  if ((JSON.stringify(parsed) ?? "").length <= longestAnswer) return parsed;
  throw new InvalidInput(what, [{ pointer: "/answer", message: `Takes at most ${longestAnswer} characters of JSON` }]);
}

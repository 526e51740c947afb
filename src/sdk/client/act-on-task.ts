/**
 * What people do about a task: an update of its run, so that who did what, and when, is in its history; what the run refuses
 * leaves no trace there. The same call may be sent again and again under its id: the run takes it once.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { temporal as api } from "@temporalio/proto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TaskClosed } from "../core/errors/task-closed.ts";
import { TaskNotFound } from "../core/errors/task-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import {
  longestAnswer,
  partsOfTaskId,
  type TaskAction,
  type TaskActor,
  type TaskAudience,
  type TaskCall,
  type TaskRecord,
  taskUpdate,
} from "../core/human-task.ts";
import { describeRaw, type RawDescription } from "./describe-run.ts";
import { parseInput } from "./parse-input.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { sha256 } from "./run-ids.ts";
import { runStatusOf } from "./run-status.ts";
import { type Reach, silenceOf } from "./run-target.ts";
import { timeOf } from "./run-summary.ts";
import { type Task, taskOf, taskRecordsIn, taskViewOf } from "./task.ts";
import { closedAs, refusedAs } from "./task-refused.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";
import { pollUpdate, stages } from "./update-run.ts";

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

/** A task, and the run that has it. */
interface FoundTask {
  readonly taskId: string;
  readonly key: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly record: TaskRecord;
  readonly description: RawDescription;
}

/** @throws what {@link TenutoClient.task} throws. */
export async function showTask({ temporal, app }: Reach, taskId: string): Promise<Task> {
  const { record, description } = await findTask(temporal, taskId);
  return taskOf(record, description.workflowExecutionInfo, taskViewOf(app));
}

/** @throws what {@link TenutoClient.actOnTask} throws. */
export async function actOnTask(reach: Reach, taskId: string, options: TaskRequest): Promise<Task> {
  const { temporal } = reach;
  const found = await findTask(temporal, taskId);
  const call = await callOf(reach, found, options);
  const updateId = updateIdOf(call, options);
  const { workflowExecutionInfo: info } = found.description;
  const isRunning = runStatusOf(info?.status) === "running";
  const outcome = isRunning ? await sent(reach, found, { call, updateId }) : await earlier(temporal, found, updateId);
  const view = taskViewOf(reach.app);
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
  return taskOf(later.record, later.description.workflowExecutionInfo, view);
}

/** Whether the call is what ended the task, in a run that has gone on as this one: this one knows of its own updates only. */
function wasTakenBefore({ record, description }: FoundTask, { action, by, answer, text }: TaskCall): boolean {
  const { ended } = record;
  const startedAt = timeOf(description.workflowExecutionInfo?.startTime);
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

async function findTask(temporal: Temporal, taskId: string): Promise<FoundTask> {
  const parts = partsOfTaskId(taskId);
  if (!parts) throw new TaskNotFound(taskId);
  const { key, workflowId } = parts;
  const description = await describeRaw(temporal, { workflowId }).catch((error: unknown) => {
    throw error instanceof RunNotFound ? new TaskNotFound(taskId) : error;
  });
  const info = description.workflowExecutionInfo;
  const record = taskRecordsIn(info).find((each) => each.key === key);
  if (!record) throw new TaskNotFound(taskId);
  return { taskId, key, workflowId, runId: info?.execution?.runId ?? "", record, description };
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

type Outcome = api.api.update.v1.IOutcome;

interface Sending {
  readonly call: TaskCall;
  readonly updateId: string;
}

/** Callers hear within five seconds. */
const answerWithinMs = 4_800;
const firstWaitMs = 50;
const longestWaitMs = 400;

/**
 * The outcome of a call; `undefined` when the run ended without taking it. A run takes ten updates at once, and the server
 * turns others away: they are sent again.
 */
async function sent(reach: Reach, found: FoundTask, { call, updateId }: Sending): Promise<Outcome | undefined> {
  const { temporal } = reach;
  const { workflowId } = found;
  const run = { workflowId };
  const payload = encodeWithinLimit(call, "What is done about the task");
  const update = updateRequest(temporal, { run, name: taskUpdate, payload, updateId, isParsed: true });
  const deadline = temporal.deadline(answerWithinMs);
  for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
    try {
      const answer = await temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline });
      if (answer.outcome) return answer.outcome;
    } catch (error) {
      if (error instanceof RunClosed || error instanceof RunNotFound) return await earlier(temporal, found, updateId);
      if (error instanceof TemporalUnavailable && Date.now() >= deadline - longestWaitMs)
        throw await unanswered(reach, found);
      const isPassing = error instanceof RateLimited || error instanceof TemporalUnavailable;
      if (!isPassing || Date.now() + wait >= deadline) throw error;
    }
    await sleep(wait * (0.5 + Math.random()));
  }
}

/** What came of it before the run ended: its answer may have been lost. */
async function earlier(temporal: Temporal, found: FoundTask, updateId: string): Promise<Outcome | undefined> {
  const { workflowId, runId } = found;
  try {
    const deadline = temporal.deadline();
    const polled = await pollUpdate(temporal, { workflowId, runId, updateId }, { stage: stages.now, deadline });
    return polled.outcome ?? undefined;
  } catch (error) {
    if (error instanceof UpdateNotFound) return undefined;
    throw error;
  }
}

async function unanswered({ temporal }: Reach, { workflowId, runId, description }: FoundTask): Promise<Error> {
  const { type, taskQueue } = description.workflowExecutionInfo ?? {};
  const run = { workflowId, runId, type: type?.name ?? "", taskQueue: taskQueue ?? "" };
  const target = { ...run, isRunning: true, contract: undefined };
  return silenceOf(temporal, { what: "what is done about the task", target });
}

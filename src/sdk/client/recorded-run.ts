// What the history of a run says of its failure. Only what is recorded counts: no contract of today is asked.
import type { Payload } from "@temporalio/common";
import type { temporal as api } from "@temporalio/proto";
import { decode } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import { timeOf } from "./run-summary.ts";
import { deliveryActivityTypes } from "../core/alert-delivery.ts";
import type { FailedStepAttempt, OpenEffect } from "../core/dead-letter.ts";
import { idempotencyKeyHeader, isMarkedDeclared, undoableHeader, undoesHeader } from "../core/step-failure.ts";

type Event = api.api.history.v1.IHistoryEvent;
type Failure = api.api.failure.v1.IFailure;

/** An activity as a history has it. */
export interface RecordedActivity {
  /** Ids of its events: when it was scheduled, when its last attempt began, and when it ended. */
  readonly scheduledId: number;
  startedId?: number;
  endedId?: number;
  readonly activityId: string;
  /** Whether a saga can undo it. */
  readonly isUndoable: boolean;
  readonly type: string;
  readonly key: string | undefined;
  readonly isUndo: boolean;
  /** Of an undo, the key of the step. */
  readonly undoes: string | undefined;
  state: "scheduled" | "started" | "done" | "refused" | "failed" | "canceled";
  attempts: FailedStepAttempt[];
  identity?: string;
}

/** What is needed of a history. */
export interface RecordedRun {
  readonly originalRunId: string;
  readonly input: Payload | undefined;
  readonly parent: { readonly workflowId: string; readonly runId: string } | undefined;
  readonly activities: readonly RecordedActivity[];
  /** The events that end a workflow task, where a reset can go back to. */
  readonly tasks: readonly number[];
  /** The last workflow task that failed. */
  readonly failedTask: { readonly at: string; readonly failure: Failure } | undefined;
  readonly identity: string | undefined;
  readonly buildId: string | undefined;
  readonly last: Event;
}

/** Reads what a history tells of a failure. */
export function recordedRun(events: readonly Event[]): RecordedRun {
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const parent = started?.parentWorkflowExecution;
  const scheduled = new Map<string, RecordedActivity>();
  const tasks: number[] = [];
  let failedTask: RecordedRun["failedTask"];
  let identity: string | undefined;
  let buildId: string | undefined;
  for (const event of events) {
    const completed = event.workflowTaskCompletedEventAttributes;
    const failed = event.workflowTaskFailedEventAttributes;
    if (completed || failed) identity = (completed ?? failed)?.identity ?? identity;
    if (completed) tasks.push(Number(event.eventId));
    if (completed) buildId = completed.deploymentVersion?.buildId || completed.workerVersion?.buildId || buildId;
    if (failed?.failure) failedTask = { at: timeOf(event.eventTime) ?? "", failure: failed.failure };
    follow(scheduled, event);
  }
  return {
    originalRunId: started?.originalExecutionRunId ?? "",
    input: started?.input?.payloads?.[0],
    parent: parent ? { workflowId: parent.workflowId ?? "", runId: parent.runId ?? "" } : undefined,
    activities: [...scheduled.values()].filter(({ type }) => !type.startsWith("tenuto.") || isSending(type)),
    tasks,
    failedTask,
    identity,
    buildId,
    last: events.at(-1) ?? {},
  };
}

/** Of the activities that Tenuto itself adds, the only one that is what its run is for. */
function isSending(type: string): boolean {
  return type === deliveryActivityTypes.send;
}

function follow(scheduled: Map<string, RecordedActivity>, event: Event): void {
  const begun = event.activityTaskScheduledEventAttributes;
  if (begun) {
    const fields = begun.header?.fields ?? {};
    scheduled.set(String(event.eventId), {
      scheduledId: Number(event.eventId),
      activityId: begun.activityId ?? "",
      isUndoable: fields[undoableHeader] !== undefined,
      type: begun.activityType?.name ?? "",
      key: textOf(fields[idempotencyKeyHeader]),
      isUndo: fields[undoesHeader] !== undefined,
      undoes: textOf(fields[undoesHeader]),
      state: "scheduled",
      attempts: [],
    });
  }
  const started = event.activityTaskStartedEventAttributes;
  if (started) {
    const activity = scheduled.get(String(started.scheduledEventId));
    if (activity) begin(activity, event, started);
  }
  end(scheduled, event);
}

/** A history has the last attempt only, and why the one before it failed. */
function begin(
  activity: RecordedActivity,
  event: Event,
  { attempt, lastFailure, identity }: api.api.history.v1.IActivityTaskStartedEventAttributes,
): void {
  const number = attempt ?? 1;
  const startedAt = timeOf(event.eventTime);
  activity.state = "started";
  activity.startedId = Number(event.eventId);
  if (identity) activity.identity = identity;
  activity.attempts = [
    ...(lastFailure ? [{ attempt: number - 1, error: briefly(lastFailure) }] : []),
    { attempt: number, ...(startedAt !== undefined && { startedAt }) },
  ];
}

function end(scheduled: ReadonlyMap<string, RecordedActivity>, event: Event): void {
  const completed = event.activityTaskCompletedEventAttributes;
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  const canceled = event.activityTaskCanceledEventAttributes;
  const ended = completed ?? failed ?? canceled;
  const activity = ended && scheduled.get(String(ended.scheduledEventId));
  if (!activity) return;
  const failure = failed?.failure ?? undefined;
  activity.endedId = Number(event.eventId);
  activity.state = completed ? "done" : canceled ? "canceled" : isRefusal(failure) ? "refused" : "failed";
  const closedAt = timeOf(event.eventTime);
  const last = activity.attempts.pop() ?? { attempt: 1 };
  activity.attempts.push({
    ...last,
    ...(closedAt !== undefined && { closedAt }),
    ...(failure && { error: briefly(failure) }),
  });
}

/** Whether a failure is an answer that its contract declares: then the step had no effect. */
export function isRefusal(failure: Failure | undefined): boolean {
  const inside = withoutEnvelopes(failure);
  return isMarkedDeclared((inside?.applicationFailureInfo?.details?.payloads ?? []).map(decode));
}

function withoutEnvelopes(failure: Failure | undefined): Failure | undefined {
  const isEnvelope = failure?.activityFailureInfo ?? failure?.childWorkflowExecutionFailureInfo;
  return isEnvelope && failure?.cause ? withoutEnvelopes(failure.cause) : failure;
}

/** Why an effect is open of which no undo was given up. */
const notUndone = { type: "NotUndone", message: "Nothing has undone it" };

/**
 * The effects that are still there, or may be: of steps that were done, were under way (a history has no attempt before it
 * has ended) or whose outcome nobody knows, and that no undo has taken back. `isOver` says that the run's own sagas came to their end, and so have tried all undos they had.
 */
export function openEffectsOf({ activities }: RecordedRun, { isOver }: { readonly isOver: boolean }): OpenEffect[] {
  const undone = new Set(
    activities.filter(({ isUndo, state }) => isUndo && (isOver || state === "done")).map(({ undoes }) => undoes),
  );
  const open = new Map<string, OpenEffect>();
  for (const { type: step, key, isUndo, state } of activities) {
    if (isUndo || state === "refused" || (key !== undefined && undone.has(key))) continue;
    const givenUp = activities.find(
      (each) => each.isUndo && key !== undefined && each.undoes === key && hasFailed(each),
    );
    const error = givenUp?.attempts.at(-1)?.error ?? notUndone;
    open.set(key ?? `${step} ${open.size}`, { step, ...(key !== undefined && { key }), error });
  }
  return [...open.values()];
}

function hasFailed({ state }: RecordedActivity): boolean {
  return state === "failed" || state === "refused";
}

function briefly(failure: Failure): { readonly type: string; readonly message: string } {
  const { type, message } = runErrorOf(failure);
  return { type, message: cut(message) };
}

/** Messages of failures may be long, and a memo must not be. */
export function cut(message: string, longest = longestMessage): string {
  return message.length > longest ? `${message.slice(0, longest)}…` : message;
}

const longestMessage = 2_000;

/** What was encoded otherwise than ours stays hidden. */
function textOf(payload: Payload | null | undefined): string | undefined {
  const value = decode(payload);
  return typeof value === "string" ? value : undefined;
}

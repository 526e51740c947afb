// What the history of a run tells about making it go again: its effects, and where a reset must go back to.
import type { BriefError, OpenEffect } from "../core/dead-letter.ts";
import type { RepeatedStep } from "../core/redrive.ts";
import { idempotencyKeyHeader, isMarkedDeclared, undoableHeader, undoesHeader } from "../core/step-failure.ts";
import type { RecordedEvent, RecordedFailure } from "./recorded-event.ts";
import { withValues } from "./recorded-values.ts";

/** Of an event, what a reset needs besides. */
interface Event extends RecordedEvent {
  readonly workflowTaskCompletedEventAttributes?: object;
}

/** How an activity ended. */
interface End {
  readonly eventId: number;
  /** When its last attempt began; its own id where none did. */
  readonly startedId: number;
  readonly kind: "done" | "failed" | "canceled";
  readonly isDeclared: boolean;
  readonly error?: BriefError;
}

/** An activity that a run has scheduled. */
interface Call {
  readonly scheduledId: number;
  readonly activityId: string;
  readonly step: string;
  readonly key: string | undefined;
  /** Of an undo, the key of the step that it undoes; `null` where that has none. */
  readonly undoes?: string | null;
  /** Whether a saga can undo it. */
  readonly isUndoable: boolean;
  end?: End;
}

/** What a history says. */
export interface RunFacts {
  readonly calls: readonly Call[];
  /** The events that end a workflow task, where a reset can go back to. */
  readonly tasks: readonly number[];
  readonly undone: boolean;
  /** Whether a step is there that a saga can undo, and did not; the saga may have completed since. */
  readonly hasUndoable: boolean;
  /** Effects that are there, or may be, and were not undone. */
  readonly openEffects: readonly OpenEffect[];
  readonly stepsDone: number;
  /** Of a run that failed because of an activity or a child: the event before which a reset must go. */
  readonly failedFrom: number | undefined;
}

/** Reads a history as {@link fetchHistory} gives it. */
export function runFacts(history: readonly object[]): RunFacts {
  const events = history as readonly Event[];
  const calls = callsIn(events);
  const steps = calls.filter(({ undoes }) => undoes === undefined);
  const openEffects = openEffectsOf(calls);
  const openKeys = new Set(openEffects.map(({ key }) => key));
  return {
    calls,
    tasks: events.flatMap(({ eventId, workflowTaskCompletedEventAttributes: task }) => (task ? [Number(eventId)] : [])),
    undone: steps.length < calls.length,
    hasUndoable: steps.some(({ isUndoable, key }) => isUndoable && openKeys.has(key)),
    openEffects,
    stepsDone: steps.filter(({ end }) => end?.kind === "done").length,
    failedFrom: failedFrom(events, calls),
  };
}

/** The event that a reset goes back to, so that a failed step goes again and all that had ended before it is kept. */
export function continuePoint({ tasks, failedFrom: before = Infinity }: RunFacts): number | undefined {
  return tasks.findLast((task) => task < before);
}

/** Where a run had not given up its undos yet; without any that were, its last workflow task. */
export function compensatePoint(facts: RunFacts): number | undefined {
  const before = Math.min(...givenUpUndos(facts).map(({ end, scheduledId }) => end?.startedId ?? scheduledId));
  return facts.tasks.findLast((task) => task < before);
}

/** The undos that failed for good: the last one of each step. */
export function givenUpUndos({ calls }: RunFacts): readonly Call[] {
  const last = new Map<string, Call>();
  for (const call of calls)
    if (call.undoes !== undefined) last.set(call.undoes ?? `${call.step} ${call.key ?? ""}`, call);
  return [...last.values()].filter(({ end }) => end?.kind === "failed");
}

/** What goes again after a reset to that event, under its old key. */
export function repeatedAfter({ calls }: RunFacts, eventId: number): readonly RepeatedStep[] {
  return calls
    .filter(({ end }) => end === undefined || end.eventId > eventId)
    .map(({ step, key, end }) => ({ step, ...(key !== undefined && { key }), ended: end?.kind === "done" }));
}

function callsIn(events: readonly Event[]): readonly Call[] {
  const calls = new Map<string, Call>();
  const attempts = new Map<string, number>();
  for (const event of events) {
    const {
      eventId,
      activityTaskScheduledEventAttributes: scheduled,
      activityTaskStartedEventAttributes: started,
    } = event;
    const step = scheduled?.activityType?.name ?? "";
    if (scheduled && !step.startsWith("tenuto.")) {
      const { activityId = "", header } = scheduled as typeof scheduled & { readonly activityId?: string };
      const undoes = header?.fields && undoesHeader in header.fields ? keyIn(header.fields[undoesHeader]) : undefined;
      const key = keyIn(header?.fields?.[idempotencyKeyHeader]) ?? undefined;
      const isUndoable = header?.fields !== undefined && undoableHeader in header.fields;
      const call = { scheduledId: Number(eventId), activityId, step, key, isUndoable };
      calls.set(eventId, { ...call, ...(undoes !== undefined && { undoes }) });
    }
    if (started) attempts.set(started.scheduledEventId, Number(eventId));
    const ended = endIn(event);
    const call = ended && calls.get(ended.of);
    if (call) call.end = { ...ended.end, startedId: attempts.get(ended.of) ?? Number(eventId) };
  }
  return [...calls.values()];
}

function endIn(event: Event): { readonly of: string; readonly end: Omit<End, "startedId"> } | undefined {
  const eventId = Number(event.eventId);
  const done = event.activityTaskCompletedEventAttributes;
  if (done) return { of: done.scheduledEventId, end: { eventId, kind: "done", isDeclared: false } };
  const canceled = event.activityTaskCanceledEventAttributes;
  if (canceled) return { of: canceled.scheduledEventId, end: { eventId, kind: "canceled", isDeclared: false } };
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (!failed) return undefined;
  const { failure, scheduledEventId: of } = failed;
  const { type = "Timeout", details } = failure?.applicationFailureInfo ?? {};
  const isDeclared = isMarkedDeclared(details?.payloads?.map((value) => withValues(value)));
  const { message = "" } = (failure ?? {}) as { readonly message?: string };
  return { of, end: { eventId, kind: "failed", isDeclared, error: { type, message: message.slice(0, 1_000) } } };
}

function openEffectsOf(calls: readonly Call[]): readonly OpenEffect[] {
  const undone = new Set(calls.flatMap(({ undoes, end }) => (end?.kind === "done" && undoes ? [undoes] : [])));
  const open = new Map<string, OpenEffect>();
  for (const { step, key, undoes, end } of calls) {
    if (undoes !== undefined || end?.isDeclared || (key !== undefined && undone.has(key))) continue;
    const why = calls.find((call) => call.undoes !== undefined && call.undoes === key && call.end?.error)?.end?.error;
    const error = why ?? { type: "NotUndone", message: "Nothing has undone it" };
    open.set(key ?? step, { step, ...(key !== undefined && { key }), error });
  }
  return [...open.values()];
}

/** The last attempt of what made the run fail, which is in the chain of the causes of its failure. */
function failedFrom(events: readonly Event[], calls: readonly Call[]): number | undefined {
  const { workflowExecutionFailedEventAttributes: failed } = events.at(-1) ?? {};
  for (let failure = failed?.failure; failure; failure = failure.cause) {
    const id = activityIdIn(failure);
    const call = id === undefined ? undefined : calls.findLast(({ activityId }) => activityId === id);
    if (call?.end) return call.end.startedId;
    const child = (failure.childWorkflowExecutionFailureInfo ?? {}) as { readonly initiatedEventId?: string };
    if (child.initiatedEventId !== undefined) return Number(child.initiatedEventId);
  }
  return undefined;
}

function activityIdIn({ activityFailureInfo }: RecordedFailure): string | undefined {
  return (activityFailureInfo as { readonly activityId?: string } | undefined)?.activityId;
}

function keyIn(value: unknown): string | null | undefined {
  const key = withValues(value);
  return typeof key === "string" || key === null ? key : undefined;
}

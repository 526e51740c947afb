import type { CallEnd, EventFailure, TimelineEvent } from "./history-event.ts";

/** How a step, or an undo, stands. */
export type CallStatus = "scheduled" | "started" | "done" | "failed" | "timedOut" | "canceled" | "terminated";

/** A step, an undo or a child of a run: what was called, and what became of it. */
export interface Call {
  readonly kind: "step" | "undo" | "child";
  readonly id: string;
  /** Of an activity: Temporal's id, by which a description of the run names it too. */
  readonly activityId?: string;
  readonly name: string;
  readonly from: string;
  readonly status: CallStatus;
  readonly to?: string;
  readonly attempts: number;
  readonly error?: { readonly type: string; readonly message: string };
  readonly input?: unknown;
  readonly output?: unknown;
}

/** What came from outside, or befell the run. */
export interface Moment {
  readonly kind: "moment";
  readonly id: string;
  readonly what: string;
  readonly at: string;
  readonly isBad: boolean;
}

/** What a run did, oldest first. */
export interface Timeline {
  readonly entries: readonly (Call | Moment)[];
  /** What the run was given. */
  readonly input: unknown;
  readonly from: string | undefined;
}

/** The activities by which Tenuto itself works. */
const isOwn = (name: string) => name.startsWith("tenuto.");

/** What a run did, by the events of its history so far. */
export function timelineOf(events: readonly TimelineEvent[]): Timeline {
  const entries = new Map<string, Call | Moment>();
  for (const event of events) {
    const begun = callBegunBy(event) ?? momentOf(event);
    if (begun) entries.set(event.eventId, begun);
    const started = event.activityTaskStartedEventAttributes;
    if (started) {
      const { attempt = 1, lastFailure } = started;
      const error = lastFailure && { error: errorOf(lastFailure) };
      change(entries, started.scheduledEventId, { attempts: attempt, status: "started", ...error });
    }
    const end = endOf(event);
    if (end) change(entries, end.of, { ...end.changes, to: event.eventTime });
  }
  const [first] = events;
  const input = valueIn(first?.workflowExecutionStartedEventAttributes?.input?.payloads);
  return { entries: [...entries.values()], input, from: first?.eventTime };
}

function change(entries: Map<string, Call | Moment>, id: string, changes: Partial<Call>): void {
  const call = entries.get(id);
  if (call && call.kind !== "moment") entries.set(id, { ...call, ...changes });
}

function callBegunBy(event: TimelineEvent): Call | undefined {
  const { eventId: id, eventTime: from } = event;
  const common = { id, from, status: "scheduled", attempts: 1 } as const;
  const activity = event.activityTaskScheduledEventAttributes;
  const name = activity?.activityType?.name ?? "";
  if (activity && !isOwn(name)) {
    const isUndo = activity.header?.fields !== undefined && "tenuto-undoes" in activity.header.fields;
    return {
      ...{ ...common, kind: isUndo ? "undo" : "step", name, input: valueIn(activity.input?.payloads) },
      ...(activity.activityId !== undefined && { activityId: activity.activityId }),
    };
  }
  const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
  return (
    child && { ...common, kind: "child", name: child.workflowType?.name ?? "", input: valueIn(child.input?.payloads) }
  );
}

function endOf(event: TimelineEvent): { readonly of: string; readonly changes: Partial<Call> } | undefined {
  const ends: readonly (readonly [CallStatus, CallEnd | undefined])[] = [
    ["done", event.activityTaskCompletedEventAttributes ?? event.childWorkflowExecutionCompletedEventAttributes],
    ["failed", event.activityTaskFailedEventAttributes ?? event.childWorkflowExecutionFailedEventAttributes],
    ["failed", event.startChildWorkflowExecutionFailedEventAttributes],
    ["timedOut", event.activityTaskTimedOutEventAttributes ?? event.childWorkflowExecutionTimedOutEventAttributes],
    ["canceled", event.activityTaskCanceledEventAttributes ?? event.childWorkflowExecutionCanceledEventAttributes],
    ["terminated", event.childWorkflowExecutionTerminatedEventAttributes],
  ];
  for (const [status, end] of ends) {
    if (!end) continue;
    const result = "result" in end ? (end.result as { readonly payloads?: readonly unknown[] }) : undefined;
    return {
      of: end.scheduledEventId ?? end.initiatedEventId ?? "",
      changes: {
        status,
        ...(status === "done" && { output: valueIn(result?.payloads) }),
        ...(end.failure && { error: errorOf(end.failure) }),
      },
    };
  }
  return undefined;
}

function momentOf(event: TimelineEvent): Moment | undefined {
  const moment = (what: string, isBad = false): Moment => {
    return { kind: "moment", id: event.eventId, at: event.eventTime, what, isBad };
  };
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (signal) return moment(`Signal ${signal.signalName ?? ""}`);
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  if (update) return moment(updateTold(update));
  const cancel = event.workflowExecutionCancelRequestedEventAttributes;
  if (cancel) return moment(`Cancellation asked for${because(cancel.cause)}`);
  const failed = event.workflowTaskFailedEventAttributes;
  if (failed?.cause?.endsWith("RESET_WORKFLOW") === true) return moment("Reset to here");
  if (failed && /UNHANDLED_FAILURE|NON_DETERMINISTIC/.test(failed.cause ?? "")) {
    const { type, message } = errorOf(failed.failure ?? {});
    return moment(`The code fails, and goes on after the fix: ${type}: ${message}`, true);
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  return terminated && moment(`Terminated${because(terminated.reason)}`, true);
}

const operatorUpdates: Readonly<Record<string, string>> = {
  __tenuto_decide: "Decision",
  __tenuto_pause: "Paused",
  __tenuto_resume: "Resumed",
  __tenuto_skip: "Step skipped",
  __tenuto_note: "Note",
};

/** What operators do are updates that carry who did it, and why. */
function updateTold({
  name = "",
  args,
}: {
  readonly name?: string;
  readonly args?: { payloads?: readonly unknown[] };
}) {
  const operator = operatorUpdates[name];
  if (operator === undefined) return `Update ${name}`;
  const given = (args?.payloads?.[0] ?? {}) as Readonly<Record<string, unknown>>;
  const { action, by, reason, note } = given;
  const what = [operator, typeof action === "string" ? action : undefined].filter(Boolean).join(": ");
  const who = typeof by === "string" ? ` by ${by}` : "";
  const why = typeof reason === "string" ? reason : typeof note === "string" ? note : undefined;
  return `${what}${who}${because(why)}`;
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === "" ? "" : `: ${reason}`;
}

/** The error in the envelopes that Temporal puts around it. */
function errorOf(failure: EventFailure): { readonly type: string; readonly message: string } {
  const isEnvelope = failure.activityFailureInfo ?? failure.childWorkflowExecutionFailureInfo;
  if (isEnvelope && failure.cause) return errorOf(failure.cause);
  const kind = failure.timeoutFailureInfo ? "Timeout" : failure.canceledFailureInfo ? "Canceled" : "Error";
  const type = failure.applicationFailureInfo?.type;
  return { type: type === undefined || type === "" ? kind : type, message: failure.message ?? "" };
}

function valueIn(payloads: readonly unknown[] | undefined): unknown {
  return payloads !== undefined && payloads.length > 1 ? payloads : payloads?.[0];
}

// What the events that end something say of how it ended: types of errors, and never their messages.
import { attemptTimedOut, isMarkedDeclared } from "../core/step-failure.ts";
import type { RecordedEvent, RecordedFailure } from "./recorded-event.ts";
import { withValues } from "./recorded-values.ts";
import { kindOf } from "./run-failure.ts";

/** The last words of a run, a step or an undo. */
interface End {
  readonly text: string;
  readonly isFailure: boolean;
}

/** How the run ended; `undefined` of an event that does not end it. */
export function endOfRun(event: RecordedEvent): End | undefined {
  const { workflowExecutionFailedEventAttributes: failed, workflowExecutionTerminatedEventAttributes: terminated } =
    event;
  if (event.workflowExecutionCompletedEventAttributes) return { text: "completed", isFailure: false };
  if (event.workflowExecutionContinuedAsNewEventAttributes) return { text: "goes on as a new run", isFailure: false };
  if (event.workflowExecutionCanceledEventAttributes) return { text: "canceled", isFailure: true };
  if (event.workflowExecutionTimedOutEventAttributes) return { text: "timed out", isFailure: true };
  if (terminated) return { text: `terminated, undoes nothing${inBrackets(terminated.reason)}`, isFailure: true };
  if (!failed) return undefined;
  const reason = reasonOf(failed.failure);
  const cause = failed.failure?.applicationFailureInfo && failed.failure.cause;
  // A step's declared error is the cause of the run's own; a deadline's cancellation says nothing new.
  const first = cause && !cause.canceledFailureInfo ? reasonOf(cause) : reason;
  const because = first === reason ? "" : `, because of ${first}`;
  return { text: `failed, ${reason}${because}`, isFailure: true };
}

/** How an activity or a child ended, and which: by the id of the event that scheduled it. */
export function endOfCall(event: RecordedEvent): (End & { readonly of: string }) | undefined {
  const done = event.activityTaskCompletedEventAttributes ?? event.childWorkflowExecutionCompletedEventAttributes;
  if (done) return { of: idOf(done), text: "done", isFailure: false };
  const canceled = event.activityTaskCanceledEventAttributes ?? event.childWorkflowExecutionCanceledEventAttributes;
  if (canceled) return { of: idOf(canceled), text: "canceled", isFailure: true };
  const lost = event.activityTaskTimedOutEventAttributes ?? event.childWorkflowExecutionTimedOutEventAttributes;
  if (lost) return { of: idOf(lost), text: "timed out, no answer", isFailure: true };
  const terminated = event.childWorkflowExecutionTerminatedEventAttributes;
  if (terminated) return { of: idOf(terminated), text: "terminated", isFailure: true };
  const failed =
    event.activityTaskFailedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.startChildWorkflowExecutionFailedEventAttributes;
  return failed && { of: idOf(failed), text: howFailed(failed.failure), isFailure: true };
}

function idOf(end: { readonly scheduledEventId: string } | { readonly initiatedEventId: string }): string {
  return "scheduledEventId" in end ? end.scheduledEventId : end.initiatedEventId;
}

function howFailed(failure: RecordedFailure | undefined): string {
  const { type, details } = failure?.applicationFailureInfo ?? {};
  if (type === attemptTimedOut) return "timed out, no answer";
  return `${isMarkedDeclared(details?.payloads?.map((value) => withValues(value))) ? "refused" : "failed"}, ${reasonOf(failure)}`;
}

/** The type of the error in the envelopes that Temporal puts around it. */
export function reasonOf(failure: RecordedFailure | undefined): string {
  if (!failure) return "Error";
  const isEnvelope = failure.activityFailureInfo ?? failure.childWorkflowExecutionFailureInfo;
  if (isEnvelope && failure.cause) return reasonOf(failure.cause);
  return failure.applicationFailureInfo?.type || kindOf(failure);
}

export function inBrackets(text: string | undefined): string {
  return text ? ` (${text})` : "";
}

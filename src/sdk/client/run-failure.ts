import type { temporal } from "@temporalio/proto";
import { DeclaredError } from "../core/declared-error.ts";
import { RecordedFailure } from "../core/errors/recorded-failure.ts";
import { isMarkedDeclared } from "../core/step-failure.ts";
import { redacted, secretsIn, withoutSecrets } from "../core/redacted.ts";
import { assertOpened } from "./encrypted-payload.ts";
import { decode } from "./payloads.ts";

type Failure = temporal.api.failure.v1.IFailure;

/** Why a run, or a step, did not succeed; never with a stack trace. */
export interface RunError {
  /** The name of a declared error, or the class of another. */
  readonly type: string;
  readonly message: string;
  /** The activity that failed. */
  readonly step?: string;
  /** What a declared error carries. */
  readonly data?: unknown;
  readonly cause?: RunError;
}

/**
 * A recorded failure, without the envelopes that Temporal puts around an error of ours.
 *
 * @throws `DecryptionFailed` of one whose message is still encrypted.
 */
export function runErrorOf(failure: Failure): RunError {
  if (failure.encodedAttributes) assertOpened(failure.encodedAttributes);
  const { activityFailureInfo: activity, childWorkflowExecutionFailureInfo: child, cause } = failure;
  if (activity) return { ...insideOf(failure), step: activity.activityType?.name ?? "" };
  if (child) return insideOf(failure);
  const info = failure.applicationFailureInfo;
  const [data] = info?.details?.payloads ?? [];
  return {
    type: info?.type || kindOf(failure),
    message: failure.message ?? "",
    ...(data && { data: decode(data) }),
    ...(cause && { cause: runErrorOf(cause) }),
  };
}

/** The activity that made it fail: of the error, or of what caused it. */
export function stepOfError({ step, cause }: Pick<RunError, "step" | "cause">): string | undefined {
  return step ?? (cause && stepOfError(cause));
}

/** What is not shown: fields by name, and what is known to have been in them. */
export interface Hidden {
  readonly redact: readonly string[];
  readonly secrets: readonly string[];
}

/** An error as it is shown. */
export function shownError(error: RunError, hidden: Hidden): RunError {
  const { message, data, cause, ...rest } = error;
  return {
    ...rest,
    message: withoutSecrets(message, [...hidden.secrets, ...secretsIn(data, hidden.redact)]),
    ...(data !== undefined && { data: redacted(data, hidden.redact) }),
    ...(cause && { cause: shownError(cause, hidden) }),
  };
}

/** A recorded failure as an error to throw: a declared one as itself, with its data and the chain of its causes. */
export function errorOf(failure: Failure, step?: string): Error {
  if (failure.encodedAttributes) assertOpened(failure.encodedAttributes);
  const {
    activityFailureInfo: activity,
    childWorkflowExecutionFailureInfo: child,
    applicationFailureInfo: info,
  } = failure;
  const name = activity ? (activity.activityType?.name ?? "") : step;
  if ((activity || child) && failure.cause) return errorOf(failure.cause, name);
  const message = failure.message ?? "";
  const cause = failure.cause && errorOf(failure.cause);
  const details = (info?.details?.payloads ?? []).map(decode);
  if (isMarkedDeclared(details)) return new DeclaredError(info?.type ?? "", details[0], { message, cause });
  return new RecordedFailure(info?.type || kindOf(failure), { message, step: name }, cause ? { cause } : undefined);
}

function insideOf(failure: Failure): RunError {
  return failure.cause ? runErrorOf(failure.cause) : { type: kindOf(failure), message: failure.message ?? "" };
}

/** What a failure that names no type of its own is called. */
export function kindOf(failure: { readonly [Info in FailureInfo]?: unknown }): string {
  if (failure.timeoutFailureInfo) return "Timeout";
  if (failure.canceledFailureInfo) return "Canceled";
  if (failure.terminatedFailureInfo) return "Terminated";
  if (failure.resetWorkflowFailureInfo) return "Reset";
  if (failure.serverFailureInfo) return "ServerFailure";
  if (failure.activityFailureInfo) return "ActivityFailure";
  if (failure.childWorkflowExecutionFailureInfo) return "ChildWorkflowFailure";
  return "Error";
}

type FailureInfo =
  | "timeoutFailureInfo"
  | "canceledFailureInfo"
  | "terminatedFailureInfo"
  | "resetWorkflowFailureInfo"
  | "serverFailureInfo"
  | "activityFailureInfo"
  | "childWorkflowExecutionFailureInfo";

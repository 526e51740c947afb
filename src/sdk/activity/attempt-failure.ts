// What an attempt threw, as the failure that Temporal records: under its own name, with what the retry policy says of it.
import { CompleteAsyncError } from "@temporalio/activity";
import { ApplicationFailure, TemporalFailure } from "@temporalio/common";
import { isDeclaredError } from "../core/declared-error.ts";
import type { ActivityDefinition } from "../core/define-activities.ts";
import { InvalidErrorData } from "../core/errors/invalid-error-data.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { UndeclaredError } from "../core/errors/undeclared-error.ts";
import { issuesOf } from "../core/errors/validation-issue.ts";
import { retryDecision } from "../core/retry-decision.ts";
import { resolveRetryPolicy, waitAfter } from "../core/retry-policy.ts";
import { isRetryableError } from "../core/retryable-error.ts";
import { declaredErrorMark, retryableErrorMark } from "../core/step-failure.ts";

/** The attempt that failed. */
export interface Attempt {
  readonly definition: ActivityDefinition;
  /** Which attempt, from 1. */
  readonly attempt: number;
  readonly activityType: string;
}

/** An error that a contract's factory made. */
type ContractError = Error & { readonly type: string; readonly data: unknown };

/** The failure of what an author's code threw; an error of Temporal's own stays as it is. */
export async function failureOfAttempt(error: unknown, attempt: Attempt): Promise<unknown> {
  if (!(error instanceof Error) || error instanceof TemporalFailure || error instanceof CompleteAsyncError)
    return error;
  // The same output would come again.
  if (error instanceof PayloadTooLarge) {
    return ApplicationFailure.fromError(error, { type: error.name, nonRetryable: true });
  }
  if (!isDeclaredError(error) && !isRetryableError(error)) return withRetryRule(namedFailure(error), attempt);
  const wrong = await misuseOf(error, attempt);
  if (wrong) return withRetryRule(namedFailure(wrong), attempt);
  const { errors = {} } = attempt.definition;
  const isAnswer = Object.hasOwn(errors, error.type);
  const failure = contractFailure(error, isAnswer);
  return isAnswer ? failure : withRetryRule(failure, attempt);
}

/** A failure with what the retry policy says about it; plain waits and the last attempt are left to Temporal. */
export function withRetryRule(failure: ApplicationFailure, { definition, attempt }: Attempt): ApplicationFailure {
  const policy = resolveRetryPolicy(definition.retry);
  if (attempt > policy.retries) return failure;
  const type = failure.type ?? failure.name;
  const decision = retryDecision(policy, { attempt, failure: { type, data: failure.details?.[0] } }, Math.random());
  if (decision.retry && decision.waitMs === Math.round(waitAfter(policy, attempt))) return failure;
  return ApplicationFailure.fromError(
    failure,
    decision.retry ? { nextRetryDelay: decision.waitMs } : { nonRetryable: true },
  );
}

/** What is wrong with throwing an error of a contract here: it is not this activity's, or its data does not fit. */
async function misuseOf(error: ContractError, { definition, activityType }: Attempt): Promise<Error | undefined> {
  const schemas = { ...definition.errors, ...definition.retryable };
  const cause = contractFailure(error, false);
  const schema = Object.hasOwn(schemas, error.type) ? schemas[error.type] : undefined;
  if (!schema) {
    return new UndeclaredError({ activityType, error: error.type, declared: Object.keys(schemas) }, { cause });
  }
  const parsed = await schema.safeParseAsync(error.data);
  if (parsed.success) return undefined;
  return new InvalidErrorData({ activityType, error: error.type }, issuesOf(parsed.error), { cause });
}

function contractFailure(error: ContractError, isAnswer: boolean): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: isAnswer,
    details: [error.data, isAnswer ? declaredErrorMark : retryableErrorMark],
    ...(error.cause instanceof Error && { cause: error.cause }),
  });
}

/** The failure of an error under the name that its author gave it. */
function namedFailure(error: Error): ApplicationFailure {
  return ApplicationFailure.fromError(error, { type: error.name });
}

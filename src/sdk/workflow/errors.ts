import { ApplicationFailure, ContinueAsNew, isCancellation, TemporalFailure } from "@temporalio/workflow";
import { isDeclaredError } from "../core/declared-error.ts";
import { isTaskRejected } from "../core/errors/task-rejected.ts";
import { isTaskTimedOut } from "../core/errors/task-timed-out.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import { declaredErrorMark } from "../core/step-failure.ts";

/**
 * What workflow code threw, as the failure that Temporal records: an error of the user's ends the run under its own
 * type; a programming error is passed on as it is, which fails the workflow task and decides nothing.
 */
export function failureOf(error: unknown): unknown {
  if (error instanceof TemporalFailure || error instanceof ContinueAsNew || isCancellation(error)) return error;
  if (isProgrammingError(error)) return error;
  if (isDeclaredError(error)) {
    return ApplicationFailure.create({
      type: error.type,
      message: error.message,
      nonRetryable: true,
      details: [error.data, declaredErrorMark],
      ...causeOf(error),
    });
  }
  // An answer, as a declared error is one.
  if (isTaskRejected(error) || isTaskTimedOut(error)) {
    const { name, message, taskId, type } = error;
    const data = { taskId, type, ...(isTaskRejected(error) && { by: error.by, reason: error.reason }) };
    return ApplicationFailure.create({
      type: name,
      message,
      nonRetryable: true,
      details: [data, declaredErrorMark],
    });
  }
  if (error instanceof Error) {
    return ApplicationFailure.create({
      type: error.name,
      message: error.message,
      nonRetryable: true,
      ...causeOf(error),
    });
  }
  return ApplicationFailure.create({
    type: "NonError",
    message: `Not an Error was thrown: ${show(error)}`,
    nonRetryable: true,
  });
}

function causeOf(error: Error): { readonly cause?: Error } {
  if (error.cause === undefined) return {};
  const cause = failureOf(error.cause);
  return cause instanceof Error ? { cause } : {};
}

function show(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

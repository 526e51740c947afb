/** `details[1]` of the failure of a declared error: what makes it one is in the record, not in the contract of today. */
export interface DeclaredErrorMark {
  readonly tenuto: "declared";
}

export const declaredErrorMark: DeclaredErrorMark = { tenuto: "declared" };

/** Whether the details of a recorded failure say that it is a declared error; its data is the first of them. */
export function isMarkedDeclared(details: readonly unknown[] | undefined | null): boolean {
  return markOf(details) === declaredErrorMark.tenuto;
}

/** `details[1]` of the failure of a retryable error. */
export const retryableErrorMark = { tenuto: "retryable" } as const;

/** Whether the details of a recorded failure say that it is a retryable error; its data is the first of them. */
export function isMarkedRetryable(details: readonly unknown[] | undefined | null): boolean {
  return markOf(details) === retryableErrorMark.tenuto;
}

/** The failure type of an attempt that took longer than its `attemptTimeout`. */
export const attemptTimedOut = "Timeout";

/** How much later than the attempt's own timeout Temporal takes a worker for lost, in milliseconds. */
export const workerLostAfterMs = 5_000;

/** The failure type of an attempt whose worker was lost, in `retry.on`; Temporal records it as a timeout. */
export const workerLost = "WorkerLost";

/** The header that carries a step's idempotency key to the activity. */
export const idempotencyKeyHeader = "tenuto-idempotency-key";

/** The header of an activity that undoes something: the key of the step, or `null` where that has none. */
export const undoesHeader = "tenuto-undoes";

/** The header of a step that a saga can undo. */
export const undoableHeader = "tenuto-undoable";

function markOf(details: readonly unknown[] | undefined | null): unknown {
  const mark = details?.[1];
  return typeof mark === "object" && mark !== null && "tenuto" in mark ? mark.tenuto : undefined;
}

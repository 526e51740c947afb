/** `details[1]` of the failure of a declared error: what makes it one is in the record, not in the contract of today. */
export interface DeclaredErrorMark {
  readonly tenuto: "declared";
}

export const declaredErrorMark: DeclaredErrorMark = { tenuto: "declared" };

/** Whether the details of a recorded failure say that it is a declared error; its data is the first of them. */
export function isMarkedDeclared(details: readonly unknown[] | undefined | null): boolean {
  const mark = details?.[1];
  return typeof mark === "object" && mark !== null && "tenuto" in mark && mark.tenuto === declaredErrorMark.tenuto;
}

/** The failure type of an attempt that took longer than its `attemptTimeout`. */
export const attemptTimedOut = "Timeout";

/** How much later than the attempt's own timeout Temporal takes a worker for lost, in milliseconds. */
export const workerLostAfterMs = 5_000;

/** The header that carries a step's idempotency key to the activity. */
export const idempotencyKeyHeader = "tenuto-idempotency-key";

import * as temporal from "@temporalio/workflow";

/**
 * Whether a run takes the new way at a place that a deploy changes: `true` for runs that come there after it, `false` for
 * those that were past it already, in every replay. The old way stays until no such run is open. Ask it right after a step,
 * and not after a question to people or a signal in the same breath.
 *
 * @example
 * ```ts
 * if (patched("approve-by-task")) await humanTask(approveRefund, { orderId: "o-1", amountCents: 60_000 });
 * ```
 */
export function patched(id: string): boolean {
  return temporal.patched(id);
}

/**
 * Says that no open run goes the old way any more: the code has only the new one, and runs that have recorded their choice
 * still replay. When those are past their retention, this line may go as well.
 *
 * @example
 * ```ts
 * deprecatePatch("approve-by-task");
 * ```
 */
export function deprecatePatch(id: string): void {
  temporal.deprecatePatch(id);
}

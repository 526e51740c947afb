// What the commands of batches know of the API's answers.
import type { Batch as AnyBatch, BatchItemPage, BatchRequest } from "tenuto/client";

export type { BatchAction, BatchFilter } from "tenuto";

/** What a batch is to do. */
export type BatchOrder = Pick<BatchRequest, "action" | "filter" | "mode" | "signal">;

export type Batch = AnyBatch;

export type BatchItem = BatchItemPage["items"][number];

const over: ReadonlySet<Batch["status"]> = new Set(["stopped", "completed"]);

/** Whether nothing more happens. */
export function isOver({ status }: Batch): boolean {
  return over.has(status);
}

/** Whether it is over with all done that was to be done; what was not open any more was not. */
export function isComplete({ status, progress }: Batch): boolean {
  return status === "completed" && progress.refused === 0 && progress.failed === 0;
}

/** What has become of the items so far. */
export function progressOf({ progress: { total, done, refused, failed, skipped } }: Batch): string {
  const ended = done + refused + failed + skipped;
  return `${ended} of ${total}: ${done} done, ${refused} refused, ${failed} failed, ${skipped} skipped`;
}

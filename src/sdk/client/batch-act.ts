import type { BatchItem, ItemOrder } from "../core/batch.ts";
import type { Reach } from "./run-target.ts";

/** What a batch has done to an item, or would do. */
export type Act = (reach: Reach, order: ItemOrder, item: BatchItem) => Promise<string>;

/** An item that somebody else has dealt with, or that is not there any more. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

/** What a batch is called by: the histories have it of each call. */
export function batchIdentity(id: string): string {
  return `tenuto-batch-${id}`;
}

import type { Output } from "./output.ts";
import type { Page } from "./paging.ts";

/** Says that there is more than a list shows. */
export function moreThanShown(output: Output, { items, nextCursor }: Page<unknown>): void {
  if (nextCursor === null) return;
  output.notice(`These are the first ${items.length}; there may be more. See them by a higher --limit.`);
}

import type { Batch } from "tenuto/client";
import { numberOf, words } from "../parts/words.ts";

/** What a batch does, in words. */
export function titleOf({ action, dryRun, signal }: Batch): string {
  const what = signal ? `Signal ${signal.name}` : words(action);
  return dryRun ? `${what} (dry run)` : what;
}

export function isOver({ status }: Batch): boolean {
  return status === "completed" || status === "stopped";
}

/** How many items are no longer pending. */
export function handledOf({ progress }: Batch): number {
  return progress.done + progress.refused + progress.failed + progress.skipped;
}

/** How far a batch is. */
export function BatchBar({ batch }: { readonly batch: Batch }) {
  const { total } = batch.progress;
  const handled = handledOf(batch);
  const told = batch.status === "collecting" ? "Looking for them …" : `${numberOf(handled)} of ${numberOf(total)}`;
  return (
    <div class="batch-bar">
      <progress
        class="progress"
        aria-label="How far it is"
        max={Math.max(total, 1)}
        value={total === 0 && isOver(batch) ? 1 : handled}
      />
      <span class="quiet">{told}</span>
    </div>
  );
}

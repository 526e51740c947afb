import { type Batch, type BatchFilter, isOver, progressOf } from "./batch.ts";
import type { Output } from "./output.ts";
import { atTime } from "./relative-time.ts";

/** Shows a batch to a person. */
export function tellBatch(output: Output, batch: Batch): void {
  const { id, status, action, mode, signal, dryRun, stopped, closedAt, progress } = batch;
  const nowMs = Date.now();
  const how = mode === undefined ? "" : ` with mode ${mode}`;
  output.fields([
    ["Batch", id],
    ["Status", status],
    ["Action", `${action}${how}${signal ? ` ${signal.name}` : ""}${dryRun ? ", a dry run: nothing is done" : ""}`],
    ["Of", filterInWords(batch.filter)],
    ["Reason", batch.reason],
    ["By", batch.by],
    ["Started", atTime(batch.startedAt, nowMs)],
    ["Ended", closedAt === undefined ? undefined : atTime(closedAt, nowMs)],
    ["Stopped", stopped && `by ${stopped.by}: ${stopped.reason}, ${atTime(stopped.at, nowMs)}`],
    ["Progress", progressOf(batch)],
    ["Rate", `${batch.ratePerSecond} a second at most`],
    ["Left out", batch.truncated ? "more fits than one batch takes: start another when it is over" : undefined],
  ]);
  const [outcome] = (["failed", "refused", "skipped"] as const).filter((each) => progress[each] > 0);
  if (outcome) output.line(`See why: tenuto batch items ${id} --outcome ${outcome}`);
  if (!isOver(batch)) output.line(`Stop it: tenuto batch stop ${id} --reason "…"`);
}

/** The conditions of a batch in one line. */
export function filterInWords({ ids, all, ...conditions }: BatchFilter): string {
  if (ids) return ids.length === 1 ? (ids[0] ?? "") : `${ids.length} ids`;
  const words = Object.entries(conditions).map(([name, value]) => `${name} ${String(value)}`);
  return words.length === 0 && all ? "all" : words.join(", ");
}

// When a process tells how its sources stand. Each report is in a history, so a quiet process tells less and less often, and says
// when it will next: by that, readers know whether it is late.
import type { SourceReport } from "tenuto";

/** What was told last. */
export interface Told {
  readonly atMs: number;
  readonly nextWithinMs: number;
  readonly sources: readonly SourceReport[];
}

/** A state that changes is told after that. */
export const changedAfterMs = 5_000;
/** Numbers are told after that. */
const countedAfterMs = 10_000;
const firstWithinMs = 30_000;
const longestWithinMs = 120_000;

/** Within which time the report after this one is to come; `undefined` when nothing is to be told now. */
export function reportNow(told: Told | undefined, sources: readonly SourceReport[], nowMs: number): number | undefined {
  if (!told) return firstWithinMs;
  const elapsedMs = nowMs - told.atMs;
  if (elapsedMs >= changedAfterMs && standing(sources) !== standing(told.sources)) return firstWithinMs;
  if (elapsedMs >= countedAfterMs && numbers(sources) !== numbers(told.sources)) return firstWithinMs;
  return elapsedMs >= told.nextWithinMs ? Math.min(2 * told.nextWithinMs, longestWithinMs) : undefined;
}

function standing(sources: readonly SourceReport[]): string {
  return JSON.stringify(sources.map(({ source, state, lastError }) => [source, state, lastError]));
}

/** When the last error was is no news while it stays the same. */
function numbers(sources: readonly SourceReport[]): string {
  return JSON.stringify(sources.map(({ lastErrorAt: _, ...counted }) => counted));
}

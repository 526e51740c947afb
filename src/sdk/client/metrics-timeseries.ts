// The runs that closed within a window, part by part.
import { isoOf } from "../core/iso-of.ts";
import { type MetricsWindow, windowAt } from "../core/metrics-window.ts";
import { numbersOf, type RunNumbers } from "../core/run-numbers.ts";
import { type RunTotals, sumOf } from "../core/run-totals.ts";
import { countedRuns, totalsIn } from "./counted-runs.ts";
import { leftOutOfRuns } from "./left-out.ts";
import { type MetricsPeriod, periodOf } from "./metrics-period.ts";
import type { MetricsScope } from "./metrics-scope.ts";
import type { MetricsOptions } from "./metrics-summary.ts";

/** The runs that closed within a part of a window. */
export interface MetricsPoint extends Pick<
  RunNumbers,
  "closed" | "completed" | "failed" | "canceled" | "terminated" | "timedOut" | "averageMs" | "p95Ms"
> {
  /** When it begins, RFC 3339. */
  readonly at: string;
  /** Those that took longer than the SLA of their type. */
  readonly late: number;
}

/** A part of which nothing is known: nobody has counted it yet, or the server has forgotten it. */
export interface MissingPoint {
  readonly at: string;
  readonly missing: true;
}

/** Numbers over time; all parts together are what the summary says of `now`. */
export interface MetricsTimeseries extends MetricsPeriod {
  readonly window: MetricsWindow;
  /** How long each part is; the last one is not over. */
  readonly stepMs: number;
  /** Up to when closed runs are counted. */
  readonly asOf: string;
  /** Sentences for people: what these numbers don't include. */
  readonly leavesOut: readonly string[];
  /** Oldest first. */
  readonly points: readonly (MetricsPoint | MissingPoint)[];
}

/** @throws what {@link TenutoClient.metricsTimeseries} throws. */
export async function metricsTimeseries(
  scope: MetricsScope,
  { window = "24h", type, isPatient = false }: MetricsOptions,
): Promise<MetricsTimeseries> {
  const at = windowAt(window, Date.now());
  const { fromMs, toMs, stepMs, starts } = at;
  const runs = await countedRuns(scope, at, { isPatient });
  const parts = starts.map((): RunTotals[] => []);
  const wanted = type === undefined ? [...runs.byType.values()].flat() : (runs.byType.get(type) ?? []);
  for (const { atMs, totals } of totalsIn(wanted, at)) parts[Math.floor((atMs - fromMs) / stepMs)]?.push(totals);
  const { readUntilMs = fromMs, keptSinceMs } = runs;
  return {
    window,
    ...periodOf(at),
    stepMs,
    asOf: isoOf(readUntilMs),
    leavesOut: leftOutOfRuns(runs, { window, fromMs, nowMs: toMs }),
    points: starts.map((startMs, part) => {
      const totals = sumOf(parts[part] ?? []);
      const isMissing = startMs >= readUntilMs || startMs + stepMs <= keptSinceMs;
      // What has been told is known, however far all of it is.
      if (isMissing && (parts[part] ?? []).length === 0) return { at: isoOf(startMs), missing: true };
      return pointOf(startMs, { totals, stepMs });
    }),
  };
}

function pointOf(
  startMs: number,
  { totals, stepMs }: { readonly totals: RunTotals; readonly stepMs: number },
): MetricsPoint {
  const numbers = numbersOf(totals, { fromMs: startMs, toMs: startMs + stepMs });
  const { closed, completed, failed, canceled, terminated, timedOut, averageMs, p95Ms } = numbers;
  return {
    at: isoOf(startMs),
    ...{ closed, completed, failed, canceled, terminated, timedOut, averageMs, p95Ms },
    late: totals.late ?? 0,
  };
}

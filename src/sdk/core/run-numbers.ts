// What is told of the runs that closed within some time.
import { percentileOf } from "./duration-histogram.ts";
import type { TimeSpan } from "./metrics-window.ts";
import { closedIn, type MetricTotals, type RunTotals } from "./run-totals.ts";

/** How many runs kept the longest time that they may take. */
export interface SlaNumbers {
  /** The longest that a run should take, in milliseconds; absent where several types are added up. */
  readonly targetMs?: number;
  /** Of types with an SLA, runs that have closed, whatever they closed as. */
  readonly judged: number;
  readonly inTime: number;
  readonly late: number;
}

/** Numbers of the runs that closed within some time. Runs that continue each other are one. */
export interface RunNumbers {
  readonly closed: number;
  readonly completed: number;
  readonly failed: number;
  readonly canceled: number;
  readonly terminated: number;
  readonly timedOut: number;
  /** Runs that completed, in an hour. */
  readonly perHour: number;
  /** Which share of those that closed failed or timed out, from 0 to 1; `null` when none closed. */
  readonly failureRate: number | null;
  /** From the first start to the end, of runs that completed; `null` when none did. */
  readonly averageMs: number | null;
  /** The upper end of its bucket, which is 9 % wide, as all percentiles. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
  /** Absent where no type has an SLA. */
  readonly sla?: SlaNumbers;
  /** What the runs recorded, by name. */
  readonly metrics: Readonly<Record<string, MetricTotals>>;
}

/** What is told of totals, which are those of some time. */
export function numbersOf(totals: RunTotals, { fromMs, toMs }: TimeSpan, targetMs?: number): RunNumbers {
  const { completed = 0, failed = 0, canceled = 0, terminated = 0, timedOut = 0, judged = 0, late = 0 } = totals;
  const closed = closedIn(totals);
  const hours = (toMs - fromMs) / 3_600_000;
  const hasSla = targetMs !== undefined || judged > 0;
  return {
    ...{ closed, completed, failed, canceled, terminated, timedOut },
    perHour: hours > 0 ? rounded(completed / hours, 2) : 0,
    failureRate: closed === 0 ? null : rounded((failed + timedOut) / closed, 6),
    ...timesOf(totals),
    ...(hasSla && { sla: { ...(targetMs !== undefined && { targetMs }), judged, inTime: judged - late, late } }),
    metrics: totals.metrics ?? {},
  };
}

/** How long the runs that completed took. */
function timesOf({
  completed = 0,
  sumMs = 0,
  longestMs = 0,
  durations = {},
}: RunTotals): Pick<RunNumbers, "averageMs" | "p50Ms" | "p95Ms" | "p99Ms" | "longestMs"> {
  const at = (share: number) => {
    const found = percentileOf(durations, share);
    return found ? Math.ceil(found.upToMs * 1_000) / 1_000 : null;
  };
  return {
    averageMs: completed === 0 ? null : rounded(sumMs / completed, 3),
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) },
    longestMs: completed === 0 ? null : longestMs,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

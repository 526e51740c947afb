// How the runs of one type that closed within some time are counted. Totals of disjoint times are added to those of both.
import { type DurationHistogram, withDuration } from "./duration-histogram.ts";

/** How a run closed, in the spelling of a run's status. */
export type ClosedStatus = "completed" | "failed" | "canceled" | "terminated" | "timedOut";

/** What counts of a run that has closed; of runs that continue each other there is one, from the first start on. */
export interface ClosedRun {
  readonly status: ClosedStatus;
  readonly durationMs: number;
  /** The longest that it should have taken, when its type has an SLA. */
  readonly slaMs?: number;
  /** What the run has recorded, by name. */
  readonly metrics?: Readonly<Record<string, MetricTotals>>;
}

/** The values of a custom count, together. */
export interface MetricTotals {
  readonly count: number;
  readonly sum: number;
}

/** What is none is left out: a day has 1,440 of these, which are the memo of one workflow. */
export interface RunTotals extends Readonly<Partial<Record<ClosedStatus, number>>> {
  /** Of a type with an SLA: those that it was asked of, whatever they closed as, and those that it took longer. */
  readonly judged?: number;
  readonly late?: number;
  /** Of those that completed, in milliseconds. */
  readonly sumMs?: number;
  readonly longestMs?: number;
  readonly durations?: DurationHistogram;
  readonly metrics?: Readonly<Record<string, MetricTotals>>;
}

const statuses = ["completed", "failed", "canceled", "terminated", "timedOut"] as const satisfies ClosedStatus[];
const counts = [...statuses, "judged", "late", "sumMs"] as const;

/** Runs of a type have few names; what has more counts nothing but memory. */
const mostMetrics = 20;

export function totalsOf(run: ClosedRun): RunTotals {
  const { status, durationMs, slaMs, metrics } = run;
  return {
    [status]: 1,
    ...(slaMs !== undefined && { judged: 1, ...(durationMs > slaMs && { late: 1 }) }),
    ...(status === "completed" && {
      sumMs: durationMs,
      longestMs: durationMs,
      durations: withDuration({}, durationMs),
    }),
    ...(metrics && { metrics }),
  };
}

export function addTotals(one: RunTotals, other: RunTotals): RunTotals {
  return sumOf([one, other]);
}

/** Of many at once; `metrics` is how many names are kept. */
export function sumOf(all: Iterable<RunTotals>, { metrics: most = mostMetrics } = {}): RunTotals {
  const sums = new Map<(typeof counts)[number], number>(counts.map((name) => [name, 0]));
  const durations: Record<string, number> = {};
  const metrics = new Map<string, MetricTotals>();
  let longestMs = 0;
  for (const totals of all) {
    for (const name of counts) sums.set(name, (sums.get(name) ?? 0) + (totals[name] ?? 0));
    for (const [bucket, count] of Object.entries(totals.durations ?? {}))
      durations[bucket] = (durations[bucket] ?? 0) + count;
    longestMs = Math.max(longestMs, totals.longestMs ?? 0);
    addMetrics(metrics, totals.metrics ?? {}, most);
  }
  return {
    ...Object.fromEntries([...sums].filter(([, sum]) => sum > 0)),
    ...(longestMs > 0 && { longestMs }),
    ...(Object.keys(durations).length > 0 && { durations }),
    ...(metrics.size > 0 && { metrics: Object.fromEntries(metrics) }),
  };
}

/** How many runs closed. */
export function closedIn(totals: RunTotals): number {
  return statuses.reduce((sum, status) => sum + (totals[status] ?? 0), 0);
}

function addMetrics(all: Map<string, MetricTotals>, more: Readonly<Record<string, MetricTotals>>, most: number): void {
  for (const [name, { count, sum }] of Object.entries(more)) {
    const known = all.get(name);
    if (!known && all.size >= most) continue;
    all.set(name, { count: (known?.count ?? 0) + count, sum: (known?.sum ?? 0) + sum });
  }
}

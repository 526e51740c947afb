// Which series the numbers of steps come from, and what is made of them, whoever has read them.
import type { StepMetrics, TimePercentiles } from "tenuto/client";

/** The series, by what they say; `_bucket` of a histogram. */
export const stepSeries = {
  ended: "tenuto_steps_total",
  attempts: "tenuto_step_attempts_total",
  retries: "tenuto_step_retries_total",
  durations: "tenuto_step_duration_seconds_bucket",
  waits: "temporal_activity_schedule_to_start_latency_seconds_bucket",
  used: "temporal_worker_task_slots_used",
  available: "temporal_worker_task_slots_available",
  /** Of steps, Core does not tell how many are free. */
  slots: "tenuto_worker_task_slots",
} as const;

export type SeriesKind = keyof typeof stepSeries;

/** Those that only grow, of which it is asked how much; of the others it is asked how they are now. */
export const growing = ["ended", "attempts", "retries", "durations", "waits"] as const satisfies readonly SeriesKind[];

/** The labels that tell them apart here. */
export const labelsOf: Readonly<Record<SeriesKind, readonly string[]>> = {
  ended: ["activity", "outcome"],
  attempts: ["activity"],
  retries: ["activity"],
  durations: ["activity", "le"],
  waits: ["task_queue", "le"],
  used: ["task_queue", "worker_type"],
  available: ["task_queue", "worker_type"],
  slots: ["task_queue", "worker_type"],
};

/** A value, by the labels of its kind. */
export interface Labeled {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What was read of each kind. */
export type SeriesRead = Readonly<Record<SeriesKind, readonly Labeled[]>>;

type Numbers = Pick<StepMetrics, "steps" | "scheduleToStart" | "slots">;

export function numbersOf({ ended, attempts, retries, durations, waits, ...now }: SeriesRead): Numbers {
  const activities = distinct([...ended, ...attempts], "activity");
  const queues = distinct(waits, "task_queue");
  return {
    steps: activities.map((activity) => {
      const own = { activity };
      const outcome = (name: string) => Math.round(sum(ended, { ...own, outcome: name }));
      const [succeeded, failed] = [outcome("succeeded"), outcome("failed")];
      return {
        ...{ activity, succeeded, failed, parked: outcome("parked") },
        attempts: Math.round(sum(attempts, own)),
        retries: Math.round(sum(retries, own)),
        successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
        ...percentilesOf(of(durations, own)),
      };
    }),
    scheduleToStart: queues.map((queue) => ({ queue, ...percentilesOf(of(waits, { task_queue: queue })) })),
    slots: slotsOf(now),
  };
}

function slotsOf({ used, available, slots }: Pick<SeriesRead, "used" | "available" | "slots">): Numbers["slots"] {
  return distinct([...available, ...slots], "task_queue").flatMap((queue) => {
    const here = { task_queue: queue };
    return distinct([...of(available, here), ...of(slots, here)], "worker_type").map((type) => {
      const own = { ...here, worker_type: type };
      const inUse = sum(used, own);
      const free = of(slots, own).length > 0 ? sum(slots, own) - inUse : sum(available, own);
      return { queue, kind: kindOf(type), used: inUse, available: Math.max(0, free) };
    });
  });
}

/** As Core names a kind of work: `LocalActivityWorker`. */
function kindOf(workerType: string): string {
  const name = workerType.replace(/Worker$/, "");
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function percentilesOf(buckets: readonly Labeled[]): TimePercentiles {
  const counts = new Map<number, number>();
  for (const { labels, value } of buckets) {
    const bound = labels["le"] === "+Inf" ? Infinity : Number(labels["le"]);
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  const sorted = [...counts].sort(([one], [other]) => one - other);
  return { p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95), p99Ms: quantile(sorted, 0.99) };
}

/** As Prometheus' histogram_quantile has it: linear within its bucket; above the last bound, that bound. */
function quantile(cumulative: readonly (readonly [bound: number, count: number])[], share: number): number | null {
  const total = cumulative.at(-1)?.[1] ?? 0;
  if (total <= 0) return null;
  const rank = share * total;
  let [below, before] = [0, 0];
  for (const [bound, count] of cumulative) {
    if (count >= rank && count > before) {
      if (bound === Infinity) return inMs(below);
      return inMs(below + ((bound - below) * (rank - before)) / (count - before));
    }
    [below, before] = [bound, count];
  }
  return inMs(below);
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000;
}

function of(all: readonly Labeled[], wanted: Readonly<Record<string, string>>): readonly Labeled[] {
  const conditions = Object.entries(wanted);
  return all.filter(({ labels }) => conditions.every(([name, value]) => labels[name] === value));
}

function sum(all: readonly Labeled[], wanted: Readonly<Record<string, string>>): number {
  return of(all, wanted).reduce((total, { value }) => total + value, 0);
}

function distinct(all: readonly Labeled[], label: string): readonly string[] {
  return [...new Set(all.flatMap(({ labels }) => labels[label] ?? []))].sort();
}

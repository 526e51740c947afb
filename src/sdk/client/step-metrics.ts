/** The time that numbers of steps are asked for. */
export interface StepMetricsRange {
  /** RFC 3339. */
  readonly from: string;
  /** RFC 3339. */
  readonly to: string;
}

/** Percentiles of times in milliseconds: each is within its bucket. `null` where nothing was timed. */
export interface TimePercentiles {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** What became of the steps of one activity. */
export interface StepNumbers extends TimePercentiles {
  readonly activity: string;
  /** Steps that have ended well, each once, however often they were attempted. */
  readonly succeeded: number;
  /** Steps that have ended in an error, declared ones too; those that were canceled or skipped are neither. */
  readonly failed: number;
  /** How often a step was parked: it has not ended, and counts again when it does. */
  readonly parked: number;
  readonly attempts: number;
  /** Attempts after one that failed; those that a decision on a parked step began are none. */
  readonly retries: number;
  /** Of those that succeeded or failed: from 0 to 1; `null` where there are none. */
  readonly successRate: number | null;
}

/** For how long steps of a task queue waited until a worker took them. */
export interface ScheduleToStart extends TimePercentiles {
  readonly queue: string;
}

/** How much of one kind of work workers of a task queue do at once now, all of them together. */
export interface QueueSlots {
  readonly queue: string;
  /** `activity`, `workflow`, `localActivity`, and what Temporal's SDK has besides. */
  readonly kind: string;
  readonly used: number;
  readonly available: number;
}

/** Numbers of steps, which the workers' own metrics have: those of all tenants together. */
export interface StepMetrics {
  /** `none`: nobody was asked. */
  readonly source: "prometheus" | "workers" | "none";
  /** From when to when the numbers are (RFC 3339), which may be less than what was asked for. */
  readonly from?: string;
  readonly to?: string;
  /** When the newest of them were read (RFC 3339). */
  readonly asOf?: string;
  /** Sentences for people: what these numbers don't include. */
  readonly leavesOut: readonly string[];
  /** By name. */
  readonly steps: readonly StepNumbers[];
  readonly scheduleToStart: readonly ScheduleToStart[];
  /** Of workers whose slots are by memory, nobody knows how many there are: those are left out. */
  readonly slots: readonly QueueSlots[];
}

/** Where numbers of steps come from: Prometheus, or the workers themselves. */
export interface StepMetricsSource {
  /** Never throws for a source that is away: `leavesOut` says so. */
  read(range: StepMetricsRange): Promise<StepMetrics>;
}

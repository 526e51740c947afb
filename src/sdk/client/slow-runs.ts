// Queries for runs that take long. What visibility knows of a duration is a run's own: of runs that continue each other, that of
// the last one; while one of them runs, their first start tells.
import { systemTaskQueue } from "../core/dead-letter.ts";
import { isoOf } from "../core/iso-of.ts";
import { chainStartAttribute } from "../core/run-metrics.ts";
import { closedQuery } from "./closed-runs.ts";
import { quote } from "./visibility-query.ts";

/** Of a type, and how long. */
export interface SlowRuns {
  readonly type: string;
  readonly longerThanMs: number;
}

/** Runs that have been running for longer. */
export function runningLonger({ type, longerThanMs }: SlowRuns, nowMs: number): string {
  const before = quote(isoOf(nowMs - longerThanMs));
  const since = `(StartTime < ${before} OR ${chainStartAttribute} < ${before})`;
  return `${ofApps(type)} AND ExecutionStatus = 'Running' AND ${since}`;
}

/** Runs that have closed since, whatever they closed as. */
export function closedSince(type: string, sinceMs: number): string {
  return closedQuery({ type, since: isoOf(sinceMs) });
}

/** Runs that have completed since. */
export function completedSince(type: string, sinceMs: number): string {
  return `${ofApps(type)} AND ExecutionStatus = 'Completed' AND CloseTime >= ${quote(isoOf(sinceMs))}`;
}

/** The part of a query that leaves those that took longer. */
export function tookLonger(ms: number): string {
  return `ExecutionDuration > ${quote(`${ms}ms`)}`;
}

function ofApps(type: string): string {
  return `WorkflowType = ${quote(type)} AND TaskQueue != ${quote(systemTaskQueue)}`;
}

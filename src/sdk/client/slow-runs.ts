// Queries for runs that take long. What visibility knows of a duration is a run's own: of runs that continue each other, that of
// the last one; the first start, which each but the first of them has, tells how long they took together.
import { systemTaskQueue } from "../core/dead-letter.ts";
import { isoOf } from "../core/iso-of.ts";
import { chainStartAttribute } from "../core/run-metrics.ts";
import { closedOf, closedQuery } from "./closed-runs.ts";
import { quote } from "./visibility-query.ts";
import type { Bounded, Watching } from "./watched-letters.ts";

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

/** Which runs, and by when they have closed. */
interface Closed {
  readonly query: string;
  readonly longerThanMs: number;
  readonly nowMs: number;
}

/** How many closed runs took longer; of those that only did with the runs they continue, at most as many as a pass reads. */
export async function countLonger(
  watching: Watching,
  { query, longerThanMs, nowMs }: Closed,
): Promise<{ readonly count: number; readonly truncated: boolean }> {
  const alone = await watching.count(`${query} AND ${tookLonger(longerThanMs)}`);
  const notAlone = `ExecutionDuration <= ${quote(`${longerThanMs}ms`)}`;
  const chains = await watching.list(`${query} AND ${notAlone} AND ${beganBefore(nowMs - longerThanMs)}`, closedOf);
  const together = chains.items.filter(({ durationMs }) => durationMs > longerThanMs).length;
  return { count: alone + together, truncated: chains.truncated };
}

/** When closed runs that took longer closed, and how long they took. */
export async function listLonger(
  watching: Watching,
  { query, longerThanMs, nowMs }: Closed,
): Promise<Bounded<{ readonly atMs: number; readonly durationMs: number }>> {
  const mayBe = `(${tookLonger(longerThanMs)} OR ${beganBefore(nowMs - longerThanMs)})`;
  const { items, truncated } = await watching.list(`${query} AND ${mayBe}`, closedOf);
  return { items: items.filter(({ durationMs }) => durationMs > longerThanMs), truncated };
}

function tookLonger(ms: number): string {
  return `ExecutionDuration > ${quote(`${ms}ms`)}`;
}

/** Of runs that continue others: what has closed by now took longer only if the first of them began before. */
function beganBefore(ms: number): string {
  return `${chainStartAttribute} < ${quote(isoOf(ms))}`;
}

function ofApps(type: string): string {
  return `WorkflowType = ${quote(type)} AND TaskQueue != ${quote(systemTaskQueue)}`;
}

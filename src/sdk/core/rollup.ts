// What the isolate and Node agree on about rollups: the numbers of the runs that have closed, kept for each type and day in the
// memo of a workflow, where they are read without a worker, and longer than the runs are kept.
import { hashJson } from "./idempotency-key.ts";
import type { MinuteReading } from "./rollup-state.ts";

/** The type of the workflow that keeps one day of one type. */
export const rollupWorkflow = "tenutoRollup";

/** The signal that brings what was read; carries {@link MinuteReading}s. */
export const readingsSignal = "readings";

/** The memo field that tells a {@link RollupSubject}. */
export const rollupMemo = "tenutoRollup";

/** The memo field of an hour of the day, 0 to 23; what it has is `HourTotals`. */
export function hourMemo(hour: number | string): string {
  return `${rollupMemo}Hour${hour}`;
}

/** The mark of every rollup. */
export const rollupMark = "rollup";

/** The mark of the rollups of a month: `2026-11`. */
export function monthMark(month: string): string {
  return `rollup:${month}`;
}

/** Which runs a rollup counts. */
export interface RollupSubject {
  /** The type of the runs. */
  readonly type: string;
  /** Only those of a tenant; all runs of the type when left out. */
  readonly tenant?: string;
  /** When they closed, in UTC: `2026-11-27`. */
  readonly day: string;
}

/** What the workflow ids of rollups begin with. */
export const rollupIdPrefix = "tenuto-rollup-";

/** The workflow id of a rollup. */
export function rollupIdOf({ type, tenant, day }: RollupSubject): string {
  return `${rollupIdPrefix}${day}-${hashJson([type, tenant ?? null]).slice(0, 32)}`;
}

/** The type of the workflow that reads what has closed, again and again. */
export const rollupsWorkflow = "tenutoRollups";

/** There is one a namespace. */
export const rollupsWorkflowId = "tenuto-rollups";

/** The memo field in which it tells {@link ToldReading}. */
export const rollupsMemo = "tenutoRollups";

/** How far the reader is. */
export interface ToldReading {
  /** Up to where all that could be seen is counted: RFC 3339. */
  readonly readUntil: string;
}

/** The signal by which an app says how long the runs of its types may take; carries {@link TypeTargets}. */
export const targetsSignal = "targets";

/** The activities that read runs, and count again what was read. */
export const rollupActivityTypes = { read: "tenuto.rollUp", check: "tenuto.checkRollups" } as const;

/** By type, the longest that a run should take: milliseconds. */
export type TypeTargets = Readonly<Record<string, { readonly slaMs?: number }>>;

/** What a pass reads: all runs that have closed since a minute. */
export interface RollupPass {
  /** RFC 3339. */
  readonly since: string;
  readonly targets: TypeTargets;
}

/** What a pass has read. */
export interface RollupOutcome {
  /** Up to where all that could be seen is counted: RFC 3339. */
  readonly readUntil: string;
  /** Whether that is all there is: a pass reads so much, and the next one goes on. */
  readonly isDone: boolean;
}

/** Up to where rollups are counted again: RFC 3339. */
export interface RollupCheck {
  readonly until: string;
  readonly targets: TypeTargets;
}

/** Readings for a rollup. */
export interface RollupReadings {
  readonly subject: RollupSubject;
  readonly readings: readonly MinuteReading[];
}

/** What the reader knows from one pass to the next. */
export interface RollupsState {
  /** From the end of a pass to the next one, in milliseconds. */
  readonly everyMs: number;
  readonly targets?: TypeTargets;
  /** RFC 3339. */
  readonly readUntil?: string;
  readonly checkedAt?: string;
}

/** What closed before Tenuto first looked, or while nobody did, is read this far back. */
const furthestBackMs = 30 * 86_400_000;

/** How much of what was read before each pass reads again: visibility lags, and clocks differ. */
const overlapMs = 60_000;

/** What is later than that is found by counting. */
const checkEveryMs = 3_600_000;

/** A rollup has minutes for this long after its day, and then only hours. */
export const minutesKeptMs = 2 * 86_400_000;

/** One that begins long after its day takes what it was begun for. */
const longEnoughMs = 3_600_000;

/** When a rollup is over, in milliseconds since the epoch. */
export function closesAtMs({ day }: RollupSubject, startedMs: number): number {
  return Math.max(Date.parse(`${day}T00:00:00Z`) + 86_400_000 + minutesKeptMs, startedMs + longEnoughMs);
}

/** What the next pass reads; whole minutes, as they are what is counted. */
export function nextReading({ readUntil, targets = {} }: RollupsState, nowMs: number): RollupPass {
  const untilMs = readUntil === undefined ? nowMs - furthestBackMs : Math.min(Date.parse(readUntil), nowMs);
  const sinceMs = Math.max(untilMs - overlapMs, nowMs - furthestBackMs);
  return { since: new Date(Math.floor(sinceMs / 60_000) * 60_000).toISOString(), targets };
}

export function isCheckDue({ checkedAt }: RollupsState, nowMs: number): boolean {
  return checkedAt === undefined || nowMs - Date.parse(checkedAt) >= checkEveryMs;
}

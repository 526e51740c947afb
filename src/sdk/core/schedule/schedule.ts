// What code, operators and Node agree on about schedules. A schedule is data; what it starts is named, not called.
import type { Duration } from "../duration.ts";
import type { Lane } from "../priority.ts";
import type { CalendarTime, ScheduleTime } from "./schedule-time.ts";

/** What is done when a run is due and the one before has not ended. */
export const scheduleOverlaps = [
  "skip",
  "bufferOne",
  "bufferAll",
  "cancelOther",
  "terminateOther",
  "allowAll",
] as const;

/**
 * What is done when a run is due and the one before has not ended: no run (`skip`); one as soon as that one has ended
 * (`bufferOne`), or all that were due meanwhile, one after the other (`bufferAll`); that one is canceled or terminated
 * first; or both run (`allowAll`).
 */
export type ScheduleOverlap = (typeof scheduleOverlaps)[number];

/** What a schedule says; in the one spelling that is kept. */
export interface ScheduleSpec {
  /** Any of these. */
  readonly at: readonly ScheduleTime[];
  /** But none of these. */
  readonly except?: readonly CalendarTime[];
  /** What clocks crons and calendars are read by: a name of the IANA time zone database. */
  readonly timeZone: string;
  /** Nothing is due before (RFC 3339). */
  readonly startAt?: string;
  /** Nothing is due after (RFC 3339). */
  readonly endAt?: string;
  /** Each is put off by a part of this, which is the same for the same due time. */
  readonly jitter?: Duration;
  /** The workflow whose runs it starts. */
  readonly type: string;
  /** As a sender gives it: each run parses it. */
  readonly input?: unknown;
  /** Which of its runs' work goes first where work waits; with what their type says. */
  readonly lane?: Lane;
  readonly overlap: ScheduleOverlap;
  /** What was due while the server was away is made up for when that is not longer ago. */
  readonly catchUpWindow: Duration;
  /** Whether it is paused when a run fails or times out. */
  readonly pauseOnFailure: boolean;
  /** In Markdown. */
  readonly description: string;
}

/** A schedule that code declares, made by {@link defineSchedule}. */
export interface Schedule {
  readonly kind: "schedule";
  readonly name: string;
  readonly spec: ScheduleSpec;
}

/** Whether a text can be the id of a schedule that Tenuto makes: with a time after it, it becomes a workflow id. */
export function isScheduleId(id: string): boolean {
  // The path of one with this id would be another one.
  return /^[A-Za-z][A-Za-z0-9._-]{0,127}$/.test(id) && !/^tenuto/i.test(id) && id !== "deploy";
}

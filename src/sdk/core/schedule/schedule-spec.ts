// From what somebody has written of a schedule to what is kept of it. Asked where one is defined, and where one is put.
import { type Duration, durationOf } from "../duration.ts";
import type { ValidationIssue } from "../errors/validation-issue.ts";
import { type Lane, laneIssues } from "../priority.ts";
import { type ScheduleOverlap, scheduleOverlaps, type ScheduleSpec } from "./schedule.ts";
import { type CalendarTime, checkedTime, msOf, type ScheduleTime } from "./schedule-time.ts";

/** A schedule as somebody writes it: what is not given gets its default. */
export interface ScheduleDraft extends Pick<ScheduleSpec, "at" | "type" | "input"> {
  readonly except?: readonly CalendarTime[] | undefined;
  /** @default "UTC" */
  readonly timeZone?: string | undefined;
  readonly startAt?: string | undefined;
  readonly endAt?: string | undefined;
  readonly jitter?: Duration | undefined;
  /** @default the type's, field by field */
  readonly lane?: Lane | undefined;
  /** @default "skip" */
  readonly overlap?: ScheduleOverlap | undefined;
  /** @default "365d" */
  readonly catchUpWindow?: Duration | undefined;
  /** @default false */
  readonly pauseOnFailure?: boolean | undefined;
  /** @default "" */
  readonly description?: string | undefined;
}

/** What is kept, and what is wrong; of one with issues, what is kept can't be used. */
export interface CheckedSpec {
  readonly spec: ScheduleSpec;
  readonly issues: readonly ValidationIssue[];
}

const mostTimes = 50;
const leastCatchUpMs = 10_000;

/** Whether it can be used, but for its type and its input, which only contracts know. */
export function checkedSpec(draft: ScheduleDraft): CheckedSpec {
  const { at, except = [], timeZone = "UTC", overlap = "skip", pauseOnFailure = false, description = "" } = draft;
  const times = at.map((time, index) => checkedTime(time, `/at/${index}`));
  const exceptions = except.map((time, index) => checkedTime(time, `/except/${index}`));
  const startAt = instantOf(draft.startAt);
  const endAt = instantOf(draft.endAt);
  const jitter = checkedDuration(draft.jitter ?? "0s", "/jitter", 0);
  const catchUpWindow = checkedDuration(draft.catchUpWindow ?? "365d", "/catchUpWindow", leastCatchUpMs);
  const issues = [
    ...unless(at.length > 0 && at.length <= mostTimes, "/at", `1 to ${mostTimes} times`),
    ...unless(except.length <= mostTimes, "/except", `At most ${mostTimes}`),
    ...[...times, ...exceptions].flatMap((each) => each.issues),
    ...zoneIssues(timeZone),
    ...unless(draft.startAt === undefined || startAt !== undefined, "/startAt", instant),
    ...unless(draft.endAt === undefined || endAt !== undefined, "/endAt", instant),
    ...unless(!startAt || !endAt || startAt < endAt, "/endAt", "A time after `startAt`"),
    ...jitter.issues,
    ...catchUpWindow.issues,
    ...laneIssues(draft.lane ?? {}),
    ...unless(scheduleOverlaps.includes(overlap), "/overlap", `One of ${scheduleOverlaps.join(", ")}`),
    ...unless(!pauseOnFailure || overlap !== "allowAll", "/pauseOnFailure", unwatched),
    ...unless(description.length <= 10_000, "/description", "10,000 characters at most"),
  ];
  const spec: ScheduleSpec = {
    at: times.map(({ time }) => time),
    ...(except.length > 0 && { except: exceptions.map(({ time }) => time as CalendarTime) }),
    timeZone,
    ...(startAt !== undefined && { startAt }),
    ...(endAt !== undefined && { endAt }),
    ...(jitter.ms > 0 && { jitter: jitter.duration }),
    type: draft.type,
    ...(draft.input !== undefined && { input: draft.input }),
    ...(draft.lane && { lane: draft.lane }),
    overlap,
    catchUpWindow: catchUpWindow.duration,
    pauseOnFailure,
    description,
  };
  return { spec, issues };
}

const instant = "A time with its zone, such as 2026-01-31T09:30:00Z";
const unwatched = "Temporal does not watch runs that `allowAll` starts, so it can't pause on their failure: choose one";

function zoneIssues(timeZone: string): readonly ValidationIssue[] {
  const name = 'A name of the IANA time zone database, such as "Europe/Berlin" or "UTC"';
  const known = zoneNamed(timeZone);
  if (known === undefined) return [{ pointer: "/timeZone", message: name }];
  // The server looks for it as it is written.
  const isMisspelt = known !== timeZone && known.toLowerCase() === timeZone.toLowerCase();
  return unless(!isMisspelt, "/timeZone", `Capitals count: write "${known}"`);
}

function zoneNamed(timeZone: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(timeZone)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function instantOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // The server knows whole seconds only.
  return Number.isNaN(ms) ? undefined : new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
}

function checkedDuration(duration: Duration, pointer: string, leastMs: number) {
  const ms = msOf(duration);
  const least = leastMs === 0 ? "" : `, ${durationOf(leastMs)} at least`;
  const issues = unless(ms !== undefined && ms >= leastMs, pointer, `A number and ms, s, m, h or d${least}`);
  return { ms: ms ?? 0, duration: ms === undefined ? duration : durationOf(ms), issues };
}

function unless(isFine: boolean, pointer: string, message: string): readonly ValidationIssue[] {
  return isFine ? [] : [{ pointer, message }];
}

/** The times that a schedule has, without their zone; code gives it with each of them. */
export type ZonedTime = ScheduleTime & { readonly timeZone?: string };

// When a schedule is due, as Temporal's messages have it. Crons are sent as the calendars that they stand for, with every
// default written out: what is there afterwards then equals what was sent, whatever the server makes of it.
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import {
  areAll,
  type CalendarFieldName,
  calendarFields,
  fieldRules,
  rangesOf,
  valuesOf,
} from "../core/schedule/calendar-field.ts";
import type { ScheduleSpec } from "../core/schedule/schedule.ts";
import {
  calendarOf,
  type CalendarValues,
  calendarValues,
  cronValues,
  type ScheduleTime,
} from "../core/schedule/schedule-time.ts";
import { durationOf, parseDuration } from "../core/duration.ts";
import { timeOf } from "./run-summary.ts";

type SpecMessage = api.api.schedule.v1.IScheduleSpec;
type CalendarMessage = api.api.schedule.v1.IStructuredCalendarSpec;

/** The part of a spec that says when. */
export type ScheduleTimes = Pick<ScheduleSpec, "at" | "except" | "timeZone" | "startAt" | "endAt" | "jitter">;

export function specMessage({ at, except = [], timeZone, startAt, endAt, jitter }: ScheduleTimes): SpecMessage {
  return {
    structuredCalendar: at.flatMap((time) => (time.kind === "every" ? [] : [calendarMessage(time)])),
    interval: at.flatMap((time) => {
      if (time.kind !== "every") return [];
      return [{ interval: msToTs(parseDuration(time.every)), phase: msToTs(parseDuration(time.offset ?? "0s")) }];
    }),
    ...(except.length > 0 && { excludeStructuredCalendar: except.map(calendarMessage) }),
    timezoneName: timeZone,
    ...(startAt !== undefined && { startTime: msToTs(Date.parse(startAt)) }),
    ...(endAt !== undefined && { endTime: msToTs(Date.parse(endAt)) }),
    ...(jitter !== undefined && { jitter: msToTs(parseDuration(jitter)) }),
  };
}

export function timesOf(message: SpecMessage): ScheduleTimes {
  const { structuredCalendar, interval, excludeStructuredCalendar, timezoneName, startTime, endTime, jitter } = message;
  const startAt = timeOf(startTime);
  const endAt = timeOf(endTime);
  const jitterMs = jitter ? tsToMs(jitter) : 0;
  const except = (excludeStructuredCalendar ?? []).map((each) => calendarOf(valuesIn(each)));
  const everies = (interval ?? []).map(({ interval: every, phase }): ScheduleTime => {
    const offsetMs = phase ? tsToMs(phase) : 0;
    return {
      kind: "every",
      every: durationOf(every ? tsToMs(every) : 0),
      ...(offsetMs > 0 && { offset: durationOf(offsetMs) }),
    };
  });
  return {
    at: [...(structuredCalendar ?? []).map(clockTimeOf), ...everies],
    ...(except.length > 0 && { except }),
    timeZone: timezoneName || "UTC",
    ...(startAt !== undefined && { startAt }),
    ...(endAt !== undefined && { endAt }),
    ...(jitterMs > 0 && { jitter: durationOf(jitterMs) }),
  };
}

/** The order in which the server keeps them: clocks, then intervals. */
export function inServersOrder(times: readonly ScheduleTime[]): readonly ScheduleTime[] {
  return [...times.filter(({ kind }) => kind !== "every"), ...times.filter(({ kind }) => kind === "every")];
}

/** A cron is the calendar's comment, as when the server reads a cron itself. */
function calendarMessage(time: Exclude<ScheduleTime, { readonly kind: "every" }>): CalendarMessage {
  const values = time.kind === "cron" ? cronValues(time.cron) : calendarValues(time);
  if (!values) throw new TypeError(`${JSON.stringify(time)} was not checked.`);
  const fields = calendarFields.map((name) => [name, rangesIn(name, values[name])] as const);
  return { ...Object.fromEntries(fields), ...(time.kind === "cron" && { comment: time.cron }) };
}

/** No range at all means every year. */
function rangesIn(name: CalendarFieldName, values: readonly number[]) {
  return name === "year" && areAll(name, values) ? [] : rangesOf(values);
}

/** A comment that says something else than the fields, which somebody has changed, is no cron. */
function clockTimeOf(message: CalendarMessage): ScheduleTime {
  const values = valuesIn(message);
  const cron = message.comment ?? "";
  const meant = cronValues(cron);
  const isCron = meant && calendarFields.every((name) => meant[name].join() === values[name].join());
  return isCron ? { kind: "cron", cron } : calendarOf(values);
}

function valuesIn(message: CalendarMessage): CalendarValues {
  const fields = calendarFields.map((name) => {
    const ranges = (message[name] ?? []).map(({ start, end, step }) => ({
      start: start ?? 0,
      end: Math.max(end ?? 0, start ?? 0),
      step: step || 1,
    }));
    const { least, most } = fieldRules[name];
    const isAny = name === "year" && ranges.length === 0;
    return [name, valuesOf(isAny ? [{ start: least, end: most, step: 1 }] : ranges)] as const;
  });
  return Object.fromEntries(fields) as unknown as CalendarValues;
}

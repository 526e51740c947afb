// When a schedule is due. Times are plain data; what can't be meant by one is told as issues, as of an alert rule.
import { type Duration, durationOf, parseDuration } from "../duration.ts";
import type { ValidationIssue } from "../errors/validation-issue.ts";
import { type CalendarFieldName, calendarFields, fieldRules, fieldText, fieldValues } from "./calendar-field.ts";

/** A value, a text such as `"mon-fri"` or `"0-59/15"`, or several of both. */
export type CalendarField = number | string | readonly (number | string)[];

/** Due by a cron expression of five fields: minute, hour, day of month, month, day of week. */
export interface CronTime {
  readonly kind: "cron";
  readonly cron: string;
}

/** Due when the clock shows what all fields say; fields not given are 0 up to the hour, and any from the day on. */
export interface CalendarTime extends Readonly<Partial<Record<CalendarFieldName, CalendarField>>> {
  readonly kind: "calendar";
}

/** Due again and again after the same time, counted from 1970 on. */
export interface EveryTime {
  readonly kind: "every";
  readonly every: Duration;
  /** Moves all of them. @default none */
  readonly offset?: Duration;
}

/** When a schedule is due. */
export type ScheduleTime = CronTime | CalendarTime | EveryTime;

/** Where clocks show what cron expressions and calendars say. */
export interface ZoneOptions {
  /** A name of the IANA time zone database. @default "UTC" */
  readonly timeZone?: string;
}

/** The values of every field of a calendar. */
export type CalendarValues = Readonly<Record<CalendarFieldName, readonly number[]>>;

type Issues = readonly ValidationIssue[];

/** A time in the one spelling that is kept, and what is wrong with it. */
export function checkedTime(
  time: ScheduleTime,
  pointer: string,
): { readonly time: ScheduleTime; readonly issues: Issues } {
  switch (time.kind) {
    case "cron": {
      const cron = time.cron.trim().replace(/\s+/g, " ");
      return { time: { kind: "cron", cron }, issues: cronIssues(cron, `${pointer}/cron`) };
    }
    case "calendar":
      return checkedCalendar(time, pointer);
    case "every":
      return checkedEvery(time, pointer);
  }
}

/** What a cron expression stands for; `undefined` of one that can't be used. */
export function cronValues(cron: string): CalendarValues | undefined {
  const issues = cronIssues(cron, "");
  if (issues.length > 0) return undefined;
  const fields = expanded(cron).split(" ");
  return calendarValues({
    kind: "calendar",
    ...Object.fromEntries(cronFields.map((name, index) => [name, fields[index] ?? "*"])),
  });
}

/** What a calendar stands for; one that is checked. */
export function calendarValues(calendar: CalendarTime): CalendarValues {
  const values = calendarFields.map((name) => {
    const read = fieldValues(name, textOf(calendar[name]) ?? fieldRules[name].without);
    return [name, typeof read === "string" ? [] : read] as const;
  });
  return Object.fromEntries(values) as unknown as CalendarValues;
}

/** A calendar that stands for these values, in the one spelling that is kept. */
export function calendarOf(values: CalendarValues): CalendarTime {
  const fields = calendarFields
    .map((name) => [name, fieldText(name, values[name])] as const)
    .filter(([name, text]) => text !== fieldRules[name].without);
  return { kind: "calendar", ...Object.fromEntries(fields) };
}

const cronFields = ["minute", "hour", "dayOfMonth", "month", "dayOfWeek"] as const;

const shorthands: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@hourly": "0 * * * *",
};

function expanded(cron: string): string {
  return shorthands[cron] ?? cron;
}

function cronIssues(cron: string, pointer: string): Issues {
  const fields = expanded(cron).split(" ");
  if (fields.length !== cronFields.length) {
    const message =
      "Five fields: minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly, @monthly, @yearly. " +
      "What six mean differs from cron to cron: for seconds or years, use a calendar";
    return [{ pointer, message }];
  }
  const issues = cronFields.flatMap((name, index) => {
    const read = fieldValues(name, fields[index] ?? "");
    return typeof read === "string" ? [{ pointer, message: `Its ${spoken(name)} "${fields[index]}": ${read}` }] : [];
  });
  if (issues.length > 0 || fields[2] === "*" || fields[4] === "*") return issues;
  const message =
    "It limits both the day of the month and the day of the week, which is either of them in some crons and both in " +
    "others. For either, give two; for both, use a calendar";
  return [{ pointer, message }];
}

function spoken(name: CalendarFieldName): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function checkedCalendar(time: CalendarTime, pointer: string) {
  const issues = calendarFields.flatMap((name) => {
    const text = textOf(time[name]);
    const read = text === undefined ? [] : fieldValues(name, text);
    return typeof read === "string" ? [{ pointer: `${pointer}/${name}`, message: read }] : [];
  });
  if (issues.length > 0) return { time, issues };
  if (!calendarFields.some((name) => time[name] !== undefined))
    return { time, issues: [{ pointer, message: `Name one of ${calendarFields.join(", ")} at least` }] };
  return { time: calendarOf(calendarValues(time)), issues: [] };
}

function textOf(field: CalendarField | undefined): string | undefined {
  if (field === undefined) return undefined;
  return typeof field === "object" ? field.join(",") : String(field);
}

function checkedEvery({ every, offset }: EveryTime, pointer: string) {
  const everyMs = msOf(every);
  const offsetMs = offset === undefined ? 0 : msOf(offset);
  const issues = [
    ...unless(everyMs !== undefined && everyMs >= 1_000 && everyMs % 1_000 === 0, `${pointer}/every`, wholeSeconds),
    ...unless(
      offsetMs !== undefined && offsetMs % 1_000 === 0 && offsetMs < (everyMs ?? Infinity),
      `${pointer}/offset`,
      "A number and s, m, h or d, in whole seconds, shorter than `every`",
    ),
  ];
  const time: EveryTime = {
    kind: "every",
    every: everyMs === undefined ? every : durationOf(everyMs),
    ...(offsetMs !== undefined && offsetMs > 0 && { offset: durationOf(offsetMs) }),
  };
  return { time, issues };
}

const wholeSeconds = "A number and s, m, h or d, in whole seconds, such as 30s, 5m or 1h";

/** Milliseconds of a duration that somebody may have written; `undefined` when it is none. */
export function msOf(text: string): number | undefined {
  try {
    return parseDuration(text as Duration);
  } catch {
    return undefined;
  }
}

function unless(isFine: boolean, pointer: string, message: string): Issues {
  return isFine ? [] : [{ pointer, message }];
}

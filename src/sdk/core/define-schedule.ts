import type { z } from "zod";
import { assertName } from "./definition-name.ts";
import type { WorkflowContract } from "./define-workflow.ts";
import type { Duration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import type { ValidationIssue } from "./errors/validation-issue.ts";
import type { CalendarFieldName } from "./schedule/calendar-field.ts";
import { type Lane, laneOfStart } from "./priority.ts";
import { isScheduleId, type Schedule, type ScheduleOverlap } from "./schedule/schedule.ts";
import { checkedSpec, type ZonedTime } from "./schedule/schedule-spec.ts";
import {
  type CalendarField,
  type CalendarTime,
  checkedTime,
  type CronTime,
  type EveryTime,
  type ScheduleTime,
  type ZoneOptions,
} from "./schedule/schedule-time.ts";

/** A schedule as code says it. */
export interface ScheduleDefinition<Contract extends WorkflowContract> {
  /** When runs are due: {@link cron}, {@link calendar} or {@link every}; any of several. */
  readonly at: ZonedTime | readonly ZonedTime[];
  /** When none are: {@link calendar}. @default none */
  readonly except?: readonly (CalendarTime & ZoneOptions)[];
  /** Whose runs it starts. */
  readonly start: Contract;
  /** What they are started with; parsed when the schedule is deployed, and by each run. */
  readonly input: z.input<Contract["input"]>;
  /** Which of its runs' work goes first where work waits. @default that of their type, field by field */
  readonly lane?: Lane;
  /** What is done when a run is due and the one before has not ended. @default "skip" */
  readonly overlap?: ScheduleOverlap;
  /** What was due while the server was away is made up for when that is not longer ago; 10 s at least. @default "365d" */
  readonly catchUpWindow?: Duration;
  /** Whether it is paused when a run fails or times out. @default false */
  readonly pauseOnFailure?: boolean;
  /** Each due time is put off by a part of this, which is the same for the same due time. @default none */
  readonly jitter?: Duration;
  /** Nothing is due before: RFC 3339. @default at once */
  readonly startAt?: string;
  /** Nothing is due after: RFC 3339. @default never */
  readonly endAt?: string;
  /** What it is for, in Markdown. */
  readonly description?: string;
}

/**
 * Describes when runs of a workflow are started; the app lists it in `schedules`, and a worker that starts brings it to
 * the server. Its runs have the workflow ids `{name}-{due time}`.
 *
 * @throws `InvalidDefinition` when its name, a time, a time zone, a duration or a lane can't be used.
 * @example
 * ```ts
 * const nightly = defineSchedule("nightly", {
 *   at: cron("0 3 * * *", { timeZone: "Europe/Berlin" }),
 *   start: fulfillOrderContract,
 *   input: order,
 *   overlap: "bufferOne",
 * });
 * ```
 */
export function defineSchedule<Contract extends WorkflowContract>(
  name: string,
  definition: ScheduleDefinition<Contract>,
): Schedule {
  assertName(name, "The name of a schedule");
  if (!isScheduleId(name))
    throw unusable("The name of a schedule", name, 'Give at most 128 characters, and not "deploy".');
  const { at, except = [], start, ...rest } = definition;
  const times = "kind" in at ? [at] : at;
  const { spec, issues } = checkedSpec({
    ...rest,
    at: times.map(bare),
    ...(except.length > 0 && { except: except.map((time) => bare(time) as CalendarTime) }),
    timeZone: zoneOf(name, [...times, ...except]),
    type: start.name,
  });
  const [issue] = issues;
  if (issue)
    throw unusable(`Schedule "${name}", at ${issue.pointer},`, valueAt(definition, issue), `${issue.message}.`);
  const lane = laneOf(definition);
  return { kind: "schedule", name, spec: { ...spec, ...(lane && { lane }) } };
}

/**
 * Due by a cron expression of five fields: minute, hour, day of month, month, day of week; or `@hourly`, `@daily`,
 * `@weekly`, `@monthly`, `@yearly`. On a day whose clock skips the time it is not due, and twice where the clock shows it
 * twice.
 *
 * @throws `InvalidDefinition` when it can't be used.
 * @example cron("0 3 * * mon-fri", { timeZone: "Europe/Berlin" })
 */
export function cron(expression: string, { timeZone }: ZoneOptions = {}): CronTime & ZoneOptions {
  return { ...usable<CronTime>({ kind: "cron", cron: expression }), ...(timeZone !== undefined && { timeZone }) };
}

/** What a {@link calendar} says. */
export interface CalendarOptions extends ZoneOptions, Readonly<Partial<Record<CalendarFieldName, CalendarField>>> {}

/**
 * Due when the clock shows what all fields say, to the second; not given, they are 0 up to the hour, and any from the day on.
 *
 * @throws `InvalidDefinition` when it can't be used.
 * @example calendar({ hour: [9, 17], dayOfWeek: "mon-fri", timeZone: "America/New_York" })
 */
export function calendar({ timeZone, ...fields }: CalendarOptions): CalendarTime & ZoneOptions {
  return { ...usable<CalendarTime>({ kind: "calendar", ...fields }), ...(timeZone !== undefined && { timeZone }) };
}

/**
 * Due again and again after the same time, counted from 1970 on: every hour is due at the full hour, in UTC.
 *
 * @throws `InvalidDefinition` when it can't be used.
 * @example every("1h", { offset: "5m" })
 */
export function every(interval: Duration, { offset }: { readonly offset?: Duration } = {}): EveryTime {
  return usable<EveryTime>({ kind: "every", every: interval, ...(offset !== undefined && { offset }) });
}

function usable<Time extends ScheduleTime>(time: Time): Time {
  const checked = checkedTime(time, "");
  const [issue] = checked.issues;
  if (!issue) return checked.time as Time;
  const what = { cron: "A cron expression", calendar: "A calendar", every: "An interval" }[time.kind];
  throw unusable(what, time.kind === "cron" ? time.cron : withoutKind(time), `${issue.message}.`);
}

function withoutKind({ kind: _, ...rest }: ScheduleTime): object {
  return rest;
}

/** With what the type says; an input that it can't be known of is told when the schedule is deployed. */
function laneOf<Contract extends WorkflowContract>({ start, input, lane }: ScheduleDefinition<Contract>) {
  try {
    return laneOfStart(lane, start.lane, { input: start.lane && start.input.parse(input) });
  } catch {
    return lane;
  }
}

function bare(time: ZonedTime): ScheduleTime {
  const { timeZone: _, ...rest } = time;
  return rest;
}

/** Temporal reads all clocks of a schedule in one zone. */
function zoneOf(name: string, times: readonly ZonedTime[]): string {
  const clocks = times.filter(({ kind }) => kind !== "every");
  const zones = [...new Set(clocks.map(({ timeZone = "UTC" }) => timeZone))];
  const [zone = "UTC", other] = zones;
  if (other === undefined) return zone;
  throw unusable(`Schedule "${name}"`, `the time zones ${zones.join(" and ")}`, "Make a schedule for each of them.");
}

function valueAt(definition: object, { pointer }: ValidationIssue): unknown {
  const path = pointer.slice(1).split("/");
  return path.reduce<unknown>((value, part) => {
    const known = value as Readonly<Record<string, unknown>> | undefined;
    // One time need not be in a list; and the zone is given with a time.
    if (part === "timeZone") return zonesOf(definition);
    return known && "kind" in known && /^\d+$/.test(part) ? known : known?.[part];
  }, definition);
}

function zonesOf(definition: object): string {
  const { at } = definition as { readonly at: ZonedTime | readonly ZonedTime[] };
  return ("kind" in at ? [at] : at).map(({ timeZone }) => timeZone).join(" and ");
}

function unusable(what: string, got: unknown, remedy: string): InvalidDefinition {
  return new InvalidDefinition({ what, got, remedy });
}

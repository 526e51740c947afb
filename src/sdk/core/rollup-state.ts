// One day of one type of runs: what closed in each of its minutes, and later in each of its hours. A minute is what was read
// of it last, never added to, so reading it again counts nothing twice. Visibility only ever tells more of a minute that is
// over, until its runs are deleted: of two readings the one with more runs is right, in whatever order they come.
import type { TimeSpan } from "./metrics-window.ts";
import { closedIn, type RunTotals, sumOf } from "./run-totals.ts";

/** The runs of one minute of the day, from 0 to 1,439. */
export interface MinuteReading {
  readonly minute: number;
  readonly totals: RunTotals;
}

/** The runs of an hour, by minute of the day for as long as those are kept. */
export type HourTotals = { readonly minutes: Readonly<Record<string, RunTotals>> } | { readonly total: RunTotals };

/** By hour of the day, from 0 to 23; hours of none are left out. */
export type DayTotals = Readonly<Record<string, HourTotals>>;

/** The day with what was read of it; the same day when that tells nothing new. */
export function withReadings(day: DayTotals, readings: readonly MinuteReading[]): DayTotals {
  return readings.reduce(withReading, day);
}

function withReading(day: DayTotals, { minute, totals }: MinuteReading): DayTotals {
  const hour = String(Math.floor(minute / 60));
  const known = day[hour] ?? { minutes: {} };
  // Nothing is read again by then but what would be counted twice.
  if ("total" in known) return day;
  const before = known.minutes[minute];
  if (closedIn(totals) <= (before ? closedIn(before) : 0)) return day;
  return { ...day, [hour]: { minutes: { ...known.minutes, [minute]: totals } } };
}

/** The day without its minutes. */
export function inHours(day: DayTotals): DayTotals {
  return Object.fromEntries(Object.entries(day).map(([hour, totals]) => [hour, { total: totalOf(totals) }]));
}

export function totalOf(hour: HourTotals): RunTotals {
  return "total" in hour ? hour.total : sumOf(Object.values(hour.minutes));
}

/** What closed from a time up to another one, part by part; of hours that have no minutes any more, those that begin in it. */
export function* totalsWithin(
  day: DayTotals,
  { dayStartMs, fromMs, toMs }: TimeSpan & { readonly dayStartMs: number },
): Generator<{ readonly atMs: number; readonly totals: RunTotals }> {
  for (const [hour, kept] of Object.entries(day)) {
    const hourMs = dayStartMs + Number(hour) * 3_600_000;
    if (hourMs >= toMs || hourMs + 3_600_000 <= fromMs) continue;
    const parts =
      "total" in kept
        ? [{ atMs: hourMs, totals: kept.total }]
        : Object.entries(kept.minutes).map(([minute, totals]) => ({
            atMs: dayStartMs + Number(minute) * 60_000,
            totals,
          }));
    for (const part of parts) if (part.atMs >= fromMs && part.atMs < toMs) yield part;
  }
}

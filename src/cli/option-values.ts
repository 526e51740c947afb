// What options take, read from text.
import { InvalidArgumentError } from "commander";
import { type Duration, parseDuration } from "tenuto";

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Items a second, as the API takes them. */
export function rateOption(text: string): number {
  const value = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0.1 && value <= 100) return value;
  throw new InvalidArgumentError("Give a number from 0.1 to 100.");
}

/** A limit in a second; `none` is no limit. */
export function limitOption(text: string): number | "none" {
  if (text === "none") return text;
  const value = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 100_000) return value;
  throw new InvalidArgumentError("Give a number from 0 to 100000, or none.");
}

/** A time, or how long ago it was, as the API takes it. */
export function timeOption(text: string): string {
  if (/^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text)) return isoTime(Date.now() - parseDuration(text as Duration));
  // Without a zone a date would be that of this machine, or of UTC, depending on its form.
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (isDate || /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) return isoTime(Date.parse(text));
  throw new InvalidArgumentError(howToGiveTime);
}

const howToGiveTime =
  "Give a time such as 2026-01-31T09:30:00Z, a day such as 2026-01-31 (in UTC), or 2h for two hours ago.";

function isoTime(ms: number): string {
  if (!Number.isNaN(ms) && Math.abs(ms) < 8.64e15) return new Date(ms).toISOString();
  throw new InvalidArgumentError(howToGiveTime);
}

/** An id that can stand in a path; a dot would lead elsewhere. */
export function idArgument(text: string): string {
  if (text !== "" && text !== "." && text !== "..") return text;
  throw new InvalidArgumentError("Give an id as the list shows it.");
}

/** Several ids, each once. */
export function idArguments(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...new Set([...(before ?? []), idArgument(text)])];
}

/** A text that says something. */
export function textOption(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("Give a text.");
}

// One field of a calendar, such as "mon-fri" or "*/15": read as the values that it stands for, and written so again.

/** The fields of a calendar, the largest last. */
export const calendarFields = ["second", "minute", "hour", "dayOfMonth", "month", "year", "dayOfWeek"] as const;

export type CalendarFieldName = (typeof calendarFields)[number];

/** Values from `start` to `end`, both included, `step` apart. */
export interface FieldRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface FieldRules {
  readonly least: number;
  readonly most: number;
  /** What a calendar that does not name the field has. */
  readonly without: string;
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const longNames =
  "sunday monday tuesday wednesday thursday friday saturday january february march april june july august september october november december";

/** Of the server: without the small units a calendar means the first of them, without the large ones all. */
export const fieldRules: Readonly<Record<CalendarFieldName, FieldRules>> = {
  second: { least: 0, most: 59, without: "0" },
  minute: { least: 0, most: 59, without: "0" },
  hour: { least: 0, most: 23, without: "0" },
  dayOfMonth: { least: 1, most: 31, without: "*" },
  month: { least: 1, most: 12, without: "*", names: months },
  year: { least: 2000, most: 2100, without: "*" },
  dayOfWeek: { least: 0, most: 6, without: "*", names: days },
};

/** The values that a field stands for, in order; or what is wrong with it. */
export function fieldValues(name: CalendarFieldName, text: string): readonly number[] | string {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const range = rangeOf(name, part.trim());
    if (typeof range === "string") return range;
    // A week ends with the Sunday that it begins with.
    for (let value = range.start; value <= range.end; value += range.step)
      values.add(name === "dayOfWeek" ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b);
}

/** A field in the shortest usual spelling. */
export function fieldText(name: CalendarFieldName, values: readonly number[]): string {
  const { least, most } = fieldRules[name];
  return rangesOf(values)
    .map(({ start, end, step }) => {
      const isWhole = start === least && end + step > most;
      if (isWhole) return step === 1 ? "*" : `*/${step}`;
      if (start === end) return nameOf(name, start);
      return `${nameOf(name, start)}-${nameOf(name, end)}${step === 1 ? "" : `/${step}`}`;
    })
    .join(",");
}

/** The fewest ranges that have exactly these values, which are in order. */
export function rangesOf(values: readonly number[]): readonly FieldRange[] {
  const [first, second, third] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return [];
  const step = second === undefined ? 1 : second - first;
  const isEven = third !== undefined && values.every((value, index) => value === first + index * step);
  if (isEven) return [{ start: first, end: last, step }];
  const ranges: FieldRange[] = [];
  for (const value of values) {
    const before = ranges.at(-1);
    if (before && value === before.end + 1) ranges[ranges.length - 1] = { ...before, end: value };
    else ranges.push({ start: value, end: value, step: 1 });
  }
  return ranges;
}

/** The values of ranges, in order. */
export function valuesOf(ranges: readonly FieldRange[]): readonly number[] {
  const values = new Set<number>();
  for (const { start, end, step } of ranges) for (let value = start; value <= end; value += step) values.add(value);
  return [...values].sort((a, b) => a - b);
}

/** Whether values are all that a field can have. */
export function areAll(name: CalendarFieldName, values: readonly number[]): boolean {
  const { least, most } = fieldRules[name];
  return values.length === most - least + 1;
}

function rangeOf(name: CalendarFieldName, part: string): FieldRange | string {
  const [, from = "", to, step] = /^([a-z0-9]+|\*)(?:-([a-z0-9]+))?(?:\/(\d{1,4}))?$/i.exec(part) ?? [];
  const { least, most } = fieldRules[name];
  const usual = `Write values from ${least} to ${most}${fieldRules[name].names ? ` or names such as ${fieldRules[name].names.slice(0, 2).join(", ")}` : ""}, as in "${nameOf(name, least)}", "${nameOf(name, least)}-${nameOf(name, least + 2)}", "*/2" or a list of those`;
  const isStar = from === "*";
  if (from === "" || (isStar && to !== undefined)) return usual;
  if (step !== undefined && Number(step) < 1) return usual;
  const start = isStar ? least : valueOf(name, from);
  const single = step === undefined ? start : most;
  const end = isStar ? most : to === undefined ? single : valueOf(name, to);
  if (start === undefined || end === undefined || end < start) return usual;
  return { start, end, step: step === undefined ? 1 : Number(step) };
}

function valueOf(name: CalendarFieldName, text: string): number | undefined {
  const { least, most, names } = fieldRules[name];
  const lower = text.toLowerCase();
  const short = lower.slice(0, 3);
  const named = names?.indexOf(short) ?? -1;
  if (named >= 0 && (lower.length === 3 || longNames.split(" ").includes(lower))) return named + least;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  // Sunday is 7 as well.
  return value >= least && value <= (name === "dayOfWeek" ? 7 : most) ? value : undefined;
}

function nameOf(name: CalendarFieldName, value: number): string {
  const { names, least } = fieldRules[name];
  return names?.[value - least] ?? String(value);
}

import type { Answer } from "./kept-answers.ts";
import type { OpenItems } from "./open-work.ts";

/** What waits for people, by how long. */
export interface OpenByAge {
  /** RFC 3339. */
  readonly asOf: string;
  readonly open: number;
  /** Less than an hour, a day, a week; and longer. */
  readonly byAge: { readonly hour: number; readonly day: number; readonly week: number; readonly older: number };
  /** Since when the oldest waits. */
  readonly oldestAt?: string;
}

const hourMs = 3_600_000;
const below = [
  ["hour", hourMs],
  ["day", 24 * hourMs],
  ["week", 7 * 24 * hourMs],
  ["older", Infinity],
] as const;

/** Those of a type, or all. */
export function openByAge(
  { value, atMs }: Answer<OpenItems>,
  type: string | undefined,
): OpenByAge & { readonly overdue: number } {
  const items = value.items.filter((item) => type === undefined || item.type === type);
  const byAge = { hour: 0, day: 0, week: 0, older: 0 };
  for (const { since } of items) {
    const ageMs = atMs - Date.parse(since);
    const [age = "older"] = below.find(([, limitMs]) => ageMs < limitMs) ?? [];
    byAge[age] += 1;
  }
  const [oldestAt] = items.map(({ since }) => since).toSorted();
  return {
    asOf: new Date(atMs).toISOString(),
    open: items.length,
    overdue: items.filter(({ isOverdue }) => isOverdue).length,
    byAge,
    ...(oldestAt !== undefined && { oldestAt }),
  };
}

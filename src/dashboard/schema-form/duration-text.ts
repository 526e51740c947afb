// Where the API takes milliseconds, people write durations as definitions have them.
import { type Issue, Problem } from "../http/problem.ts";
import type { JsonSchema } from "./json-schema.ts";

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const written = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A place for a duration. */
export function durationSchema(title: string, initial?: string): JsonSchema {
  const description = "Such as 30s, 10m, 2h or 1d.";
  return { type: "string", title, description, minLength: 1, ...(initial !== undefined && { default: initial }) };
}

/** Members whose names end with `Ms`, at any depth, as durations in the largest unit that is a whole number. */
export function withDurations(value: unknown): unknown {
  return mapped(value, "", (member) => (typeof member === "number" ? durationText(member) : member));
}

/**
 * The opposite: as the API takes them.
 *
 * @throws {@link Problem} that tells of each that can't be read.
 */
export function withMilliseconds(value: unknown): unknown {
  const issues: Issue[] = [];
  const sent = mapped(value, "", (member, pointer) => {
    if (typeof member !== "string") return member;
    const [, amount, unit] = written.exec(member.trim()) ?? [];
    if (unit !== undefined) return Math.round(Number(amount) * unitMs[unit as keyof typeof unitMs]);
    issues.push({ pointer, message: "A number and a unit, such as 30s, 10m, 2h or 1d" });
    return member;
  });
  if (issues.length === 0) return sent;
  throw new Problem({ code: "NO_DURATION", status: 0, detail: "See what is marked above.", errors: issues });
}

function durationText(ms: number): string {
  const [unit, size] = Object.entries(unitMs).findLast(([, each]) => ms > 0 && ms % each === 0) ?? ["s", unitMs.s];
  return `${ms / size}${unit}`;
}

function mapped(value: unknown, pointer: string, change: (member: unknown, pointer: string) => unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const at = `${pointer}/${name}`;
      return [name, name.endsWith("Ms") ? change(member, at) : mapped(member, at, change)];
    }),
  );
}

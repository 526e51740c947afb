import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** A length of time: a number and its unit, such as `"500ms"`, `"10s"`, `"2m"`, `"1.5h"` or `"2d"`. */
export type Duration = `${number}${keyof typeof unitMs}`;

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A hundred years: longer means never, which no definition may mean. */
const longestMs = 36_500 * unitMs.d;

/**
 * Milliseconds of a {@link Duration}, a whole number; `what` names the duration in the error.
 *
 * @throws {@link InvalidDefinition} when it is not a number followed by ms, s, m, h or d, or over a hundred years.
 * @example parseDuration("1.5s") // 1500
 */
export function parseDuration(duration: Duration, what = "A duration"): number {
  const [, amount, unit] = pattern.exec(duration) ?? [];
  const ms = Math.round(Number(amount) * unitMs[unit as keyof typeof unitMs]);
  if (ms <= longestMs) return ms;
  throw new InvalidDefinition({
    what,
    got: duration,
    remedy: 'Write a number and a unit: "500ms", "10s", "2m", "1h" or "2d", 36500d at most.',
  });
}

/** So many milliseconds, in the largest unit of which they are a whole number. */
export function durationOf(ms: number): Duration {
  const [unit, size] = Object.entries(unitMs).findLast(([, size]) => ms > 0 && ms % size === 0) ?? ["s", unitMs.s];
  return `${ms / size}${unit as keyof typeof unitMs}`;
}

/**
 * Milliseconds of a {@link Duration} that may not be zero.
 *
 * @throws {@link InvalidDefinition} as {@link parseDuration} does, and below a millisecond.
 */
export function parsePositiveDuration(duration: Duration, what: string): number {
  const ms = parseDuration(duration, what);
  if (ms > 0) return ms;
  throw new InvalidDefinition({ what, got: duration, remedy: "Give a millisecond at least." });
}

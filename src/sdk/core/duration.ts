import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** A length of time: a number and its unit, such as `"500ms"`, `"10s"`, `"2m"`, `"1.5h"` or `"2d"`. */
export type Duration = `${number}${keyof typeof unitMs}`;

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/**
 * Milliseconds of a {@link Duration}, a whole number.
 *
 * @throws {@link InvalidDefinition} when it is not a number followed by ms, s, m, h or d.
 * @example parseDuration("1.5s") // 1500
 */
export function parseDuration(duration: Duration): number {
  const [, amount, unit] = pattern.exec(duration) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new InvalidDefinition({
      what: "A duration",
      got: duration,
      remedy: 'Write a number and a unit: "500ms", "10s", "2m", "1h" or "2d".',
    });
  }
  return Math.round(Number(amount) * unitMs[unit as keyof typeof unitMs]);
}

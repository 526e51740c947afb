import { arch, availableParallelism, cpus, platform } from "node:os";

/** What a benchmark found out. */
export interface Report {
  readonly bench: string;
  /** By `ours/theirs`. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, unknown>>;
  /** What a ratio may be at most; above it the benchmark fails. */
  readonly bounds: Readonly<Record<string, number>>;
}

/** Prints what was found out, as one line of JSON at the end, and fails the process when a bound is broken. */
export function printReport({ bench, ratios, figures, bounds }: Report): void {
  for (const [name, bound] of Object.entries(bounds)) {
    const ratio = ratios[name] ?? NaN;
    if (ratio <= bound) continue;
    console.error(`The benchmark ${JSON.stringify(bench)} fails: ${name} is ${ratio}, and may be at most ${bound}.`);
    process.exitCode = 1;
  }
  console.log(JSON.stringify({ bench, ratios, figures: { ...figures, bounds }, machine: machine() }));
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Rounds to that many digits after the point. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function machine(): Readonly<Record<string, string | number>> {
  return {
    cpus: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? "unknown",
    node: process.version,
    platform: `${platform()} ${arch()}`,
  };
}

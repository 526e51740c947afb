/** What half of the samples, and all but one in twenty, do not exceed, in whole units. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** Those of samples in any order; 0 where there are none. */
export function percentilesOf(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

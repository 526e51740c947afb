/**
 * Counts of durations by bucket: bucket `i` holds those above `2^((i-1)/8)` and up to `2^(i/8)` milliseconds, so a bucket is
 * 9 % wide; bucket 0 holds what took a millisecond or less. These are the positive buckets of OpenTelemetry's exponential
 * histogram at scale 3 (https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram). Two are added
 * bucket by bucket, and the sum is what all their durations together would have given.
 */
export type DurationHistogram = Readonly<Record<string, number>>;

const bucketsPerDoubling = 8;

/** Where a percentile is: above one bound and up to another, in milliseconds. */
export interface DurationRange {
  readonly aboveMs: number;
  readonly upToMs: number;
}

export function withDuration(histogram: DurationHistogram, durationMs: number): DurationHistogram {
  const bucket = durationMs <= 1 ? 0 : Math.ceil(Math.log2(durationMs) * bucketsPerDoubling);
  return { ...histogram, [bucket]: (histogram[bucket] ?? 0) + 1 };
}

/**
 * The bucket of the duration that a share of all, from 0 to 1, does not exceed, by nearest rank; `undefined` of none.
 *
 * @see https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
 */
export function percentileOf(histogram: DurationHistogram, share: number): DurationRange | undefined {
  const buckets = Object.keys(histogram)
    .map(Number)
    .toSorted((a, b) => a - b);
  const total = buckets.reduce((sum, bucket) => sum + (histogram[bucket] ?? 0), 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let counted = 0;
  for (const bucket of buckets) {
    counted += histogram[bucket] ?? 0;
    if (counted >= rank) return { aboveMs: bucket === 0 ? 0 : boundOf(bucket - 1), upToMs: boundOf(bucket) };
  }
  return undefined;
}

function boundOf(bucket: number): number {
  return 2 ** (bucket / bucketsPerDoubling);
}

// When something that has happened was so, by the times at which it happened: what a rule would have raised.

/** A time in milliseconds since the epoch, and whether what ended then had failed. */
export interface RunEnd {
  readonly atMs: number;
  readonly isFailed: boolean;
}

/** At which times there began to be as many as `count` within a window; the times are in order. */
export function crowdedAt(timesMs: readonly number[], { count, windowMs }: { count: number; windowMs: number }) {
  const begun: number[] = [];
  let untilMs = -Infinity;
  timesMs.forEach((atMs, index) => {
    const first = timesMs[index - count + 1];
    if (first === undefined || atMs - first > windowMs) return;
    if (atMs > untilMs) begun.push(atMs);
    untilMs = first + windowMs;
  });
  return begun as readonly number[];
}

/** What a rate is held against. */
export interface RateLimit {
  readonly abovePercent: number;
  readonly minRuns: number;
  readonly windowMs: number;
}

/** At which ends of a run the rate of a window began to be too high, and what it was; the ends are in order. */
export function tooHighAt(ends: readonly RunEnd[], { abovePercent, minRuns, windowMs }: RateLimit) {
  const begun: { readonly atMs: number; readonly runs: number; readonly failed: number; readonly percent: number }[] =
    [];
  let isHigh = false;
  let first = 0;
  let failed = 0;
  ends.forEach(({ atMs, isFailed }, index) => {
    failed += Number(isFailed);
    for (let end = ends[first]; end && end.atMs < atMs - windowMs; end = ends[++first]) failed -= Number(end.isFailed);
    const runs = index - first + 1;
    const percent = (100 * failed) / runs;
    const was = isHigh;
    isHigh = runs >= minRuns && percent > abovePercent;
    if (isHigh && !was) begun.push({ atMs, runs, failed, percent });
  });
  return begun as readonly (typeof begun)[number][];
}

/** From when to when something was so. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** At which times there began to be any, after there were none. */
export function anyAt(spans: readonly Span[]): readonly number[] {
  const begun: number[] = [];
  let untilMs = -Infinity;
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    if (span.untilMs <= span.fromMs) continue;
    if (span.fromMs > untilMs) begun.push(span.fromMs);
    untilMs = Math.max(untilMs, span.untilMs);
  }
  return begun;
}

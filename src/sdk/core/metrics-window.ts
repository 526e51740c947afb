// The times that numbers are told of. A window begins where one of its parts does, so that the parts add up to the whole.

/** Every {@link MetricsWindow}. */
export const metricsWindows = ["1h", "24h", "7d", "30d"] as const;

/** How far numbers go back. */
export type MetricsWindow = (typeof metricsWindows)[number];

/** From a time up to another one, which is not in it; milliseconds since the epoch. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A window at a moment. */
export interface WindowAt extends TimeSpan {
  /** How long each part is, in milliseconds. */
  readonly stepMs: number;
  /** When each part begins, oldest first; the last one is not over. */
  readonly starts: readonly number[];
  /** The period before, as long. */
  readonly before: TimeSpan;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Rollups have hours only of what is some days old: parts of long windows are whole hours. */
const sizes: Readonly<Record<MetricsWindow, { readonly lengthMs: number; readonly stepMs: number }>> = {
  "1h": { lengthMs: hourMs, stepMs: minuteMs },
  "24h": { lengthMs: dayMs, stepMs: 15 * minuteMs },
  "7d": { lengthMs: 7 * dayMs, stepMs: hourMs },
  "30d": { lengthMs: 30 * dayMs, stepMs: 6 * hourMs },
};

/** The part that has `nowMs` is the last one of a window. */
export function windowAt(window: MetricsWindow, nowMs: number): WindowAt {
  const { lengthMs, stepMs } = sizes[window];
  const fromMs = Math.floor(nowMs / stepMs) * stepMs + stepMs - lengthMs;
  return {
    ...{ fromMs, toMs: nowMs, stepMs },
    starts: Array.from({ length: lengthMs / stepMs }, (_, part) => fromMs + part * stepMs),
    before: { fromMs: fromMs - lengthMs, toMs: fromMs },
  };
}

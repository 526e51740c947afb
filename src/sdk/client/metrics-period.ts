import type { TimeSpan } from "../core/metrics-window.ts";
import { isoOf } from "../core/iso-of.ts";

/** Some time, RFC 3339. */
export interface MetricsPeriod {
  readonly from: string;
  readonly to: string;
}

export function periodOf({ fromMs, toMs }: TimeSpan): MetricsPeriod {
  return { from: isoOf(fromMs), to: isoOf(toMs) };
}

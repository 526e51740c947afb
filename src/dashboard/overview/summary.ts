// What `GET /v1/metrics/summary` answers, and the stream sends.
import type { MetricsSummary, MetricsWindow, StepMetrics } from "tenuto/client";

export const windows = ["1h", "24h", "7d", "30d"] as const satisfies readonly MetricsWindow[];

/** The client's, and the numbers of steps, which the API has from elsewhere. */
export interface WholeSummary extends MetricsSummary {
  readonly steps: StepMetrics;
}

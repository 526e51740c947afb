import { createPrometheusStepMetrics, scrapeStepMetrics } from "tenuto/api";
import type { StepMetricsSource } from "tenuto/client";
import type { Environment } from "./environment.ts";

/** Where the API has numbers of steps from: Prometheus when there is one, or else the workers, until the signal fires. */
export function stepMetricsOf(
  { prometheusUrl, workerUrls }: Environment,
  { namespace, signal }: { readonly namespace: string; readonly signal: AbortSignal },
): StepMetricsSource {
  if (prometheusUrl !== undefined) return createPrometheusStepMetrics({ url: prometheusUrl, namespace });
  return scrapeStepMetrics({ workers: workerUrls, namespace, signal });
}

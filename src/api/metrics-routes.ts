// The dashboard's numbers: at a glance, over time, and as they change.
import { EventStream } from "./answers.ts";
import { streamMetrics, summary, timeseries } from "./handlers/metrics.ts";
import { MetricsQuery, MetricsStreamQuery, SummaryAnswer, TimeseriesAnswer } from "./metrics-schemas.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal } from "./route-problems.ts";
import { Nothing } from "./schemas.ts";

export const metricsRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/metrics/summary",
    role: "viewer",
    operationId: "getMetricsSummary",
    summary: "Tells what has closed within a window, beside the period before, and what is open",
    answers: { 200: { description: "The numbers.", schema: SummaryAnswer } },
    problems: ofTemporal,
    params: Nothing,
    query: MetricsQuery,
    handler: summary,
  }),
  route({
    method: "get",
    path: "/v1/metrics/timeseries",
    role: "viewer",
    operationId: "getMetricsTimeseries",
    summary: "Tells what has closed within a window, part by part",
    answers: { 200: { description: "The numbers.", schema: TimeseriesAnswer } },
    problems: ofTemporal,
    params: Nothing,
    query: MetricsQuery,
    handler: timeseries,
  }),
  route({
    method: "get",
    path: "/v1/metrics/stream",
    role: "viewer",
    operationId: "streamMetrics",
    summary: "Streams runs that start and close, and the summary as it changes",
    answers: {
      200: {
        description:
          "Server-sent events without an end: `runs` with `items` as of `listRuns`, `summary` as of `getMetricsSummary`, " +
          "and `live`, which says whether changes can be seen at the moment.",
        schema: EventStream,
        contentType: "text/event-stream",
      },
    },
    problems: ["TOO_MANY_STREAMS"],
    params: Nothing,
    query: MetricsStreamQuery,
    handler: streamMetrics,
  }),
];

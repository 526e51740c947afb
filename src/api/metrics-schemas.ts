// The dashboard's numbers, as they are answered.
import { eventSourceStates, errorGroupStatuses } from "tenuto";
import type {
  ComparedNumbers,
  MetricsPoint,
  MetricsSummary,
  MetricsTimeseries,
  MissingPoint,
  OpenByAge,
  OpenRuns,
  QueueMetrics,
  RunNumbers,
  SlaNumbers,
  SourceMetrics,
  StepMetrics,
  TopErrorGroup,
  TypeMetrics,
} from "tenuto/client";
import { metricsWindows, runStatuses } from "tenuto/client";
import { z } from "zod";
import { count, type Shape, time } from "./answer-parts.ts";
import { text } from "./schemas.ts";

const window = z.enum(metricsWindows, { error: `One of ${metricsWindows.join(", ")}` }).default("24h");
const type = text.min(1, "The name of a workflow type").max(255).optional();

export const MetricsQuery = z.strictObject({ window, type });
export const MetricsStreamQuery = z.strictObject({
  window,
  type,
  status: z
    .enum(runStatuses, { error: `One of ${runStatuses.join(", ")}` })
    .optional()
    .describe("Only runs that are so now"),
});

const share = z.number().min(0).max(1).nullable();
const ms = z.number().min(0).nullable();
const period = z.object({ from: time, to: time });
const leavesOut = z.array(z.string()).describe("Sentences for people: what these numbers don't include");
const closed = { closed: count, completed: count, failed: count, canceled: count, terminated: count, timedOut: count };

const Numbers = z
  .object({
    ...closed,
    perHour: z.number().min(0).describe("Runs that completed, in an hour"),
    failureRate: share.describe("The share of those that closed which failed or timed out"),
    averageMs: ms.describe("From the first start to the end, of runs that completed"),
    p50Ms: ms.describe("The upper end of its bucket, which is 9 % wide, as all percentiles"),
    ...{ p95Ms: ms, p99Ms: ms, longestMs: ms },
    sla: z
      .object({
        targetMs: z.number().optional().describe("Absent where several types are added up"),
        ...{ judged: count, inTime: count, late: count },
      } satisfies Shape<SlaNumbers>)
      .optional(),
    metrics: z.record(z.string(), z.object({ count, sum: z.number() })).describe("What the runs recorded, by name"),
  } satisfies Shape<RunNumbers>)
  .meta({ id: "RunNumbers", description: "Runs that closed within some time" });

const compared = { now: Numbers, before: Numbers } satisfies Shape<ComparedNumbers>;
const byAge = {
  asOf: time,
  open: count,
  byAge: z.object({ hour: count, day: count, week: count, older: count }),
  oldestAt: time.optional(),
} satisfies Shape<OpenByAge>;
const percentiles = { p50Ms: ms, p95Ms: ms, p99Ms: ms };

const Steps = z
  .object({
    source: z.enum(["prometheus", "workers", "none"]),
    ...{ from: time.optional(), to: time.optional(), asOf: time.optional(), leavesOut },
    steps: z.array(
      z.object({
        activity: z.string(),
        ...{ succeeded: count, failed: count, parked: count, attempts: count, retries: count },
        ...{ successRate: share, ...percentiles },
      } satisfies Shape<StepMetrics["steps"][number]>),
    ),
    scheduleToStart: z.array(
      z.object({ queue: z.string(), ...percentiles } satisfies Shape<StepMetrics["scheduleToStart"][number]>),
    ),
    slots: z.array(
      z.object({ queue: z.string(), kind: z.string(), used: count, available: count } satisfies Shape<
        StepMetrics["slots"][number]
      >),
    ),
  } satisfies Shape<StepMetrics>)
  .meta({ id: "StepMetrics", description: "Steps that ended, as the workers' own metrics have them" });

export const SummaryAnswer = z
  .object({
    window: z.enum(metricsWindows),
    ...{ from: time, to: time, before: period },
    asOf: time.describe("Up to when closed runs are counted"),
    leavesOut,
    total: z.object(compared),
    types: z
      .array(
        z.object({
          type: z.string(),
          ...compared,
          open: z.object({ running: count, late: count.describe("Running past the SLA") }).optional(),
        } satisfies Shape<TypeMetrics>),
      )
      .describe("The busiest first"),
    open: z.object({
      ...{ asOf: time, running: count, parked: count, paused: count, waiting: count, stuck: count },
      partial: count.describe("Runs that ended with effects left, which nobody has dealt with"),
    } satisfies Shape<OpenRuns>),
    tasks: z.object({ ...byAge, overdue: count }),
    deadLetters: z.object(byAge),
    errorGroups: z.object({
      asOf: time,
      top: z.array(
        z.object({
          ...{ fingerprint: z.string(), title: z.string(), type: z.string() },
          status: z.enum(errorGroupStatuses),
          count: count.describe("Failures within the window"),
          lastSeenAt: time,
          trend: z.array(count).describe("Failures by hour, the last 24, oldest first"),
        } satisfies Shape<TopErrorGroup>),
      ),
    }),
    queues: z.array(
      z.object({
        ...{ name: z.string(), backlog: count, oldestMs: z.number().optional(), pollers: count },
      } satisfies Shape<QueueMetrics>),
    ),
    sources: z
      .array(
        z.object({
          ...{ name: z.string(), state: z.enum([...eventSourceStates, "unknown"]) },
          lag: count.optional().describe("Events that wait at the broker"),
          perMinute: count.optional(),
        } satisfies Shape<SourceMetrics>),
      )
      .describe("None for a tenant: they bring events to all"),
    steps: Steps,
  } satisfies Shape<MetricsSummary> & { readonly steps: z.ZodType })
  .meta({
    id: "MetricsSummary",
    description: "What has closed within a window, beside the period before, and what is open",
  });

const missing = z.object({ at: time, missing: z.literal(true) } satisfies Shape<MissingPoint>);
const point = z.object({
  ...{ at: time, ...closed, late: count, averageMs: ms, p95Ms: ms },
} satisfies Shape<MetricsPoint>);

export const TimeseriesAnswer = z
  .object({
    window: z.enum(metricsWindows),
    ...{ from: time, to: time, stepMs: count.describe("How long each part is"), asOf: time, leavesOut },
    points: z
      .array(z.union([point, missing]))
      .describe("Oldest first; of a part that is missing nothing is known: it is not counted yet, or forgotten"),
  } satisfies Shape<MetricsTimeseries>)
  .meta({ id: "MetricsTimeseries", description: "Runs that closed within a window, part by part" });

import { setTimeout as sleep } from "node:timers/promises";
import { RateLimited, TemporalUnavailable } from "tenuto";
import type { MetricsOptions, MetricsSummary, StepMetrics } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { ServerEvent } from "../event-stream.ts";
import { merged } from "../merged.ts";
import type { MetricsQuery, MetricsStreamQuery } from "../metrics-schemas.ts";

interface MetricsRequest {
  readonly query: z.output<typeof MetricsQuery>;
}

export async function summary({ query }: MetricsRequest, context: Context): Promise<Reply> {
  return { status: 200, body: await wholeSummary(context, query) };
}

export async function timeseries({ query }: MetricsRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.metricsTimeseries(query) };
}

interface StreamRequest {
  readonly query: z.output<typeof MetricsStreamQuery>;
}

export function streamMetrics({ query }: StreamRequest, context: Context): Reply {
  return { status: 200, body: undefined, events: numbered(merged([runs(query, context), summaries(query, context)])) };
}

type Unnumbered = Omit<ServerEvent, "id">;

/** One that was cut begins anew: it is told what it may have missed. */
async function* numbered(events: AsyncIterable<Unnumbered>): AsyncGenerator<ServerEvent> {
  let id = 0;
  for await (const event of events) yield { ...event, id: String((id += 1)) };
}

async function* runs(
  { type, status }: StreamRequest["query"],
  { client, signal }: Context,
): AsyncGenerator<Unnumbered> {
  for await (const { kind, ...data } of client.watchRuns({ type, status, signal })) yield { name: kind, data };
}

/** How often a page may be told, and how old what it shows may get while nothing changes. */
const everyMs = 5_000;
const atLeastEveryMs = 30_000;

async function* summaries({ window, type }: StreamRequest["query"], context: Context): AsyncGenerator<Unnumbered> {
  const { signal } = context;
  let [told, toldMs] = ["", 0];
  while (!signal.aborted) {
    const now = await ifThere(() => wholeSummary(context, { window, type, isPatient: true }));
    const numbers = now && JSON.stringify(withoutTimes(now));
    if (now && numbers !== undefined && (numbers !== told || Date.now() - toldMs >= atLeastEveryMs)) {
      [told, toldMs] = [numbers, Date.now()];
      yield { name: "summary", data: now };
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** While Temporal is away, the event `live` says so. */
async function ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TemporalUnavailable || error instanceof RateLimited) return undefined;
    throw error;
  }
}

/** Times go on by themselves, and rates and ages with them. */
function withoutTimes(whole: WholeSummary): object {
  const isTime = (name: string) => ["asOf", "from", "to", "leavesOut", "perHour", "oldestMs"].includes(name);
  return JSON.parse(JSON.stringify(whole, (name, value: unknown) => (isTime(name) ? undefined : value))) as object;
}

type WholeSummary = MetricsSummary & { readonly steps: StepMetrics };

async function wholeSummary({ client, principal, stepMetrics }: Context, asked: MetricsOptions): Promise<WholeSummary> {
  const whole = await client.metricsSummary(asked);
  const { from, to } = whole;
  if (principal.tenant !== undefined)
    return { ...whole, steps: noSteps("Steps: their numbers are those of all tenants.") };
  if (!stepMetrics) return { ...whole, steps: noSteps("Steps: this API knows no source of their numbers.") };
  return { ...whole, steps: await stepMetrics.read({ from, to }) };
}

function noSteps(why: string): StepMetrics {
  return { source: "none", leavesOut: [why], steps: [], scheduleToStart: [], slots: [] };
}

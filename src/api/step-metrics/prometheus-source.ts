// Numbers of steps from Prometheus, by its HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/
import type { StepMetrics, StepMetricsRange, StepMetricsSource } from "tenuto/client";
import { z } from "zod";
import {
  growing,
  type Labeled,
  labelsOf,
  numbersOf,
  type SeriesKind,
  type SeriesRead,
  stepSeries,
} from "./step-series.ts";

/** Which Prometheus, and whose numbers. */
export interface PrometheusStepMetricsOptions {
  /** Where it answers; a user and a password in it are sent as Basic authentication. */
  readonly url: string;
  /** Of the workers: a Prometheus may know several. */
  readonly namespace: string;
}

const answerWithinMs = 5_000;

const Answer = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("vector"),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string().transform(Number)]),
      }),
    ),
  }),
});

type Ask = (query: string, atMs: number) => Promise<readonly Labeled[]>;

/**
 * Asks a Prometheus that scrapes the workers, for `stepMetrics` of {@link createApi}.
 *
 * @throws `TypeError` for a URL that is none.
 * @example
 * ```ts
 * const stepMetrics = createPrometheusStepMetrics({ url: "http://127.0.0.1:9090", namespace: "default" });
 * ```
 */
export function createPrometheusStepMetrics({ url, namespace }: PrometheusStepMetricsOptions): StepMetricsSource {
  const ask = askerOf(url);
  const { host } = new URL(url);
  return {
    async read(range) {
      try {
        return await read(ask, { ...range, namespace });
      } catch {
        // What it says may quote its address, which may have a password.
        const leavesOut = [`All numbers of steps: Prometheus at ${host} does not answer as it should.`];
        return { source: "prometheus", leavesOut, steps: [], scheduleToStart: [], slots: [] };
      }
    },
  };
}

interface Asked extends StepMetricsRange {
  readonly namespace: string;
}

async function read(ask: Ask, { from, to, namespace }: Asked): Promise<StepMetrics> {
  const toMs = Math.min(Date.parse(to), Date.now());
  const seconds = Math.max(1, Math.round((toMs - Date.parse(from)) / 1_000));
  const selector = `{namespace=${JSON.stringify(namespace)}}`;
  const kinds = Object.keys(stepSeries) as SeriesKind[];
  const queries = kinds.map((kind) => {
    const series = `${stepSeries[kind]}${selector}`;
    const isGrowing = (growing as readonly string[]).includes(kind);
    const value = isGrowing ? `increase(${series}[${seconds}s])` : series;
    return `sum by (${labelsOf[kind].join(", ")}) (${value})`;
  });
  const [newest, ...found] = await Promise.all([
    ask(`max(timestamp(${stepSeries.ended}${selector}))`, toMs),
    ...queries.map((query) => ask(query, toMs)),
  ]);
  const series = Object.fromEntries(kinds.map((kind, index) => [kind, found[index] ?? []])) as unknown as SeriesRead;
  const asOf = newest?.[0] && new Date(newest[0].value * 1_000).toISOString();
  return {
    source: "prometheus",
    ...{ from, to: new Date(toMs).toISOString() },
    ...(asOf !== undefined && { asOf }),
    leavesOut: [
      asOf === undefined
        ? `All numbers of steps: Prometheus has none of namespace "${namespace}" now.`
        : "Counts of steps are Prometheus' estimates: it knows what was so when it asked, and not in between.",
    ],
    ...numbersOf(series),
  };
}

function askerOf(url: string): Ask {
  const { username, password, href } = new URL(url);
  const base = new URL(href);
  base.username = base.password = "";
  const address = new URL("api/v1/query", base.href.endsWith("/") ? base : `${base.href}/`);
  const credentials = [username, password].map(decodeURIComponent).join(":");
  const authorization = username !== "" && { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
  return async (query, atMs) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { ...authorization },
      body: new URLSearchParams({ query, time: String(atMs / 1_000) }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const { data } = Answer.parse(await answer.json());
    return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value }));
  };
}

// What has closed within some time, as visibility tells it, counted by type, tenant, day and minute.
import { optionalTsToDate } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { chainStartAttribute, metricsMemo } from "../core/run-metrics.ts";
import { type MetricTotals, addTotals, type ClosedStatus, totalsOf } from "../core/run-totals.ts";
import { rollupIdOf, type RollupReadings, type RollupSubject, type TypeTargets } from "../core/rollup.ts";
import type { MinuteReading } from "../core/rollup-state.ts";
import { tenantMemo } from "../core/tenant.ts";
import { ifReadable } from "./if-readable.ts";
import { listAll } from "./list-all.ts";
import { decode } from "./payloads.ts";
import { runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** Some time, and how runs in it are judged. */
export interface ClosedWithin {
  /** RFC 3339; whole minutes, for minutes are what is counted. */
  readonly since: string;
  /** Not with it; RFC 3339. @default all that has closed since */
  readonly before?: string;
  /** Only runs of a type. @default all */
  readonly type?: string;
  readonly targets: TypeTargets;
}

const pageSize = 1_000;

/** Of runs that continue each other, the last one; Tenuto's own are no runs of an app. */
export function closedQuery({ since, before, type }: Omit<ClosedWithin, "targets">): string {
  const conditions = [
    "ExecutionStatus NOT IN ('Running', 'ContinuedAsNew')",
    `TaskQueue != ${quote(systemTaskQueue)}`,
    `CloseTime >= ${quote(since)}`,
    before !== undefined && `CloseTime < ${quote(before)}`,
    type !== undefined && `WorkflowType = ${quote(type)}`,
  ];
  return conditions.filter((condition) => condition !== false).join(" AND ");
}

/** Reads page by page, and keeps the counts only. */
export async function countClosedRuns(
  temporal: Temporal,
  { targets, ...within }: ClosedWithin,
  onPage: () => void = () => undefined,
): Promise<readonly RollupReadings[]> {
  const counted = new Counting(targets);
  onPage();
  for await (const infos of listAll(temporal, { query: closedQuery(within), pageSize })) {
    for (const info of infos) counted.add(info);
    onPage();
  }
  return counted.readings();
}

class Counting {
  readonly #targets: TypeTargets;
  readonly #days = new Map<string, { readonly subject: RollupSubject; readonly minutes: Map<number, MinuteReading> }>();
  /** A page may have a run that the page before had, when runs close meanwhile. */
  readonly #seen = new Set<string>();

  constructor(targets: TypeTargets) {
    this.#targets = targets;
  }

  add(info: Info): void {
    const runId = info.execution?.runId ?? "";
    const status = statusOf(info);
    const closed = closedOf(info);
    if (!status || !closed || this.#seen.has(runId)) return;
    this.#seen.add(runId);
    const type = info.type?.name ?? "";
    const slaMs = Object.hasOwn(this.#targets, type) ? this.#targets[type]?.slaMs : undefined;
    const metrics = ifReadable(() => metricsOf(info));
    const totals = totalsOf({
      status,
      durationMs: closed.durationMs,
      ...(slaMs !== undefined && { slaMs }),
      ...(metrics && { metrics }),
    });
    const tenant = ifReadable(() => tenantOf(info));
    const at = new Date(closed.atMs);
    const day = at.toISOString().slice(0, 10);
    const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
    for (const subject of [{ type, day }, ...(tenant === undefined ? [] : [{ type, tenant, day }])]) {
      const { minutes } = this.#of(subject);
      minutes.set(minute, { minute, totals: addTotals(minutes.get(minute)?.totals ?? {}, totals) });
    }
  }

  readings(): readonly RollupReadings[] {
    return [...this.#days.values()].map(({ subject, minutes }) => ({ subject, readings: [...minutes.values()] }));
  }

  #of(subject: RollupSubject) {
    const id = rollupIdOf(subject);
    const day = this.#days.get(id) ?? { subject, minutes: new Map<number, MinuteReading>() };
    this.#days.set(id, day);
    return day;
  }
}

function statusOf({ status }: Info): ClosedStatus | undefined {
  const name = runStatusOf(status);
  return name === "running" || name === "continuedAsNew" ? undefined : name;
}

/** When a run closed, and how long it took; of runs that continue each other, from the first start on. */
export function closedOf(info: Info): { readonly atMs: number; readonly durationMs: number } | undefined {
  const atMs = optionalTsToDate(info.closeTime)?.getTime();
  return atMs === undefined ? undefined : { atMs, durationMs: Math.max(0, atMs - (startedMsOf(info) ?? atMs)) };
}

/** Of runs that continue each other, when the first one started. */
export function startedMsOf({ startTime, searchAttributes }: Info): number | undefined {
  const first = ifReadable(() => decode(searchAttributes?.indexedFields?.[chainStartAttribute]));
  const firstMs = first instanceof Date ? first.getTime() : Date.parse(String(first));
  return Number.isFinite(firstMs) ? firstMs : optionalTsToDate(startTime)?.getTime();
}

function tenantOf({ memo }: Info): string | undefined {
  const tenant = decode(memo?.fields?.[tenantMemo]);
  return typeof tenant === "string" ? tenant : undefined;
}

/** Anybody may have written a memo. */
function metricsOf({ memo }: Info): Readonly<Record<string, MetricTotals>> | undefined {
  const metrics = decode(memo?.fields?.[metricsMemo]);
  if (typeof metrics !== "object" || metrics === null) return undefined;
  const usable = Object.entries(metrics as Record<string, Partial<MetricTotals> | null>).flatMap(([name, totals]) => {
    const { count, sum } = totals ?? {};
    return Number.isFinite(count) && Number.isFinite(sum) ? [[name, { count, sum }] as const] : [];
  });
  return usable.length > 0 ? (Object.fromEntries(usable) as Record<string, MetricTotals>) : undefined;
}

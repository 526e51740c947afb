// The numbers of closed runs as the memos of rollups have them: no worker is needed.
import { optionalTsToDate } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import {
  hourMemo,
  monthMark,
  rollupIdPrefix,
  rollupMark,
  rollupMemo,
  type RollupSubject,
  rollupWorkflow,
} from "../core/rollup.ts";
import type { DayTotals, HourTotals } from "../core/rollup-state.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { ifReadable } from "./if-readable.ts";
import { inParallel } from "./in-parallel.ts";
import { listAll } from "./list-all.ts";
import { decode } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

/** Which rollups to read: those of the client's tenant, or of all runs for who has none. */
export interface RollupFilter {
  /** The first day, in UTC: `2026-11-01`. */
  readonly from: string;
  /** The last day. @default today */
  readonly to?: string | undefined;
}

/** Called before each request to visibility. */
type OnRequest = () => void;

/** What closed on one day, of one type. */
export interface Rollup {
  readonly subject: RollupSubject;
  readonly day: DayTotals;
}

/** A memo of a busy day has some hundred KB. */
const pageSize = 50;
const monthsAtOnce = 2;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour));

export async function readRollups(
  temporal: Temporal,
  { from, to }: RollupFilter,
  onRequest: OnRequest = () => undefined,
): Promise<readonly Rollup[]> {
  const last = to ?? new Date().toISOString().slice(0, 10);
  const months = await inParallel(monthsFrom(from, last), monthsAtOnce, (month) =>
    readMonth(temporal, { month, from, onRequest }),
  );
  return months.flat().filter(({ subject }) => subject.day >= from && subject.day <= last);
}

interface Month {
  readonly month: string;
  readonly from: string;
  readonly onRequest: OnRequest;
}

/** None begins before its day; servers' clocks may differ a little. */
const clocksMs = 60_000;

async function readMonth(temporal: Temporal, { month, from, onRequest }: Month): Promise<readonly Rollup[]> {
  const { tenant } = temporal;
  const begun = new Date(Date.parse(`${from}T00:00:00Z`) - clocksMs);
  const conditions = [
    `WorkflowType = ${quote(rollupWorkflow)}`,
    "ExecutionStatus != 'ContinuedAsNew'",
    `${marksAttribute} = ${quote(rollupMark)}`,
    `${marksAttribute} = ${quote(monthMark(month))}`,
    `StartTime >= ${quote(begun.toISOString())}`,
    // Those of tenants have ids that begin with their names, and there may be many.
    ...(tenant === undefined ? [`WorkflowId STARTS_WITH ${quote(rollupIdPrefix)}`] : []),
  ];
  const query = conditions.join(" AND ");
  const rollups = new Map<string, Rollup & { readonly startedMs: number }>();
  onRequest();
  for await (const infos of listAll(temporal, { query, pageSize, onMore: onRequest })) {
    for (const info of infos) {
      const rollup = ifReadable(() => rollupOf(info));
      if (!rollup || rollup.subject.tenant !== tenant) continue;
      const id = info.execution?.workflowId ?? "";
      const startedMs = optionalTsToDate(info.startTime)?.getTime() ?? 0;
      // One that somebody has ended has its numbers until another one has begun.
      if (startedMs >= (rollups.get(id)?.startedMs ?? 0)) rollups.set(id, { ...rollup, startedMs });
    }
  }
  return [...rollups.values()].map(({ subject, day }) => ({ subject, day }));
}

function rollupOf({ memo }: api.api.workflow.v1.IWorkflowExecutionInfo): Rollup | undefined {
  const fields = memo?.fields ?? {};
  const subject = decode(fields[rollupMemo]) as RollupSubject | undefined;
  if (!subject) return undefined;
  const day = hours.flatMap((hour) => {
    const totals = decode(fields[hourMemo(hour)]) as HourTotals | undefined;
    return totals ? [[hour, totals] as const] : [];
  });
  return { subject, day: Object.fromEntries(day) };
}

function monthsFrom(from: string, to: string): readonly string[] {
  const months: string[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  while (at.toISOString().slice(0, 7) <= to.slice(0, 7)) {
    months.push(at.toISOString().slice(0, 7));
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
}

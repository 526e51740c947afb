import {
  errorGroupMark,
  type ErrorGroupRecord,
  type ErrorGroupStatus,
  errorGroupWorkflow,
} from "../core/error-group.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { type ErrorGroup, groupOf, groupRecordIn, type GroupShowing } from "./error-group.ts";
import { listPage } from "./list-runs.ts";
import { cursorOf, offsetIn } from "./offset-cursor.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** Which error groups to list. */
export interface ErrorGroupListOptions {
  readonly type?: string | undefined;
  readonly step?: string | undefined;
  readonly status?: ErrorGroupStatus | undefined;
  readonly assignee?: string | undefined;
  /** Those seen at that time or later. */
  readonly since?: Date | undefined;
  /** What comes first. @default "lastSeen" */
  readonly sort?: "lastSeen" | "count" | "lastHour" | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of error groups. */
export interface ErrorGroupPage {
  readonly items: readonly ErrorGroup[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** More groups than that are no overview any more: the list is of those whose workflow began last. */
const mostGroups = 1_000;

/** @throws what {@link TenutoClient.errorGroups} throws. */
export async function listErrorGroups(
  temporal: Temporal,
  { limit = 50, cursor, sort = "lastSeen", ...filter }: ErrorGroupListOptions,
  showing: GroupShowing,
): Promise<ErrorGroupPage> {
  const { type, step, status, assignee, since } = filter;
  const offset = offsetIn("groups", cursor);
  if ([type, step].some((text) => text !== undefined && !canBeFound(text))) return { items: [] };
  const records = await allGroups(temporal, type);
  const shown = records
    .filter((record) => step === undefined || record.step === step)
    .filter((record) => status === undefined || record.status === status)
    .filter((record) => assignee === undefined || record.assignee === assignee)
    .filter(({ lastSeenAt }) => since === undefined || Date.parse(lastSeenAt) >= since.getTime())
    .map((record) => groupOf(temporal, record, { ...showing, records }))
    .sort(orders[sort]);
  const most = Math.min(Math.max(Math.trunc(limit), 1), 200);
  const end = offset + most;
  return { items: shown.slice(offset, end), ...(end < shown.length && { nextCursor: cursorOf("groups", end) }) };
}

type Order = (a: ErrorGroup, b: ErrorGroup) => number;

const byTime: Order = (a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1);

const orders: Readonly<Record<NonNullable<ErrorGroupListOptions["sort"]>, Order>> = {
  lastSeen: byTime,
  count: (a, b) => b.count - a.count || byTime(a, b),
  lastHour: (a, b) => b.lastHour - a.lastHour || byTime(a, b),
};

/** The groups of a type, or all: shares are parts of them. */
export async function allGroups(temporal: Temporal, type: string | undefined): Promise<readonly ErrorGroupRecord[]> {
  const ofType = type === undefined ? "" : ` AND ${marksAttribute} = ${quote(errorGroupMark("type", type))}`;
  const query = `WorkflowType = ${quote(errorGroupWorkflow)} AND ExecutionStatus = 'Running'${ofType}`;
  const records: ErrorGroupRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await listPage(temporal, { query, limit: 200, cursor });
    records.push(...page.infos.flatMap((info) => groupRecordIn(info) ?? []));
    cursor = page.nextCursor;
  } while (cursor !== undefined && records.length < mostGroups);
  // SQLite compares without case.
  return type === undefined ? records : records.filter((record) => record.type === type);
}

// Lanes as people see them, by the memos of their workflows: no worker is asked.
import type { temporal as api } from "@temporalio/proto";
import { LaneNotFound } from "../core/errors/lane-not-found.ts";
import { type LaneRecord, laneWorkflow } from "../core/lane-record.ts";
import { laneRecordIn } from "./ask-lane.ts";
import { describeIfThere } from "./describe-raw.ts";
import { listPage } from "./list-runs.ts";
import { runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

/** Runs that share a limit: those at work, and those that wait for their turn. */
export interface ConcurrencyLane extends LaneRecord {
  readonly id: string;
}

/** Which lanes to list. */
export interface LaneListOptions {
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of lanes. */
export interface LanePage {
  readonly items: readonly ConcurrencyLane[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.lanes} throws. */
export async function listLanes(temporal: Temporal, { limit, cursor }: LaneListOptions): Promise<LanePage> {
  const query = `WorkflowType = '${laneWorkflow}' AND ExecutionStatus = 'Running'`;
  const { infos, nextCursor } = await listPage(temporal, { query, limit, cursor });
  const items = infos.flatMap((info) => laneIn(temporal, info) ?? []);
  return { items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** @throws what {@link TenutoClient.lane} throws. */
export async function showLane(temporal: Temporal, id: string): Promise<ConcurrencyLane> {
  // An operator without a tenant sees those of tenants, whose ids begin with theirs.
  const info = (await describeIfThere(temporal, { workflowId: id }))?.workflowExecutionInfo;
  const isLane = info?.type?.name === laneWorkflow && runStatusOf(info.status) === "running";
  const lane = isLane ? laneIn(temporal, info) : undefined;
  if (lane) return lane;
  throw new LaneNotFound(id);
}

/** Runs in a memo have the server's ids. */
function laneIn({ idPrefix }: Temporal, info: api.api.workflow.v1.IWorkflowExecutionInfo): ConcurrencyLane | undefined {
  const record = laneRecordIn(info.memo);
  if (!record) return undefined;
  const own = <Run extends { readonly workflowId: string }>(run: Run): Run => {
    const { workflowId } = run;
    return { ...run, workflowId: workflowId.startsWith(idPrefix) ? workflowId.slice(idPrefix.length) : workflowId };
  };
  const { holders, waiting, ...rest } = record;
  return {
    id: info.execution?.workflowId ?? "",
    ...rest,
    holders: holders.map(own),
    waiting: { ...waiting, first: waiting.first.map(own) },
  };
}

/** What a run waits for before it begins. */
export interface WaitingForLane {
  /** The id of its lane. */
  readonly lane: string;
  /** From 1; absent of one that is not among the first 20. */
  readonly position?: number;
}

/** Where a run stands whose lane's id is known. */
export async function placeInLane(temporal: Temporal, lane: string, workflowId: string): Promise<WaitingForLane> {
  const info = (await describeIfThere(temporal, { workflowId: lane }))?.workflowExecutionInfo;
  const found = info && laneIn(temporal, info);
  const place = found?.waiting.first.findIndex((run) => run.workflowId === workflowId) ?? -1;
  return { lane, ...(place >= 0 && { position: place + 1 }) };
}

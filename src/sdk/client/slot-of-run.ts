import type { temporal as api } from "@temporalio/proto";
import { laneHeaderName, type LaneOfRun } from "../core/lane.ts";
import { type LaneWait, waitActivityId } from "../core/lane-record.ts";
import { tenantMemo } from "../core/tenant.ts";
import { decode } from "./payloads.ts";

/** What a run needs to get its slot again before it is reset, by its history; `undefined` when it is in no lane. */
export function slotOf(
  events: readonly api.api.history.v1.IHistoryEvent[],
  { workflowId, closedRunId }: { readonly workflowId: string; readonly closedRunId: string },
): LaneWait | undefined {
  for (const { activityTaskScheduledEventAttributes: scheduled } of events) {
    if (scheduled?.activityId !== waitActivityId) continue;
    return { ...(decode(scheduled.input?.payloads?.[0]) as LaneWait), closedRunId };
  }
  // One that has continued another has its slot, and has not waited.
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const lane = decode(started?.header?.fields?.[laneHeaderName]) as LaneOfRun | undefined;
  if (!lane || !started) return undefined;
  const { key, limit, onLimit } = lane;
  const tenant = decode(started.memo?.fields?.[tenantMemo]);
  const subject = {
    type: started.workflowType?.name ?? "",
    ...(key !== undefined && { key }),
    ...(typeof tenant === "string" && { tenant }),
  };
  const firstRunId = started.firstExecutionRunId ?? "";
  return { lane: subject, terms: { limit, onLimit }, workflowId, firstRunId, closedRunId };
}

import proto, { type temporal as api } from "@temporalio/proto";
import { describeRaw } from "../client/describe-raw.ts";
import { cut, isRefusal, recordedRun } from "../client/recorded-run.ts";
import { effectsOfRun } from "../client/redrive-history.ts";
import { runErrorOf, stepOfError } from "../client/run-failure.ts";
import { fetchEvents } from "../client/run-history.ts";
import { runStatusOf } from "../client/run-status.ts";
import { timeOf } from "../client/run-summary.ts";
import type { Temporal } from "../client/temporal.ts";
import type { FollowedRun, FollowTask } from "../core/redrive.ts";

const { HistoryEventFilterType: Filter } = proto.temporal.api.enums.v1;

/** Where a redriven run stands; of one that goes on as another, by a reset or as new, where that one stands. */
export async function followRedriven(temporal: Temporal, { workflowId, runId }: FollowTask): Promise<FollowedRun> {
  const { workflowExecutionInfo: info, workflowExtendedInfo } = await describeRaw(temporal, { workflowId, runId });
  const resetRunId = workflowExtendedInfo?.resetRunId;
  if (resetRunId) return followRedriven(temporal, { workflowId, runId: resetRunId });
  const status = runStatusOf(info?.status);
  if (status === "running") return { runId, status };
  if (status === "continuedAsNew")
    return followRedriven(temporal, { workflowId, runId: await successorOf(temporal, { workflowId, runId }) });
  const closedAt = timeOf(info?.closeTime);
  const closed = { runId, status, ...(closedAt !== undefined && { closedAt }) };
  if (status === "completed") return closed;
  const run = recordedRun(await fetchEvents(temporal, { workflowId, runId }));
  const { undone, openEffects, stepsDone, hasUndoable } = effectsOfRun(run);
  const facts = { undone, hadSaga: hasUndoable, stepsDone, openEffects: undone ? openEffects.slice(0, 20) : [] };
  return { ...closed, facts, ...howItFailed(run.last) };
}

async function successorOf(temporal: Temporal, run: FollowTask): Promise<string> {
  const request = {
    namespace: temporal.namespace,
    execution: run,
    historyEventFilterType: Filter.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  };
  const { history } = await temporal.call((service) => service.getWorkflowExecutionHistory(request), { run });
  return history?.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? "";
}

function howItFailed({
  workflowExecutionFailedEventAttributes: failed,
}: api.api.history.v1.IHistoryEvent): Pick<FollowedRun, "error" | "step" | "isDeclared"> {
  const failure = failed?.failure;
  if (!failure) return {};
  const { type, message, ...rest } = runErrorOf(failure);
  const step = stepOfError(rest);
  return {
    error: { type, message: cut(message) },
    isDeclared: isRefusal(failure),
    ...(step !== undefined && { step }),
  };
}

import proto from "@temporalio/proto";
import { describeRaw } from "../client/describe-run.ts";
import { runFacts } from "../client/redrive-history.ts";
import { type RunError, runErrorOf } from "../client/run-failure.ts";
import { fetchHistory } from "../client/run-history.ts";
import { runStatusOf } from "../client/run-status.ts";
import { timeOf } from "../client/run-summary.ts";
import type { Temporal } from "../client/temporal.ts";
import { isMarkedDeclared } from "../core/step-failure.ts";
import { decode } from "../client/payloads.ts";
import type { FollowedRun, FollowTask } from "../core/redrive.ts";

const { HistoryEventFilterType: Filter } = proto.temporal.api.enums.v1;

const longestMessage = 2_000;

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
  const { undone, openEffects, stepsDone, hasUndoable } = runFacts(await fetchHistory(temporal, { workflowId, runId }));
  const facts = { undone, hadSaga: hasUndoable, stepsDone, openEffects: undone ? openEffects.slice(0, 20) : [] };
  return { ...closed, facts, ...(await howItFailed(temporal, { workflowId, runId })) };
}

async function successorOf(temporal: Temporal, run: FollowTask): Promise<string> {
  const event = await closeOf(temporal, run);
  return event?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? "";
}

async function howItFailed(
  temporal: Temporal,
  run: FollowTask,
): Promise<Pick<FollowedRun, "error" | "step" | "isDeclared">> {
  const failure = (await closeOf(temporal, run))?.workflowExecutionFailedEventAttributes?.failure;
  if (!failure) return {};
  const { type, message, ...rest } = runErrorOf(failure);
  const step = stepIn(rest);
  const isDeclared = isMarkedDeclared((failure.applicationFailureInfo?.details?.payloads ?? []).map(decode));
  return {
    error: { type, message: message.slice(0, longestMessage) },
    isDeclared,
    ...(step !== undefined && { step }),
  };
}

function stepIn({ step, cause }: Pick<RunError, "step" | "cause">): string | undefined {
  return step ?? (cause && stepIn(cause));
}

async function closeOf(temporal: Temporal, execution: FollowTask) {
  const { namespace } = temporal;
  const request = { namespace, execution, historyEventFilterType: Filter.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT };
  const { history } = await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
    run: execution,
  });
  return history?.events?.at(-1);
}

// What a dead letter is told about a run that failed, by who finds it with a client.
import proto from "@temporalio/proto";
import type { DeadLetterKind, DeadLetterReport } from "../core/dead-letter.ts";
import { deadLetterIdOf } from "../core/dead-letter-id.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import { carriedLetterMemo } from "../core/redrive.ts";
import { accountOf, type RawDescription } from "./describe-run.ts";
import { decode } from "./payloads.ts";
import { runFacts } from "./redrive-history.ts";
import { type RunError, runErrorOf } from "./run-failure.ts";
import { fetchHistory } from "./run-history.ts";
import { runStatusOf } from "./run-status.ts";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";

const { HistoryEventFilterType: Filter } = proto.temporal.api.enums.v1;

/** Of which kind the dead letter of a run is; `undefined` of a run that has none. */
export function kindOfRun(described: RawDescription): Exclude<DeadLetterKind, "parked" | "poison"> | undefined {
  const status = runStatusOf(described.workflowExecutionInfo?.status);
  if (status === "failed" || status === "timedOut" || status === "terminated") return status;
  return status === "running" && (described.pendingWorkflowTask?.attempt ?? 1) > 1 ? "stuck" : undefined;
}

/** The id of the dead letter that a run's failure goes to. */
export async function letterIdOfRun(temporal: Temporal, described: RawDescription): Promise<string> {
  const { memo, execution } = described.workflowExecutionInfo ?? {};
  const carried = decode(memo?.fields?.[carriedLetterMemo]);
  if (typeof carried === "string") return carried;
  const workflowId = execution?.workflowId ?? "";
  const run = { workflowId, runId: execution?.runId ?? "" };
  const request = { namespace: temporal.namespace, execution: run, maximumPageSize: 1 };
  const { history } = await temporal.call((service) => service.getWorkflowExecutionHistory(request), { run });
  const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  const originalRunId = started?.originalExecutionRunId || run.runId;
  return deadLetterIdOf({ namespace: temporal.namespace, workflowId: temporal.idPrefix + workflowId, originalRunId });
}

/** What is known of a run that failed. */
export async function reportOfRun(
  temporal: Temporal,
  described: RawDescription,
  kind: Exclude<DeadLetterKind, "parked" | "poison">,
): Promise<DeadLetterReport> {
  const { workflowExecutionInfo: info, pendingWorkflowTask: task } = described;
  const run = { workflowId: info?.execution?.workflowId ?? "", runId: info?.execution?.runId ?? "" };
  const history = await fetchHistory(temporal, run);
  const { undone, openEffects, stepsDone, hasUndoable } = runFacts(history);
  const account = await accountOf(temporal, run);
  const failed = await failureOf(temporal, run);
  const error = failed ?? {
    type: kind,
    message: task ? `Its workflow task fails again and again` : `The run was ${kind}`,
  };
  const type = info?.type?.name ?? "";
  const step = failed && stepIn(failed);
  const told = { type: error.type, message: error.message.slice(0, longestMessage) };
  const closedAt = timeOf(info?.closeTime);
  return {
    kind: error.type === "SagaPartial" ? "partial" : kind,
    workflowId: temporal.idPrefix + run.workflowId,
    runId: run.runId,
    originalRunId: originalIn(history) ?? run.runId,
    type,
    ...(temporal.tenant !== undefined && { tenant: temporal.tenant }),
    error: told,
    ...(step !== undefined && { step }),
    undone,
    hadSaga: account?.pendingUndos === undefined ? hasUndoable : account.pendingUndos > 0,
    stepsDone,
    openEffects: undone ? openEffects.slice(0, 20) : [],
    fingerprint: fingerprintOfFailure({ type, ...(step !== undefined && { step }), error: told }),
    ...(closedAt !== undefined && { closedAt }),
    at: closedAt ?? new Date().toISOString(),
  };
}

const longestMessage = 2_000;

async function failureOf(
  temporal: Temporal,
  execution: { workflowId: string; runId: string },
): Promise<RunError | undefined> {
  const { namespace } = temporal;
  const request = { namespace, execution, historyEventFilterType: Filter.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT };
  const { history } = await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
    run: execution,
  });
  const failure = history?.events?.at(-1)?.workflowExecutionFailedEventAttributes?.failure;
  return failure ? runErrorOf(failure) : undefined;
}

function stepIn({ step, cause }: RunError): string | undefined {
  return step ?? (cause && stepIn(cause));
}

function originalIn([first]: readonly object[]): string | undefined {
  const { workflowExecutionStartedEventAttributes: started } = (first ?? {}) as {
    readonly workflowExecutionStartedEventAttributes?: { readonly originalExecutionRunId?: string };
  };
  return started?.originalExecutionRunId;
}

import proto, { type temporal as api } from "@temporalio/proto";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { redacted, secretsIn } from "../core/redacted.ts";
import { describeRaw, executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { decode } from "./payloads.ts";
import { runErrorOf, type RunError, shownError } from "./run-failure.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

type HistoryEvent = api.api.history.v1.IHistoryEvent;

const { HistoryEventFilterType } = proto.temporal.api.enums.v1;

/** How a run ended, or that it has not. */
export interface RunResult<Output = unknown> {
  readonly status: RunStatus;
  /** Of a run that completed with a value. */
  readonly result?: Output;
  /** Of a run that ended otherwise. */
  readonly error?: RunError;
}

export interface WaitOptions extends RunReference {
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether the result of a run that continued as new is that of the run that took over. */
  readonly isFollowing: boolean;
}

/** How a run ended, and the failure that Temporal recorded for it. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly failure?: api.api.failure.v1.IFailure | undefined;
  /** The run that closed. */
  readonly runId?: string | undefined;
}

/** @throws what {@link TenutoClient.result} throws. */
export async function waitForOutcome(temporal: Temporal, options: WaitOptions): Promise<RunOutcome> {
  const { workflowId, waitMs, isFollowing } = options;
  const until = Date.now() + waitMs;
  let runId = options.runId;
  for (;;) {
    // A wait for a known run answers for itself; only one that brings nothing has to ask whether there is such a run.
    let event =
      runId !== undefined && waitMs > 0 && (await closeEvent(temporal, { ...options, runId, until, isOpen: true }));
    if (!event) {
      const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId, runId });
      runId = info?.execution?.runId ?? runId;
      const isOpen = runStatusOf(info?.status) === "running";
      if (isOpen && Date.now() >= until) return stillRunning;
      event = await closeEvent(temporal, { ...options, runId, until, isOpen });
    }
    if (!event) return stillRunning;
    const { nextRunId, ...outcome } = read(event);
    if (!isFollowing || !nextRunId) return { ...outcome, runId };
    runId = nextRunId;
  }
}

/**
 * A result as it is shown: without what contracts redact. A message that a workflow's author wrote may quote the input,
 * which the close of a run does not have: it is asked for.
 */
export async function waitForShownResult(
  temporal: Temporal,
  options: WaitOptions & { readonly redact: readonly string[] },
): Promise<RunResult> {
  const { redact } = options;
  const { result, runId } = await waitForOutcome(temporal, options);
  if (redact.length === 0) return result;
  const { error } = result;
  if (!error) return "result" in result ? { ...result, result: redacted(result.result, redact) } : result;
  const secrets = secretsIn(await startInputOf(temporal, { workflowId: options.workflowId, runId }), redact);
  return { ...result, error: shownError(error, { redact, secrets }) };
}

async function startInputOf(temporal: Temporal, { workflowId, runId }: RunReference): Promise<unknown> {
  const execution = executionOf({ workflowId, runId });
  const request = { namespace: temporal.namespace, execution, maximumPageSize: 1 };
  const page = await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
    run: { workflowId, runId },
  });
  const started = page.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  return started?.input?.payloads?.map(decode);
}

const stillRunning: RunOutcome = { result: { status: "running" } };

interface CloseEventOptions extends WaitOptions {
  readonly until: number;
  readonly isOpen: boolean;
}

/** Much longer than the server lets a poll hang; with a second or less left it answers at once instead of waiting. */
const pollMs = 60_000;

/** The last event of a run, or `undefined` when it does not come in time. */
async function closeEvent(temporal: Temporal, options: CloseEventOptions): Promise<HistoryEvent | undefined> {
  const { workflowId, runId, until, isOpen } = options;
  let nextPageToken: Uint8Array | undefined;
  while (!options.signal?.aborted) {
    const request = {
      namespace: temporal.namespace,
      execution: executionOf({ workflowId, runId }),
      waitNewEvent: true,
      historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
      ...(nextPageToken && { nextPageToken }),
    };
    // Of this call only: the connection leaves its listener on the signal.
    const signal = isOpen ? endOfWait(until, options.signal) : undefined;
    const deadline = temporal.deadline(isOpen ? pollMs : undefined);
    try {
      const page = await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
        run: { workflowId, runId },
        deadline,
        signal,
      });
      const event = page.history?.events?.at(-1);
      if (event) return event;
      nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
    } catch (error) {
      // The server was there a moment ago: that it has not answered yet is no news about the run.
      if (isOpen && error instanceof TemporalUnavailable) return undefined;
      throw error;
    }
    if (!isOpen || Date.now() >= until) return undefined;
  }
  return undefined;
}

function endOfWait(until: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(Math.max(0, until - Date.now()));
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

interface Close extends RunOutcome {
  readonly nextRunId?: string | null | undefined;
}

function read(event: HistoryEvent): Close {
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed) {
    const value = decode(completed.result?.payloads?.[0]);
    return {
      result: { status: "completed", ...(value !== undefined && { result: value }) },
      nextRunId: completed.newExecutionRunId,
    };
  }
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) {
    return {
      result: { status: "failed", error: runErrorOf(failed.failure ?? {}) },
      failure: failed.failure ?? {},
      nextRunId: failed.newExecutionRunId,
    };
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    return {
      result: {
        status: "terminated",
        error: { type: "Terminated", message: terminated.reason || "The run was terminated" },
      },
    };
  }
  const canceled = event.workflowExecutionCanceledEventAttributes;
  if (canceled) {
    const [data] = canceled.details?.payloads ?? [];
    const error = { type: "Canceled", message: "The run was canceled", ...(data && { data: decode(data) }) };
    return { result: { status: "canceled", error } };
  }
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  if (timedOut) {
    const error = { type: "Timeout", message: "The run took longer than its timeout" };
    return { result: { status: "timedOut", error }, nextRunId: timedOut.newExecutionRunId };
  }
  const { newExecutionRunId } = event.workflowExecutionContinuedAsNewEventAttributes ?? {};
  return { result: { status: "continuedAsNew" }, nextRunId: newExecutionRunId };
}

/**
 * How a run ended and which run took over, by its last event in Temporal's JSON; `undefined` when that is not a close.
 */
export function closeOf(
  event: JsonEvent,
): { readonly status: RunStatus; readonly nextRunId: string | undefined } | undefined {
  for (const status of Object.keys(closeAttributes) as (keyof typeof closeAttributes)[]) {
    const attributes = event[closeAttributes[status]] as { readonly newExecutionRunId?: string } | undefined;
    if (attributes) return { status, nextRunId: attributes.newExecutionRunId || undefined };
  }
  return undefined;
}

type JsonEvent = Readonly<Record<string, unknown>>;

const closeAttributes: Readonly<Record<Exclude<RunStatus, "running">, string>> = {
  completed: "workflowExecutionCompletedEventAttributes",
  failed: "workflowExecutionFailedEventAttributes",
  canceled: "workflowExecutionCanceledEventAttributes",
  terminated: "workflowExecutionTerminatedEventAttributes",
  timedOut: "workflowExecutionTimedOutEventAttributes",
  continuedAsNew: "workflowExecutionContinuedAsNewEventAttributes",
};

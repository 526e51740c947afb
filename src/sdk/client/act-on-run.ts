// A run as an item of a batch operation.
import type { temporal as api } from "@temporalio/proto";
import type { BatchItem } from "../core/batch.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { type Act, batchIdentity, Skipped } from "./batch-act.ts";
import { describeRaw } from "./describe-raw.ts";
import { requestOf, terminateRun } from "./message-run.ts";
import { encode, parsedHeader } from "./payloads.ts";
import { fetchEvents } from "./run-history.ts";
import { sha256 } from "./run-ids.ts";
import { runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

/** Cancels, terminates or signals it; says which. */
export const actOnRun: Act = async ({ temporal }, order, item) => {
  const { id: batchId, action, by, reason, signal, dryRun } = order;
  const { workflowId, runId } = item;
  if (runId === undefined) throw new RunNotFound({ workflowId });
  const run = { workflowId, runId };
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run);
  // Temporal takes the cancellation of a closed run for done; and a run that this batch has ended is done.
  if (runStatusOf(info?.status) !== "running") return ended(temporal, batchId, item);
  const type = info?.type?.name ?? "";
  if (signal && signal.type !== type) throw new Skipped(`it is a run of ${JSON.stringify(type)}`);
  const what = signal ? `signal ${signal.name}` : action;
  if (dryRun) return what;
  // The server takes a repeat for the first one by its request id.
  const request = requestOf(temporal, run, sha256([batchId, workflowId]));
  try {
    if (action === "terminate") await terminateRun(temporal, run, { by, reason });
    else if (signal)
      await temporal.call((service) => service.signalWorkflowExecution(withSignal(request, signal)), { run });
    else await temporal.call((service) => service.requestCancelWorkflowExecution({ ...request, reason }), { run });
  } catch (error) {
    if (error instanceof RunClosed || error instanceof RunNotFound) return ended(temporal, batchId, item);
    throw error;
  }
  return what;
};

function withSignal<Request extends object>(
  request: Request,
  signal: { readonly name: string; readonly input: unknown },
) {
  return { ...request, signalName: signal.name, input: { payloads: [encode(signal.input)] }, header: parsedHeader };
}

/** Of a run that is over: whether this batch has done to it what it was to do. @throws {@link RunClosed} when not */
async function ended(temporal: Temporal, batchId: string, { workflowId, runId }: BatchItem): Promise<string> {
  const run = { workflowId, runId };
  const mine = batchIdentity(batchId);
  const isMine = (event: api.api.history.v1.IHistoryEvent) =>
    [
      event.workflowExecutionTerminatedEventAttributes,
      event.workflowExecutionCancelRequestedEventAttributes,
      event.workflowExecutionSignaledEventAttributes,
    ].some((attributes) => attributes?.identity === mine);
  if ((await fetchEvents(temporal, run)).some(isMine)) return "done before";
  throw new RunClosed(run);
}

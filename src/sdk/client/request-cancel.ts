import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { executionOf } from "./describe-raw.ts";
import type { Temporal } from "./temporal.ts";

/** Whose cancellation is asked for, once for each request id. */
interface CancelRequest {
  readonly workflowId: string;
  readonly runId: string;
  readonly requestId: string;
  readonly reason: string;
}

/** Asks a run to cancel. Asked for more than once it is one cancellation; a run that is over needs none. */
export async function requestCancel(
  temporal: Temporal,
  { workflowId, runId, requestId, reason }: CancelRequest,
): Promise<void> {
  const { namespace, identity } = temporal;
  const run = { workflowId, runId };
  const cancel = { namespace, identity, workflowExecution: executionOf(run), requestId, reason };
  try {
    await temporal.call((service) => service.requestCancelWorkflowExecution(cancel), { run });
  } catch (error) {
    const isSettled = error instanceof RunClosed || error instanceof RunNotFound;
    if (!isSettled && !(error instanceof Error && /already requested/i.test(JSON.stringify(error)))) throw error;
  }
}

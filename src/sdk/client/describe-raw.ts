import type { temporal } from "@temporalio/proto";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import type { RunReference } from "./grpc-errors.ts";
import { isSendable } from "./run-ids.ts";
import type { Temporal } from "./temporal.ts";

export type RawDescription = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

/** What the server says of a run; `undefined` of one that is not there. */
export async function describeIfThere(temporal: Temporal, run: RunReference): Promise<RawDescription | undefined> {
  try {
    return await describeRaw(temporal, run);
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

/**
 * Asks the server about a run.
 *
 * @throws {@link RunNotFound}
 */
export async function describeRaw(temporal: Temporal, run: RunReference, deadline?: number): Promise<RawDescription> {
  const { namespace } = temporal;
  const execution = executionOf(run);
  return temporal.call((service) => service.describeWorkflowExecution({ namespace, execution }), {
    run,
    ...(deadline !== undefined && { deadline }),
  });
}

/**
 * A run as Temporal's calls name it.
 *
 * @throws {@link RunNotFound} for ids that no run can have: the server would call them bad arguments.
 */
export function executionOf({ workflowId, runId }: RunReference): { workflowId: string; runId?: string } {
  const isPossible = isSendable(workflowId) && Buffer.byteLength(workflowId) <= 1_000;
  if (!isPossible || (runId !== undefined && !uuid.test(runId))) throw new RunNotFound({ workflowId, runId });
  return { workflowId, ...(runId !== undefined && { runId }) };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

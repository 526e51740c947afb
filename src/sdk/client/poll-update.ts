import proto, { type temporal as api } from "@temporalio/proto";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import type { Temporal } from "./temporal.ts";

const { UpdateWorkflowExecutionLifecycleStage: Stage } = proto.temporal.api.enums.v1;
type Stage = (typeof Stage)[keyof typeof Stage];

export const stages = {
  now: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED,
  accepted: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED,
  completed: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
} as const;

/** What the server says of an update. */
export type UpdateState = api.api.workflowservice.v1.IPollWorkflowExecutionUpdateResponse;

export interface PollOptions {
  readonly stage: Stage;
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/** An update of one run. */
export interface PolledUpdate {
  readonly workflowId: string;
  readonly runId: string;
  readonly updateId: string;
}

/** Where an update stands that a run has accepted; the run may be over. @throws `UpdateNotFound` */
export async function pollUpdate(
  temporal: Temporal,
  { workflowId, runId, updateId }: PolledUpdate,
  { stage, ...options }: PollOptions,
): Promise<UpdateState> {
  const request = {
    namespace: temporal.namespace,
    identity: temporal.identity,
    updateRef: { workflowExecution: { workflowId, runId }, updateId },
    waitPolicy: { lifecycleStage: stage },
  };
  const isUnknown = (error: unknown) => hasGrpcCode(error, grpc.notFound);
  try {
    return await temporal.call((service) => service.pollWorkflowExecutionUpdate(request), {
      ...options,
      keep: isUnknown,
    });
  } catch (error) {
    throw isUnknown(error) ? new UpdateNotFound({ workflowId, updateId }) : error;
  }
}

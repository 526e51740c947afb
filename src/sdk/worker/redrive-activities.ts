// Node's side of a redrive: what a dead letter's workflow has the server do. Each may be repeated, but for the reset.
import { Context } from "@temporalio/activity";
import { isGrpcServiceError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import proto from "@temporalio/proto";
import { describeRaw } from "../client/describe-raw.ts";
import { grpc, hasGrpcCode } from "../client/grpc-errors.ts";
import type { Encryption } from "../client/encryption.ts";
import { isRestartOf, restartRequest } from "../client/restart-request.ts";
import { requestCancel } from "../client/request-cancel.ts";
import { planRedrive } from "../client/redrive-plan.ts";
import { Temporal } from "../client/temporal.ts";
import {
  type FollowTask,
  type RedrivePlan,
  type RedriveStart,
  redriveActivityTypes as types,
  type RedriveTask,
} from "../core/redrive.ts";
import { followRedriven } from "./follow-redriven.ts";
import { whileBeating } from "./while-beating.ts";

const { ResetReapplyExcludeType: Exclude, ResetReapplyType: Reapply } = proto.temporal.api.enums.v1;

/** Below the time that the activity has, so that it knows of it. */
const resetMs = 10_000;

/** The activities of a dead letter's workflow. */
export function redriveActivities(encryption: Encryption | undefined) {
  const server = () => serverOf(encryption);
  return {
    [types.plan]: async ({ record, request }: RedriveTask): Promise<RedrivePlan> =>
      whileBeating(async () => (await planRedrive(server(), record, request.mode)).plan),
    [types.reset]: async (task: ResetTask) => whileBeating(() => resetRun(server(), task)),
    [types.find]: async (task: RedriveTask) => whileBeating(() => findReset(server(), task)),
    [types.restart]: async (task: RedriveTask) => whileBeating(() => restartRun(server(), task)),
    [types.cancel]: async (task: FollowTask) => whileBeating(() => cancelRun(server(), task)),
    [types.follow]: async (task: FollowTask) => whileBeating(() => followRedriven(server(), task)),
  } as const;
}

async function findReset(temporal: Temporal, { record }: RedriveTask): Promise<string | undefined> {
  const { workflowId, runId } = record;
  const { workflowExtendedInfo } = await describeRaw(temporal, { workflowId, runId });
  return workflowExtendedInfo?.resetRunId || undefined;
}

type ResetTask = RedriveTask & { readonly eventId: string };

/** The server, as the workflow knows its ids: those of all tenants. */
export function serverOf(encryption: Encryption | undefined): Temporal {
  const { connection, options } = Context.current().client;
  const { namespace, identity } = options;
  return new Temporal({ connection, namespace, identity, encryption });
}

async function resetRun(
  { connection, namespace, encryption }: Temporal,
  { record, request, requestId, eventId }: ResetTask,
) {
  const { id, workflowId, runId } = record;
  const { mode, by, reason } = request;
  const what = `${mode} of dead letter ${id}`;
  const reset = {
    namespace,
    workflowExecution: { workflowId, runId },
    // It is no payload: who has keys finds the words in the letter's history.
    reason: encryption ? what : `${what} by ${by}: ${reason}`,
    workflowTaskFinishEventId: eventId as unknown as Long,
    requestId,
    resetReapplyType: Reapply.RESET_REAPPLY_TYPE_ALL_ELIGIBLE,
    // What an operator gave up or let go on must not be decided again in a run that only undoes.
    resetReapplyExcludeTypes: mode === "compensate" ? [Exclude.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE] : [],
  };
  try {
    // Not by `Temporal.call`, which repeats: the server takes a repeated reset for another one. It has no payloads.
    return await connection.withDeadline(Date.now() + resetMs, async () => {
      const { runId: newRunId } = await connection.workflowService.resetWorkflowExecution(reset);
      return { runId: newRunId };
    });
  } catch (error) {
    const isRefusal = [grpc.invalidArgument, grpc.notFound, grpc.failedPrecondition].some((code) =>
      hasGrpcCode(error, code),
    );
    if (isRefusal && isGrpcServiceError(error)) throw ApplicationFailure.nonRetryable(error.details, "ResetRefused");
    throw error;
  }
}

async function restartRun(temporal: Temporal, task: RedriveTask): Promise<RedriveStart> {
  const { workflowId } = task.record;
  const isTaken = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  const request = await restartRequest(temporal, task);
  try {
    return await temporal.call((service) => service.startWorkflowExecution(request), {
      run: { workflowId },
      keep: isTaken,
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId });
  const runId = info?.execution?.runId ?? "";
  return isRestartOf(info, task.record)
    ? { runId }
    : { refused: `its workflow id belongs to another run now, ${runId}` };
}

async function cancelRun(temporal: Temporal, { workflowId, runId }: FollowTask): Promise<void> {
  const reason = "The run was reset to undo what it did";
  await requestCancel(temporal, { workflowId, runId, requestId: `tenuto-compensate-${runId}`, reason });
}

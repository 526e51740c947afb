/**
 * Starts a run, once for each idempotency key. The server decides by workflow id, atomically; the memo then tells a
 * repeat from another start. A start with a key first asks the server to refuse any other run of its id, so that it costs
 * one call, and of two at the same instant one is told of the other; one that finds a closed run of another key then sends
 * a request id made from its key, which the server answers with the run that this request id began.
 */
import { randomUUID } from "node:crypto";
import proto from "@temporalio/proto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import {
  checkedStart,
  findRun,
  isRepeat,
  type ReusePolicy,
  reusePolicies,
  type Start,
  type StartedRun,
  type StartRequest,
} from "./checked-start.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { sha256 } from "./run-ids.ts";
import { slotReserved } from "./reserve-slot.ts";
import type { Reach } from "./run-target.ts";
import { signalWithStart } from "./signal-with-start.ts";
import type { Temporal } from "./temporal.ts";
import { updateWithStart } from "./update-with-start.ts";

const { WorkflowIdConflictPolicy } = proto.temporal.api.enums.v1;

/** @throws what {@link TenutoClient.start} throws. */
export async function startRun(reach: Reach, begun: StartRequest): Promise<StartedRun> {
  const { signal, update, delay } = begun.options;
  if (update && (signal || delay !== undefined)) {
    const message = "An update can't be joined with a signal or a delay: send the update later, or without them";
    throw new InvalidInput("The start", [{ pointer: "/update", message }]);
  }
  const start = await checkedStart(reach, begun);
  const existing = await slotReserved(reach.temporal, start);
  if (existing && !signal && !update) return existing;
  if (signal) return signalWithStart(reach.temporal, start, signal);
  if (update) return updateWithStart(reach, start, { update, key: begun.options.idempotencyKey });
  return send(reach.temporal, start);
}

async function send(temporal: Temporal, start: Start): Promise<StartedRun> {
  const { workflowId, contract, fingerprint } = start;
  const type = contract.name;
  const contractPolicy = reusePolicies[contract.idempotency];
  let found: Awaited<ReturnType<typeof findRun>>;
  for (;;) {
    if (found && isRepeat(found, start))
      return { workflowId, type, runId: found.runId, status: found.status, existing: true };
    const isFirst = fingerprint.key !== undefined && !found;
    const policy = isFirst ? reusePolicies["once-per-id"] : contractPolicy;
    const requestId = found ? sha256([workflowId, fingerprint.key, fingerprint.payload, found.runId]) : randomUUID();
    const runId = await tryStart(temporal, { ...start, policy, requestId });
    if (runId !== undefined) return { workflowId, runId, type, status: "running", existing: false };
    found = await findRun(temporal, start);
    // Without one, the run that was in the way is gone since: start again.
    if (!found || isRepeat(found, start)) continue;
    if (policy === contractPolicy) throw new RunAlreadyStarted({ workflowId, runId: found.runId });
  }
}

/** The run's id, or `undefined` when the workflow id is taken. */
async function tryStart(
  temporal: Temporal,
  {
    request,
    policy,
    requestId,
    deadline,
    workflowId,
  }: Start & { readonly policy: ReusePolicy; readonly requestId: string },
): Promise<string | undefined> {
  const isTaken = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  try {
    const { runId } = await temporal.call(
      (service) =>
        service.startWorkflowExecution({
          ...request,
          namespace: temporal.namespace,
          identity: temporal.identity,
          requestId,
          workflowIdReusePolicy: policy,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
        }),
      { run: { workflowId }, deadline, keep: isTaken },
    );
    return runId;
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/**
 * Sends an update to the run of a workflow id, and begins the run when there is none: both or neither. An update that a
 * run has is known by its id, which is made from the idempotency key; so a repeat is answered by the run that has it.
 */
import { randomUUID } from "node:crypto";
import proto from "@temporalio/proto";
import { redactedNames } from "../core/define-app.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { encodeWithinLimit, onceHeader, parsedHeader, updateArguments } from "./payloads.ts";
import { stages } from "./poll-update.ts";
import { sha256 } from "./run-ids.ts";
import type { Reach } from "./run-target.ts";
import {
  findRun,
  type FoundRun,
  isRepeat,
  joined,
  reusePolicies,
  type Start,
  type StartedRun,
  type StartMessage,
} from "./checked-start.ts";
import type { WaitLimits } from "./run-handle.ts";
import {
  idOfKey,
  ofThisCall,
  schemaOf,
  settled,
  shownUpdate,
  unlessLate,
  type UpdateOutcome,
  updateRun,
  waitForUpdate,
} from "./update-run.ts";

const { WorkflowIdConflictPolicy } = proto.temporal.api.enums.v1;

export interface StartedUpdate extends StartMessage, WaitLimits {
  readonly isShown?: boolean | undefined;
  readonly by?: string | undefined;
}

/** An update that was checked, with the start that it is joined with. */
interface Joined {
  readonly start: Start;
  readonly update: StartedUpdate;
  readonly updateId: string;
  readonly payload: ReturnType<typeof encodeWithinLimit>;
  /** As the caller gave it. */
  readonly key: string | undefined;
  readonly until: number;
}

/** @throws what {@link TenutoClient.start} throws. */
export async function updateWithStart(
  reach: Reach,
  plain: Start,
  { update, key }: { readonly update: StartedUpdate; readonly key: string | undefined },
): Promise<StartedRun> {
  const { contract } = plain;
  const { name, input, waitMs = 0 } = update;
  const type = contract.name;
  const what = `The input of update "${name}" of workflow "${type}"`;
  const schema = schemaOf({ contract, type }, name).input;
  const parsed = await parseInput(schema, input, { what, redact: contract.redact, side: "/update/input" });
  const sent: Joined = {
    start: joined(plain, { update: name, input: parsed }),
    update,
    updateId: key === undefined ? randomUUID() : idOfKey(name, key),
    payload: encodeWithinLimit(parsed, what),
    key,
    until: Date.now() + waitMs,
  };
  const { outcome, ...run } = await startedOrFound(reach, sent);
  const { result } = outcome;
  return {
    ...run,
    updateResult: update.isShown ? shownUpdate(result, { redact: redactedNames(reach.app), input }) : result,
  };
}

interface Answer extends Omit<StartedRun, "updateResult"> {
  readonly outcome: UpdateOutcome;
}

async function startedOrFound(reach: Reach, sent: Joined): Promise<Answer> {
  const { start } = sent;
  const { workflowId, contract } = start;
  for (;;) {
    const found = await findRun(reach.temporal, start);
    const isOpen = found?.status === "running";
    if (found && isOpen && found.type !== contract.name)
      throw new RunAlreadyStarted({ workflowId, runId: found.runId });
    const outcome = found && (await outcomeIn(reach, sent, found));
    if (found && outcome)
      return { workflowId, runId: found.runId, type: found.type, status: found.status, existing: true, outcome };
    // The run has closed since.
    if (isOpen) continue;
    const answer = await tryBoth(reach, sent, found);
    if (answer) return answer;
    if (found) throw new RunAlreadyStarted({ workflowId, runId: found.runId });
  }
}

/** The outcome of the update in a run that is there; `undefined` when the run is closed and does not have it. */
async function outcomeIn(reach: Reach, sent: Joined, found: FoundRun): Promise<UpdateOutcome | undefined> {
  const { start, update, updateId, key, until } = sent;
  const { workflowId } = start;
  const { name, input, signal, by } = update;
  const limits = { waitMs: Math.max(0, until - Date.now()), signal };
  const isContinued = isRepeat(found, start) && found.firstRunId !== found.runId;
  try {
    if (isContinued) {
      const run = { workflowId, runId: found.firstRunId };
      const known = await ifKnown(waitForUpdate(reach, { run, name, updateId, ...limits }));
      if (known) return known;
    }
    const run = { workflowId, runId: found.runId };
    const id = key === undefined ? { updateId } : { idempotencyKey: key };
    return await updateRun(reach, { run, name, input, by, ...id, ...limits });
  } catch (error) {
    if (error instanceof RunClosed) return undefined;
    throw error;
  }
}

async function ifKnown(outcome: Promise<UpdateOutcome>): Promise<UpdateOutcome | undefined> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof UpdateNotFound) return undefined;
    throw error;
  }
}

/** Begins a run with the update, or `undefined` when a run that is closed has the workflow id. */
async function tryBoth(reach: Reach, sent: Joined, found: FoundRun | undefined): Promise<Answer | undefined> {
  const { temporal } = reach;
  const { namespace, identity } = temporal;
  const { start, update, updateId, payload, key, until } = sent;
  const { workflowId, contract, request, fingerprint } = start;
  const { name, signal, waitMs = 0, by = identity } = update;
  const acceptBy = temporal.deadline();
  const startWorkflow = {
    ...request,
    namespace,
    identity,
    requestId: key === undefined ? randomUUID() : sha256([workflowId, key, fingerprint.payload, found?.runId ?? ""]),
    workflowIdReusePolicy: reusePolicies[found ? contract.idempotency : "once-per-id"],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  };
  const updateWorkflow = {
    namespace,
    workflowExecution: { workflowId },
    waitPolicy: { lifecycleStage: waitMs > 0 ? stages.completed : stages.accepted },
    request: {
      meta: { updateId, identity },
      input: { name, args: updateArguments(payload, by), header: key === undefined ? parsedHeader : onceHeader },
    },
  };
  const operations = [{ startWorkflow }, { updateWorkflow }];
  const isTaken = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  const deadline = Math.max(until, acceptBy);
  try {
    const both = await unlessLate(
      temporal.call((service) => service.executeMultiOperation({ namespace, operations }), {
        run: { workflowId },
        deadline,
        signal: ofThisCall(signal),
        keep: isTaken,
      }),
    );
    const [began, answered] = both?.responses ?? [];
    // No answer is no news about the start: what is there now is asked for.
    const runId =
      began?.startWorkflow?.runId ?? (await findRun(temporal, { ...start, deadline: temporal.deadline(2_000) }))?.runId;
    if (runId === undefined) throw new TemporalUnavailable();
    const type = contract.name;
    const target = { workflowId, runId, type, taskQueue: start.request.taskQueue.name, isRunning: true, contract };
    const wait = { until, signal, acceptBy };
    const outcome = await settled(
      temporal,
      { target, updateId, runId },
      { name, answer: answered?.updateWorkflow, wait },
    );
    return { workflowId, runId, type, status: "running", existing: began?.startWorkflow?.started === false, outcome };
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/**
 * Tells the state machine of a run an event, or rewinds it, once for each update id. What it refuses leaves no trace in the
 * history; what was taken is answered again, also by a run that continues the one that took it.
 */
import type { Payload } from "@temporalio/common";
import type { temporal as api } from "@temporalio/proto";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import { hashOfEvent, rewindUpdate } from "../core/state-machine/machine-record.ts";
import type { RunReference } from "./grpc-errors.ts";
import { machineErrorOf, machineRefusalIn } from "./machine-refused.ts";
import { decode } from "./payloads.ts";
import { errorOf } from "./run-failure.ts";
import type { Reach, RunTarget } from "./run-target.ts";
import { earlierOutcome } from "./send-task-call.ts";
import { sendUntilTaken } from "./send-until-taken.ts";
import { updateRequest } from "./update-request.ts";
import { stages } from "./poll-update.ts";

type Answer = api.api.workflowservice.v1.IUpdateWorkflowExecutionResponse;

/** An event, as it goes out. */
export interface MachineSending {
  readonly run: RunReference;
  readonly target: RunTarget;
  readonly name: string;
  readonly payload: Payload;
  readonly updateId: string;
  /** Of an event: a rewind says it itself. */
  readonly by?: string;
  readonly stage: (typeof stages)[keyof typeof stages];
}

/** What a run says of an event: the server's answer, or what came of it before. */
export type MachineTaken = { readonly answer: Answer } | { readonly before: MachineAnswer };

/** @throws `EventNotAllowed`, `TransitionInProgress`, `RewindNotAllowed`, `IdempotencyKeyReused`, `RunClosed` */
export async function sendToMachine(reach: Reach, sending: MachineSending): Promise<MachineTaken> {
  const { run, target, name, payload, updateId, by, stage } = sending;
  const what = name === rewindUpdate ? "the operator's call" : `event "${name}"`;
  const update = updateRequest(reach.temporal, {
    run,
    name,
    payload,
    updateId,
    isParsed: true,
    stage,
    ...(by !== undefined && { by }),
  });
  const isTaken = ({ outcome, stage: reached }: Answer) => {
    if (outcome) return machineRefusalIn(outcome.failure)?.type !== "MachineNotReady";
    return (reached ?? 0) >= stages.accepted;
  };
  const answer = await sendUntilTaken(reach, { what, target, run, update, isTaken });
  if (!answer) return { answer: { outcome: await outcomeOfClosed(reach, sending) } };
  const refusal = machineRefusalIn(answer.outcome?.failure);
  if (!refusal) return { answer };
  if (refusal.type === "EventTaken") {
    if (refusal.hash !== hashOfEvent(name, decode(payload)))
      throw new IdempotencyKeyReused(target, { what: `Event "${name}"` });
    return { before: refusal.answer };
  }
  throw machineErrorOf(refusal, target.workflowId) ?? errorOf(answer.outcome?.failure ?? {});
}

async function outcomeOfClosed({ temporal }: Reach, { target, updateId }: MachineSending) {
  const outcome = await earlierOutcome(temporal, target, updateId);
  if (outcome) return outcome;
  throw new RunClosed(target);
}

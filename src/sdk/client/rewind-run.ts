import { randomUUID } from "node:crypto";
import { RunClosed } from "../core/errors/run-closed.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import { type RewindCall, rewindUpdate } from "../core/state-machine/machine-record.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { stages } from "./poll-update.ts";
import { errorOf, runErrorOf } from "./run-failure.ts";
import { findTarget, type Reach } from "./run-target.ts";
import { sendToMachine } from "./send-machine-event.ts";
import { invalidOperatorCall, type SteerOptions } from "./steer-run.ts";

/** Which state to bring a machine back to, who does so and why. */
export interface RewindOptions extends SteerOptions {
  /** The path of a state. */
  readonly to: string;
}

/** @throws what {@link TenutoClient.rewind} throws. */
export async function rewindRun(
  reach: Reach,
  workflowId: string,
  { to, by = reach.temporal.identity, reason, runId }: RewindOptions,
): Promise<MachineAnswer> {
  const run = { workflowId, runId };
  const target = await findTarget(reach, run, reach.temporal.deadline());
  if (!target.isRunning) throw new RunClosed(run);
  const call: RewindCall = { to, by, reason };
  const payload = encodeWithinLimit(call, "The operator's call");
  const sending = { run, target, name: rewindUpdate, payload, updateId: randomUUID(), by, stage: stages.completed };
  const taken = await sendToMachine(reach, sending);
  if ("before" in taken) return taken.before;
  const { failure, success } = taken.answer.outcome ?? {};
  if (failure) throw invalidOperatorCall(runErrorOf(failure)) ?? errorOf(failure);
  return decode(success?.payloads?.[0]) as MachineAnswer;
}

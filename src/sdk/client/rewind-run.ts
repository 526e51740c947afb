import { randomUUID } from "node:crypto";
import { NoStateMachine } from "../core/errors/no-state-machine.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { UpdateFailed } from "../core/errors/update-failed.ts";
import { UpdatePending } from "../core/errors/update-pending.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import { type RewindCall, rewindUpdate } from "../core/state-machine/machine-record.ts";
import { encodeWithinLimit } from "./payloads.ts";
import { stages } from "./poll-update.ts";
import { errorOf, runErrorOf } from "./run-failure.ts";
import { findTarget, type Reach } from "./run-target.ts";
import { sendToMachine } from "./send-machine-event.ts";
import { invalidOperatorCall, type SteerOptions } from "./steer-run.ts";
import { settled } from "./update-run.ts";

/** Which state to bring a machine back to, who does so and why. */
export interface RewindOptions extends SteerOptions {
  /** The path of a state. */
  readonly to: string;
  /** How long the steps of that state may take until this gives up waiting, in milliseconds. @default 4500 */
  readonly waitMs?: number | undefined;
  /** A rewind that is sent again under its id is the same one. @default a new one */
  readonly updateId?: string | undefined;
}

/** @throws what {@link TenutoClient.rewind} throws. */
export async function rewindRun(
  reach: Reach,
  workflowId: string,
  { to, by = reach.temporal.identity, reason, runId, waitMs = 4_500, updateId = randomUUID() }: RewindOptions,
): Promise<MachineAnswer> {
  const { temporal } = reach;
  const run = { workflowId, runId };
  const until = Date.now() + waitMs;
  const target = await findTarget(reach, run, temporal.deadline());
  // While its first steps run, its memo does not tell of it yet; the contract does.
  if (!target.machine && !target.contract?.machine) throw new NoStateMachine(workflowId, target.type);
  if (!target.isRunning) throw new RunClosed(run);
  const call: RewindCall = { to, by, reason };
  const payload = encodeWithinLimit(call, "The operator's call");
  const sending = { run, target, name: rewindUpdate, payload, updateId, stage: stages.accepted };
  const taken = await sendToMachine(reach, sending);
  if ("before" in taken) return taken.before;
  const { answer } = taken;
  const invalid = answer.outcome?.failure && invalidOperatorCall(runErrorOf(answer.outcome.failure));
  if (invalid) throw invalid;
  const sent = { target, updateId, runId: target.runId };
  const name = "rewind";
  const { result, failure } = await settled(temporal, sent, { name, answer, wait: { until } });
  if (result.status === "running") throw new UpdatePending(name, { workflowId, updateId, waitMs });
  if (!failure) return result.result as MachineAnswer;
  const cause = errorOf(failure);
  throw new UpdateFailed(name, { workflowId, updateId, reason: cause.message }, { cause });
}

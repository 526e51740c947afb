// What a run refuses of what its state machine is told, as the errors of ours that it means.
import type { temporal as api } from "@temporalio/proto";
import { EventNotAllowed } from "../core/errors/event-not-allowed.ts";
import { RewindNotAllowed } from "../core/errors/rewind-not-allowed.ts";
import { TransitionInProgress } from "../core/errors/transition-in-progress.ts";
import type { MachineRefusal } from "../core/state-machine/machine-record.ts";
import { runErrorOf } from "./run-failure.ts";

type Failure = api.api.failure.v1.IFailure;

const types = {
  EventNotAllowed: true,
  TransitionInProgress: true,
  RewindNotAllowed: true,
  EventTaken: true,
  MachineNotReady: true,
} as const satisfies Record<MachineRefusal["type"], true>;

/** Why a machine did nothing; `undefined` of any other failure. */
export function machineRefusalIn(failure: Failure | null | undefined): MachineRefusal | undefined {
  if (!failure || !Object.hasOwn(types, failure.applicationFailureInfo?.type ?? "")) return undefined;
  const { type, data } = runErrorOf(failure);
  const refusal = data as MachineRefusal | undefined;
  return refusal?.type === type ? refusal : undefined;
}

/** The error that a refusal means, where it is one. */
export function machineErrorOf(refusal: MachineRefusal, workflowId: string): Error | undefined {
  switch (refusal.type) {
    case "EventNotAllowed":
      return new EventNotAllowed(workflowId, refusal);
    case "TransitionInProgress":
      return new TransitionInProgress(workflowId, refusal);
    case "RewindNotAllowed":
      return new RewindNotAllowed(workflowId, refusal);
    case "EventTaken":
    case "MachineNotReady":
      return undefined;
  }
}

// What a run and its clients agree on about its state machine.
import { hashJson } from "../idempotency-key.ts";
import type { MachineAnswer } from "./machine-answer.contract.ts";
import type { MachineDeadline, MachineSnapshot } from "./snapshot.ts";

/** The memo that tells of a run's machine, as {@link ToldMachine}; a memo is read without a worker. */
export const machineMemo = "tenutoMachine";

/** The query that tells all that a run knows of its machine, as {@link LiveMachine}. */
export const machineQuery = "__tenuto_machine";

/** The update that brings a machine back to an earlier state; takes a {@link RewindCall}. */
export const rewindUpdate = "__tenuto_rewind";

/** What the history says of the timer that gives what follows a local activity its place. */
export const machineTimer = "tenuto machine";

/** Why a machine moved. */
export type MachineCause =
  | { readonly kind: "start" }
  | { readonly kind: "event"; readonly event: string; readonly by?: string }
  | { readonly kind: "timeout"; readonly state: string; readonly after: string }
  | { readonly kind: "output"; readonly state: string; readonly step: string }
  | { readonly kind: "failure"; readonly state: string; readonly step: string; readonly error: string }
  | { readonly kind: "rewind"; readonly to: string; readonly by: string; readonly reason: string }
  | { readonly kind: "migration"; readonly fromVersion: number };

/** A transition that counts. */
export interface MachineTransitionRecord {
  /** From 1, over continue-as-new. */
  readonly number: number;
  readonly at: string;
  readonly cause: MachineCause;
  /** The paths of the innermost states that were active after it. */
  readonly state: readonly string[];
}

/** What lists and pages know of a machine. */
export interface ToldMachine {
  readonly machine: string;
  readonly version: number;
  readonly status: MachineSnapshot["status"];
  /** The paths of the innermost active states, in document order. */
  readonly state: readonly string[];
  /** The events that active states take. */
  readonly allowed: readonly string[];
  /** The states that operators may bring it back to. */
  readonly rewindable: readonly string[];
  readonly deadlines: readonly MachineDeadline[];
  /** Oldest first: the last ones. */
  readonly transitions: readonly MachineTransitionRecord[];
}

/** What is under way in a machine whose steps have not ended. */
export interface MachineMoving {
  readonly cause: MachineCause;
  readonly since: string;
  /** The steps that are to succeed before it counts. */
  readonly steps: readonly string[];
}

/** All that a run knows of its machine. */
export interface LiveMachine extends ToldMachine {
  readonly context: unknown;
  readonly moving?: MachineMoving;
}

/** An event that was taken, for one that comes again under its id. */
export interface TakenEvent {
  readonly id: string;
  /** Of its name and data. */
  readonly hash: string;
  readonly answer: MachineAnswer;
}

/** What goes over a continue-as-new. */
export interface MachineRecord {
  readonly snapshot: MachineSnapshot;
  /** Oldest first. */
  readonly transitions: readonly MachineTransitionRecord[];
  readonly visited: readonly string[];
  readonly taken: readonly TakenEvent[];
}

/** What an operator wants a machine to be in again, and why. */
export interface RewindCall {
  readonly to: string;
  readonly by: string;
  readonly reason: string;
}

/** Why an event, or a rewind, does nothing. */
export type MachineRefusal =
  | {
      readonly type: "EventNotAllowed";
      readonly event: string;
      readonly state: readonly string[];
      readonly allowed: readonly string[];
    }
  | {
      readonly type: "TransitionInProgress";
      readonly state: readonly string[];
      readonly moving: MachineMoving;
      /** None, until the machine is at rest. */
      readonly allowed: readonly string[];
    }
  | { readonly type: "RewindNotAllowed"; readonly to: string; readonly allowed: readonly string[] }
  /** It comes again under an id whose event was taken: this is what came of it. */
  | { readonly type: "EventTaken"; readonly answer: MachineAnswer; readonly hash: string }
  /** It has not begun, or goes on in another run in a moment: it is to be sent again. */
  | { readonly type: "MachineNotReady" };

/** How many transitions the memo has. */
export const toldTransitions = 10;

/** How many transitions a run knows of. */
export const keptTransitions = 100;

/** How many events a run knows of that were taken: as many as it takes before it continues as new. */
export const keptEvents = 1_000;

/** Of an event's name and data: whether one that comes again under its id is the same. */
export function hashOfEvent(event: string, data: unknown): string {
  return hashJson([event, data ?? null]).slice(0, 16);
}

/** A refusal in words. */
export function refusalText(refusal: MachineRefusal): string {
  switch (refusal.type) {
    case "EventNotAllowed": {
      const { event, state, allowed } = refusal;
      const why = allowed.includes(event)
        ? "its guards don't let it pass with this data"
        : `Allowed now: ${listOf(allowed)}`;
      return `Event ${JSON.stringify(event)} is not taken in ${listOf(state)}: ${why}.`;
    }
    case "TransitionInProgress": {
      const { moving } = refusal;
      return `The machine is in transition since ${moving.since} (steps: ${listOf(moving.steps)}). Ask for its state, and try again.`;
    }
    case "RewindNotAllowed":
      return `The machine can't be brought back to ${JSON.stringify(refusal.to)}. Allowed now: ${listOf(refusal.allowed)}.`;
    case "EventTaken":
      return "An event with this id was taken before.";
    case "MachineNotReady":
      return "The machine has not begun yet, or goes on in a moment. Send it again.";
  }
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => JSON.stringify(name)).join(", ");
}

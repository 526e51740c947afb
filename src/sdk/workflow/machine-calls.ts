// The updates by which a machine is told events, and rewound. What can't be done is refused by a validator, before anything
// is in the history.
import { ApplicationFailure, condition, defineQuery, defineUpdate, setHandler } from "@temporalio/workflow";
import { isProgrammingError } from "../core/programming-error.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import {
  hashOfEvent,
  type LiveMachine,
  machineQuery,
  type MachineRefusal,
  refusalText,
  type RewindCall,
  rewindUpdate,
} from "../core/state-machine/machine-record.ts";
import { assertTexts } from "./call-texts.ts";
import { clockSettled } from "./clock.ts";
import type { Asked, MachineRun } from "./machine-run.ts";
import { updateHandlers } from "./messages.ts";
import { currentSender } from "./update-sender.ts";

/** Which machine there is, once it has begun. */
export type Begun = () => MachineRun | undefined;

/** Lets a machine be told events and be rewound, and asked for what it is in. */
export function openMachineCalls(events: readonly string[], begun: Begun): void {
  for (const event of events) {
    const handler = (data: unknown) => taken(begun, eventAsked(event, data), currentSender()?.isParsed);
    updateHandlers.set(event, handler);
    setHandler(defineUpdate<MachineAnswer, [unknown]>(event), handler, {
      // What was not parsed by its sender is looked at when it is.
      validator: (data: unknown) => {
        if (currentSender()?.isParsed === true) assertPossible(begun, eventAsked(event, data));
      },
      description: "An event of the state machine",
    });
  }
  setHandler(defineUpdate<MachineAnswer, [RewindCall]>(rewindUpdate), (call) => taken(begun, rewindAsked(call), true), {
    validator: (call: RewindCall) => {
      assertTexts({ by: call.by, reason: call.reason });
      assertPossible(begun, rewindAsked(call));
    },
    description: "Brings the state machine back to an earlier state",
  });
  setHandler(defineQuery<LiveMachine | null>(machineQuery), () => begun()?.live() ?? null, {
    description: "What the state machine is in",
  });
}

function eventAsked(event: string, data: unknown): Asked {
  const { updateId, by } = currentSender() ?? {};
  return {
    ...(updateId !== undefined && { id: updateId }),
    hash: hashOfEvent(event, data),
    cause: { kind: "event", event, ...(by !== undefined && { by }) },
    data,
  };
}

function rewindAsked({ to, by, reason }: RewindCall): Asked {
  const { updateId } = currentSender() ?? {};
  const cause = { kind: "rewind", to, by, reason } as const;
  return {
    ...(updateId !== undefined && { id: updateId }),
    hash: hashOfEvent(rewindUpdate, { to, by, reason }),
    cause,
  };
}

// Looked at again: another one may have come first, where this one's data, or the start of the run, was parsed meanwhile.
async function taken(begun: Begun, asked: Asked, isParsed = false): Promise<MachineAnswer> {
  if (!begun()) await condition(() => begun() !== undefined);
  const wait = isParsed ? undefined : clockSettled();
  if (wait) await wait;
  return assertTaken(begun, asked).take(asked, Date.now());
}

/** A bug in a guard refuses nothing: the handler fails the workflow task by it, and the event waits for the fix. */
function assertPossible(begun: Begun, asked: Asked): void {
  try {
    assertTaken(begun, asked);
  } catch (error) {
    if (!isProgrammingError(error)) throw error;
  }
}

function assertTaken(begun: Begun, asked: Asked): MachineRun {
  const run = begun();
  if (!run) throw failureOf({ type: "MachineNotReady" });
  const refusal = run.refusalOf(asked, Date.now());
  if (refusal) throw failureOf(refusal);
  return run;
}

function failureOf(refusal: MachineRefusal): ApplicationFailure {
  const { type } = refusal;
  return ApplicationFailure.create({ type, message: refusalText(refusal), nonRetryable: true, details: [refusal] });
}

// The updates by which a machine is told events, and rewound. What can't be done is refused by a validator, before anything
// is in the history.
import { ApplicationFailure, defineQuery, defineUpdate, setHandler } from "@temporalio/workflow";
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
export function openMachineCalls(events: Iterable<string>, begun: Begun): void {
  for (const event of events) {
    const handler = (data: unknown) => taken(begun, eventAsked(event, data));
    updateHandlers.set(event, handler);
    setHandler(defineUpdate<MachineAnswer, [unknown]>(event), handler, {
      // What was not parsed by its sender is looked at when it is.
      validator: (data: unknown) => {
        if (currentSender()?.isParsed === true) assertTaken(begun, eventAsked(event, data));
      },
      description: "An event of the state machine",
    });
  }
  setHandler(defineUpdate<MachineAnswer, [RewindCall]>(rewindUpdate), (call) => taken(begun, rewindAsked(call)), {
    validator: (call: RewindCall) => {
      assertTexts({ by: call.by, reason: call.reason });
      assertTaken(begun, rewindAsked(call));
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

// Looked at again: another one may have come first, where this one's data was parsed meanwhile.
async function taken(begun: Begun, asked: Asked): Promise<MachineAnswer> {
  const wait = clockSettled();
  if (wait) await wait;
  return assertTaken(begun, asked).take(asked, Date.now());
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

// What the state machine of a run leaves to the run that continues it. Module state belongs to one run.
import type { MachineRecord } from "../core/state-machine/machine-record.ts";

let arrived: MachineRecord | undefined;
let leaving: MachineRecord | undefined;

/** Takes what the run before has left. */
export function receiveMachine(record: MachineRecord): void {
  arrived = record;
}

/** What the run before has left, once. */
export function takeMachine(): MachineRecord | undefined {
  const record = arrived;
  arrived = undefined;
  return record;
}

/** Leaves it to the run after. */
export function leaveMachine(record: MachineRecord): void {
  leaving = record;
}

/** What this run leaves; what nobody has taken goes on. */
export function machineLeft(): MachineRecord | undefined {
  return leaving ?? arrived;
}

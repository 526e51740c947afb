// What moves a machine, and how that is told.
import { hashJson } from "../core/idempotency-key.ts";
import { firstDue } from "../core/state-machine/advance.ts";
import type { StateMachine } from "../core/state-machine/machine.ts";
import type { MachineCause, MachineMoving } from "../core/state-machine/machine-record.ts";
import type { MachineSnapshot, MachineStep } from "../core/state-machine/snapshot.ts";

/** A step of the machine, and why it is taken. */
export interface Move {
  readonly step: MachineStep;
  readonly cause: MachineCause;
}

export function movingOf({ step, cause }: Move): MachineMoving {
  return { cause, since: new Date(step.at).toISOString(), steps: step.effects.map((effect) => effect.step) };
}

/** Why `advance` does what it does. */
export function causeOf(machine: StateMachine, snapshot: MachineSnapshot, now: number): MachineCause {
  const [output] = snapshot.outputs;
  if (output) {
    const step = machine.nodes.get(output.state)?.invoke?.step ?? "";
    return { kind: "output", state: output.state, step };
  }
  const due = firstDue(machine, snapshot, now);
  return { kind: "timeout", state: due?.state ?? "", after: due?.after ?? "" };
}

/** Whether nothing came of it but that its moment is gone: no guard let it pass, or nothing was to be done. */
export function isIdle({ step: { before }, cause }: Move, snapshot: MachineSnapshot): boolean {
  return (cause.kind === "timeout" || cause.kind === "output") && hashJson(before) === hashJson(snapshot);
}

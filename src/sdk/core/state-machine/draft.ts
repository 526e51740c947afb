// What a machine knows while it takes a step: it changes here, and nowhere else.
import { configurationOf, valueOf } from "./configuration.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineDeadline, MachineEffect, MachineOutput, MachineSnapshot, MachineStep } from "./snapshot.ts";
import { type Actions, type Given, inDocumentOrder, type StateNode } from "./state-node.ts";

/** Something that happened, with what guards and assignments are given of it. */
export interface Happening {
  readonly trigger: string;
  readonly data: Given;
}

export interface Draft {
  readonly machine: StateMachine;
  readonly now: number;
  readonly active: Set<StateNode>;
  /** What was entered in this step and not left again. */
  readonly entered: Set<StateNode>;
  readonly queue: Happening[];
  context: Given;
  deadlines: readonly MachineDeadline[];
  outputs: readonly MachineOutput[];
  /** What the machine's final state gives. */
  output?: unknown;
}

export function draftOf(machine: StateMachine, snapshot: MachineSnapshot, now: number): Draft {
  return {
    machine,
    now,
    active: configurationOf(machine, snapshot),
    entered: new Set(),
    queue: [],
    context: snapshot.context as Given,
    deadlines: snapshot.deadlines,
    outputs: snapshot.outputs,
  };
}

/** What user code is given at this moment. */
export function givenOf({ context, active, machine }: Draft, data: Given): Given {
  const isIn = (path: string) => {
    const node = machine.nodes.get(path);
    if (!node) throw new TypeError(`Machine "${machine.name}" has no state ${JSON.stringify(path)} to be in.`);
    return active.has(node);
  };
  return { ...data, context, isIn };
}

/** Does what is done on the way: first the assignment, which what is raised sees. */
export function act(draft: Draft, { assign, raise }: Actions, data: Given): void {
  if (assign) {
    const entries = Object.entries({ ...draft.context, ...assign(givenOf(draft, data)) });
    // JSON has no `undefined`: the field is not there, before and after the snapshot was stored.
    draft.context = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  for (const { type, data: event } of raise(givenOf(draft, data)))
    draft.queue.push({ trigger: `on ${type}`, data: { event } });
}

/** Whether the machine has come to a final state of its own. */
export function isDone({ machine, active }: Draft): boolean {
  return machine.root.children.some((child) => child.kind === "final" && active.has(child));
}

/** The draft as a candidate, with what is to be done for it. */
export function stepOf(draft: Draft, before: MachineSnapshot): MachineStep {
  const { machine, active, context, deadlines, outputs, output } = draft;
  const snapshot: MachineSnapshot = {
    machine: machine.name,
    version: machine.version,
    status: isDone(draft) ? "done" : "active",
    value: valueOf(active),
    context,
    deadlines,
    outputs,
    ...(output !== undefined && { output }),
  };
  return { snapshot, effects: effectsOf(draft), before, at: draft.now };
}

/** As SCXML has it for `invoke`: of what was entered and not left again, in document order. */
function effectsOf(draft: Draft): readonly MachineEffect[] {
  return inDocumentOrder(draft.entered).flatMap(({ path, invoke }) => {
    if (!invoke) return [];
    const input = invoke.input?.(givenOf(draft, {}));
    return [{ state: path, step: invoke.step, ...(input !== undefined && { input }) }];
  });
}

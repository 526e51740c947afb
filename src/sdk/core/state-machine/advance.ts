import { draftOf, stepOf } from "./draft.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineDeadline, MachineSnapshot, MachineStep } from "./snapshot.ts";
import { triggers } from "./state-node.ts";
import { take, typed } from "./transition.ts";

/**
 * The next thing that a machine does by itself: it takes what a step gave, in document order of the states that were entered;
 * else the deadline that is due for the longest (of several for the same time the first in document order). `undefined` when
 * there is nothing to do until {@link dueAt}.
 *
 * @param now - Milliseconds of the epoch.
 * @throws `EndlessMacrostep` and `InvalidSnapshot`, as `transition` does.
 */
export function advance<Context>(
  machine: StateMachine,
  snapshot: MachineSnapshot<Context>,
  now: number,
): MachineStep<Context> | undefined {
  if (snapshot.status === "done") return undefined;
  const [output, ...outputs] = snapshot.outputs;
  if (output) {
    const data = { output: output.output };
    return taken(machine, { ...snapshot, outputs }, { trigger: triggers.output(output.state), data }, now);
  }
  const due = firstDue(machine, snapshot, now);
  if (!due) return undefined;
  const deadlines = snapshot.deadlines.filter((deadline) => deadline !== due);
  return taken(machine, { ...snapshot, deadlines }, { trigger: triggers.after(due.state, due.after), data: {} }, now);
}

/** The deadline that {@link advance} takes next, when there is no output. */
export function firstDue(
  machine: StateMachine,
  { deadlines }: Pick<MachineSnapshot, "deadlines">,
  now: number,
): MachineDeadline | undefined {
  return inDueOrder(machine, deadlines).find(({ at }) => at <= now);
}

/** When the next deadline is due, in milliseconds of the epoch; `undefined` when there is none. */
export function dueAt(snapshot: MachineSnapshot): number | undefined {
  return snapshot.deadlines.length > 0 ? Math.min(...snapshot.deadlines.map(({ at }) => at)) : undefined;
}

/** What had its moment is gone also when no guard lets it pass. */
function taken<Context>(
  machine: StateMachine,
  before: MachineSnapshot<Context>,
  happening: Parameters<typeof take>[1],
  now: number,
): MachineStep<Context> {
  const draft = draftOf(machine, before, now);
  take(draft, happening);
  return typed(stepOf(draft, before));
}

function inDueOrder(machine: StateMachine, deadlines: readonly MachineDeadline[]): readonly MachineDeadline[] {
  const orderOf = ({ state }: MachineDeadline) => machine.nodes.get(state)?.order ?? 0;
  return [...deadlines].sort((a, b) => a.at - b.at || orderOf(a) - orderOf(b));
}

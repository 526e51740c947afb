import type { MachineFailure } from "./definition.ts";
import { draftOf, givenOf, stepOf } from "./draft.ts";
import { domainOfFailure } from "./exit-set.ts";
import type { StateMachine } from "./machine.ts";
import { macrostep } from "./macrostep.ts";
import { firstEdge } from "./select.ts";
import type { MachineSnapshot, MachineStep } from "./snapshot.ts";
import { ancestorsOf, type Edge, type Given, type StateNode, triggers } from "./state-node.ts";
import { typed } from "./transition.ts";

/** What came of a step's effects. */
export interface EffectsDone {
  /** What they gave, by the paths of their states. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Milliseconds of the epoch: states that were entered are active from now on, and their deadlines count from here. */
  readonly now: number;
}

/** The candidate of a step all of whose effects succeeded: from now on it counts. `advance` takes the outputs. */
export function committed<Context>(
  { snapshot, effects, before, at }: MachineStep<Context>,
  { outputs, now }: EffectsDone,
): MachineSnapshot<Context> {
  const given = effects.map(({ state }) => ({ state, output: outputs[state] ?? null }));
  const deadlines = snapshot.deadlines.map((deadline) =>
    before.deadlines.includes(deadline) ? deadline : { ...deadline, at: deadline.at + now - at },
  );
  return { ...snapshot, deadlines, outputs: [...snapshot.outputs, ...given] };
}

/**
 * What a machine does when an effect of a step failed: it stays in `before`, and takes from there the `onError` of the failed
 * state, or of the nearest state around it that has one. `undefined` when none does: the failure is the run's.
 *
 * The state that would have been entered is the source. What is left and entered is in the nearest compound state that is
 * around it and all targets, and is active before.
 *
 * @param now - Milliseconds of the epoch.
 */
export function afterFailure<Context>(
  machine: StateMachine,
  { before }: MachineStep<Context>,
  { state, error }: { readonly state: string; readonly error: MachineFailure },
  now: number,
): MachineStep<Context> | undefined {
  const draft = draftOf(machine, before, now);
  const node = machine.nodes.get(state);
  if (!node) throw new TypeError(`Machine "${machine.name}" has no state ${JSON.stringify(state)} to fail.`);
  const edge = handlerOf(node, givenOf(draft, { error }));
  // Before it has begun there is nothing to stay in.
  if (!edge || (edge.targets.length === 0 && draft.active.size === 0)) return undefined;
  macrostep(draft, [edge], { error }, (taken) => domainOfFailure(taken, draft.active));
  return typed(stepOf(draft, before));
}

function handlerOf(node: StateNode, given: Given): Edge | undefined {
  const own = firstEdge(node, triggers.failed(node.path), given);
  if (own || node.invoke?.failsRun) return own;
  for (const each of [node, ...ancestorsOf(node)]) {
    const edge = firstEdge(each, triggers.failedIn(each.path), given);
    if (edge || each.failsRun) return edge;
  }
  return undefined;
}

import { configurationOf } from "./configuration.ts";
import { draftOf, givenOf, stepOf } from "./draft.ts";
import { domainOfFailure } from "./exit-set.ts";
import type { StateMachine } from "./machine.ts";
import { macrostep } from "./macrostep.ts";
import type { MachineSnapshot, MachineStep } from "./snapshot.ts";
import type { Edge, StateNode } from "./state-node.ts";
import { typed } from "./transition.ts";

/** Which states a machine has been in, of those that it can be brought back to: their paths. */
export type Visited = readonly string[];

/** The states that the machine can be brought back to now, in document order: it was there, is not, and its definition allows it. */
export function rewindableStates(
  machine: StateMachine,
  snapshot: MachineSnapshot,
  visited: Visited,
): readonly string[] {
  if (snapshot.status === "done") return [];
  const draft = draftOf(machine, snapshot, 0);
  const given = givenOf(draft, {});
  return [...machine.nodes.values()]
    .filter((node) => visited.includes(node.path) && !draft.active.has(node) && node.mayRewind?.(given) === true)
    .map(({ path }) => path);
}

/** What is visited by being in a snapshot, too. */
export function visitedWith(machine: StateMachine, snapshot: MachineSnapshot, visited: Visited): Visited {
  const found = [...configurationOf(machine, snapshot)]
    .filter(({ path, mayRewind }) => mayRewind && !visited.includes(path))
    .map(({ path }) => path);
  return found.length > 0 ? [...visited, ...found] : visited;
}

/**
 * What a machine does to be in an earlier state again: what is active in the nearest compound state around that is left, and
 * the state is entered. Whether that is allowed is for {@link rewindableStates} to say.
 *
 * @param now - Milliseconds of the epoch.
 */
export function rewind<Context>(
  machine: StateMachine,
  snapshot: MachineSnapshot<Context>,
  to: string,
  now: number,
): MachineStep<Context> {
  const draft = draftOf(machine, snapshot, now);
  const node = machine.nodes.get(to);
  if (!node) throw new TypeError(`Machine "${machine.name}" has no state ${JSON.stringify(to)} to be in again.`);
  macrostep(draft, [backTo(node)], {}, (edge) => domainOfFailure(edge, draft.active));
  return typed(stepOf(draft, snapshot));
}

function backTo(node: StateNode): Edge {
  return { source: node, trigger: "", targets: [node], isInternal: false, actions: { raise: () => [] } };
}

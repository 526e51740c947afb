import { InvalidSnapshot } from "../errors/invalid-snapshot.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineSnapshot } from "./snapshot.ts";
import { ancestorsOf, inDocumentOrder, type StateNode } from "./state-node.ts";

/**
 * The active states that a snapshot tells of; none before the machine has begun.
 *
 * @throws {@link InvalidSnapshot} when it is of another machine or version, or these can't be active together.
 */
export function configurationOf(machine: StateMachine, snapshot: MachineSnapshot): Set<StateNode> {
  if (snapshot.machine !== machine.name || snapshot.version !== machine.version) {
    const got = `one of "${snapshot.machine}", version ${snapshot.version}`;
    throw new InvalidSnapshot(
      machine.name,
      got,
      `Use the definition that made it; this is version ${machine.version}.`,
    );
  }
  const leaves = snapshot.value.map((path) => {
    const node = machine.nodes.get(path);
    if (node && node !== machine.root) return node;
    throw new InvalidSnapshot(machine.name, `the state ${JSON.stringify(path)}`, "The machine has no such state.");
  });
  const active = new Set(leaves.flatMap((leaf) => [leaf, ...ancestorsOf(leaf)]));
  active.delete(machine.root);
  if (leaves.length > 0 && !isWhole(machine.root, active)) {
    const got = `the states ${leaves.map(({ path }) => JSON.stringify(path)).join(", ")}`;
    throw new InvalidSnapshot(machine.name, got, "These are not active together: a region has none, or several.");
  }
  return active;
}

/** The paths of the innermost active states, in document order. */
export function valueOf(active: ReadonlySet<StateNode>): readonly string[] {
  return inDocumentOrder(active)
    .filter(({ children }) => children.length === 0)
    .map(({ path }) => path);
}

/** Of a compound state one child is active, of a parallel one all are. */
function isWhole(node: StateNode, active: ReadonlySet<StateNode>): boolean {
  if (node.children.length === 0) return true;
  const inside = node.children.filter((child) => active.has(child));
  const right = node.kind === "parallel" ? node.children.length : 1;
  return inside.length === right && inside.every((child) => isWhole(child, active));
}

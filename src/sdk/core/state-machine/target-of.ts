import type { StateNode } from "./state-node.ts";

/**
 * The state that a name means, seen from a state: looked for among its siblings, then among its parent's, and so on up to
 * the top; from there down by dots. The nearest level that has the whole of it counts.
 */
export function targetOf(name: string, from: StateNode): StateNode | undefined {
  for (let level = from.parent; level; level = level.parent) {
    const found = downFrom(level, name);
    if (found) return found;
  }
  return undefined;
}

/** The state at a path of names with dots, down from a state. */
export function downFrom(start: StateNode, path: string): StateNode | undefined {
  return path
    .split(".")
    .reduce<StateNode | undefined>((node, name) => node?.children.find((child) => child.name === name), start);
}

import { domainOf } from "./exit-set.ts";
import { type Edge, inDocumentOrder, isWithin, type StateNode } from "./state-node.ts";

/** The states that transitions enter, in document order (SCXML, appendix D: computeEntrySet). */
export function entrySetOf(
  edges: readonly Edge[],
  domain: (edge: Edge) => StateNode | undefined = domainOf,
): StateNode[] {
  const entered = new Set<StateNode>();
  for (const edge of edges) {
    const top = domain(edge);
    if (top) addTargets(edge.targets, top, entered);
  }
  return inDocumentOrder(entered);
}

/** Adds states with all that is entered with them: what is around them up to `top`, and what is in them by default. */
export function addTargets(targets: readonly StateNode[], top: StateNode, entered: Set<StateNode>): void {
  for (const target of targets) addDown(target, entered);
  for (const target of targets) addUp(target, top, entered);
}

function addDown(node: StateNode, entered: Set<StateNode>): void {
  entered.add(node);
  if (node.kind === "compound") addTargets(node.initial, node, entered);
  if (node.kind === "parallel") addRegions(node, entered);
}

function addUp(node: StateNode, top: StateNode, entered: Set<StateNode>): void {
  for (let up = node.parent; up && up !== top; up = up.parent) {
    entered.add(up);
    if (up.kind === "parallel") addRegions(up, entered);
  }
}

/** The regions in which nothing is entered yet. */
function addRegions(parallel: StateNode, entered: Set<StateNode>): void {
  for (const region of parallel.children) {
    if (![...entered].some((node) => node === region || isWithin(node, region))) addDown(region, entered);
  }
}

import { exitSetOf } from "./exit-set.ts";
import { ancestorsOf, type Edge, type Given, inDocumentOrder, isWithin, type StateNode } from "./state-node.ts";

/**
 * The transitions that are taken together: of each innermost active state the first that may be taken, of its own or of the
 * nearest state around it; without those that conflict (SCXML, appendix D: selectTransitions).
 */
export function selectEdges(active: ReadonlySet<StateNode>, trigger: string, given: Given): readonly Edge[] {
  const selected = new Set<Edge>();
  for (const leaf of inDocumentOrder(active).filter(({ children }) => children.length === 0)) {
    const edge = [leaf, ...ancestorsOf(leaf)].map((node) => firstEdge(node, trigger, given)).find(Boolean);
    if (edge) selected.add(edge);
  }
  return withoutConflicts([...selected], active);
}

/** The first transition of a state that may be taken. */
export function firstEdge(node: StateNode, trigger: string, given: Given): Edge | undefined {
  return node.edges.get(trigger)?.find(({ guard }) => guard?.(given) ?? true);
}

/** Two conflict when both leave a state: the deeper source goes first, else the earlier one in document order. */
function withoutConflicts(edges: readonly Edge[], active: ReadonlySet<StateNode>): readonly Edge[] {
  let kept: readonly Edge[] = [];
  for (const edge of edges) {
    const left = exitSetOf([edge], active);
    const rivals = kept.filter((other) => exitSetOf([other], active).some((node) => left.includes(node)));
    if (rivals.every(({ source }) => isWithin(edge.source, source)))
      kept = [...kept.filter((other) => !rivals.includes(other)), edge];
  }
  return kept;
}

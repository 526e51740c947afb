import { commonAncestor, type Edge, inDocumentOrder, isWithin, type StateNode } from "./state-node.ts";

/** All that is left and entered by a transition is in this state (SCXML, appendix D: getTransitionDomain). */
export function domainOf({ source, targets, isInternal }: Edge): StateNode | undefined {
  if (targets.length === 0) return undefined;
  const staysIn = isInternal && source.kind === "compound" && targets.every((target) => isWithin(target, source));
  return staysIn ? source : commonAncestor(source, targets);
}

/**
 * As {@link domainOf}, for the failure of a step: its source may never have been active. So it is the nearest compound state
 * around that is active.
 */
export function domainOfFailure(edge: Edge, active: ReadonlySet<StateNode>): StateNode | undefined {
  let domain = domainOf(edge);
  while (domain?.parent && (domain.kind !== "compound" || !active.has(domain))) domain = domain.parent;
  return domain;
}

/** The active states that transitions leave, in document order. */
export function exitSetOf(
  edges: readonly Edge[],
  active: ReadonlySet<StateNode>,
  domain: (edge: Edge) => StateNode | undefined = domainOf,
): StateNode[] {
  const domains = edges.map(domain);
  return inDocumentOrder(active).filter((node) => domains.some((each) => each && isWithin(node, each)));
}

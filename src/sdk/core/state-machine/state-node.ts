// A machine's states as a tree, made once of its definition. What W3C's SCXML calls a state is a node here; the machine
// itself is the root.

export type StateKind = "atomic" | "compound" | "parallel" | "final";

/** What user code is given. Its types were checked where the machine was defined. */
export type Given = Readonly<Record<string, unknown>>;

/** What is done on the way: of a transition, an entry or an exit. */
export interface Actions {
  readonly assign?: (given: Given) => Given;
  readonly raise: (given: Given) => readonly { readonly type: string; readonly data: unknown }[];
}

/** A transition, with its targets found. */
export interface Edge {
  readonly source: StateNode;
  /** What it is taken on, as {@link triggers} writes it. */
  readonly trigger: string;
  readonly targets: readonly StateNode[];
  readonly isInternal: boolean;
  readonly guard?: (given: Given) => boolean;
  readonly actions: Actions;
}

export interface NodeDelay {
  /** As the definition has it: a duration, or the name of a delay. */
  readonly after: string;
  readonly ms: (given: Given) => number;
}

export interface NodeInvoke {
  readonly step: string;
  readonly input?: (given: Given) => unknown;
  /** Whether the run fails with the step. */
  readonly failsRun: boolean;
}

export interface StateNode {
  readonly name: string;
  /** Names from the top, with dots; of the root, "". */
  readonly path: string;
  readonly kind: StateKind;
  readonly parent?: StateNode;
  readonly children: readonly StateNode[];
  /** Its place in document order. */
  readonly order: number;
  /** Of a compound state: what is entered with it. */
  readonly initial: readonly StateNode[];
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly entry: Actions;
  readonly exit: Actions;
  readonly delays: readonly NodeDelay[];
  readonly invoke?: NodeInvoke;
  /** Whether the run fails when a step in it does. */
  readonly failsRun: boolean;
  /** Of a state that operators may bring the machine back to: whether they may now. */
  readonly mayRewind?: (given: Given) => boolean;
  readonly output?: (given: Given) => unknown;
}

/** What transitions are taken on, each as one string that is unique in its machine. */
export const triggers = {
  always: "always",
  event: (name: string) => `on ${name}`,
  /** A state is done. */
  done: (path: string) => `done ${path}`,
  after: (path: string, after: string) => `after ${after} ${path}`,
  /** The step by which a state was entered gave its output. */
  output: (path: string) => `output ${path}`,
  /** The step failed by which a state would have been entered. */
  failed: (path: string) => `failed ${path}`,
  /** The step failed of a state, or of one in it. */
  failedIn: (path: string) => `failed in ${path}`,
} as const;

/** From the parent up to the root. */
export function ancestorsOf(node: StateNode): readonly StateNode[] {
  const ancestors: StateNode[] = [];
  for (let up = node.parent; up; up = up.parent) ancestors.push(up);
  return ancestors;
}

/** Whether a state is in another, at any depth; none is in itself. */
export function isWithin(node: StateNode, ancestor: StateNode): boolean {
  for (let up = node.parent; up; up = up.parent) if (up === ancestor) return true;
  return false;
}

/** The nearest compound state, or the root, around the first state that all the others are in, too: SCXML's LCCA. */
export function commonAncestor(node: StateNode, others: readonly StateNode[]): StateNode {
  const ancestor = ancestorsOf(node).find(
    (each) => each.kind === "compound" && others.every((other) => isWithin(other, each)),
  );
  return ancestor ?? rootOf(node);
}

/** Whether two states are in different regions of a parallel state: both may be active, and neither is in the other. */
export function areBeside(one: StateNode, other: StateNode): boolean {
  if (one === other || isWithin(one, other) || isWithin(other, one)) return false;
  return ancestorsOf(one).find((each) => isWithin(other, each))?.kind === "parallel";
}

export function inDocumentOrder(nodes: Iterable<StateNode>): StateNode[] {
  return [...nodes].sort((a, b) => a.order - b.order);
}

/** A state and all that is in it, in document order. */
export function withDescendants(node: StateNode): readonly StateNode[] {
  return [node, ...node.children.flatMap(withDescendants)];
}

function rootOf(node: StateNode): StateNode {
  return ancestorsOf(node).at(-1) ?? node;
}

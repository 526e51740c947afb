import { configurationOf } from "./configuration.ts";
import type { StateMachine } from "./machine.ts";
import { type MachineTrigger, triggerOf } from "./machine-outline.ts";
import type { MachineSnapshot } from "./snapshot.ts";
import { ancestorsOf, type Edge, isWithin, type StateNode, withDescendants } from "./state-node.ts";

const longestName = 120;

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/**
 * A Mermaid state diagram of a machine; of a snapshot, with its active states marked. It shows names only, nothing of the
 * context. Mermaid draws it if no more than eleven states are in each other.
 *
 * @example
 * ```ts
 * console.log(machineDiagram(returnRequest, snapshot));
 * ```
 */
export function machineDiagram(machine: StateMachine, snapshot?: MachineSnapshot): string {
  const active = snapshot ? configurationOf(machine, snapshot) : new Set<StateNode>();
  const nodes = withDescendants(machine.root);
  const edges = nodes.flatMap((node) => [...node.edges.values()].flat());
  const regions = nodes.filter(({ parent }) => parent?.kind === "parallel");
  const marked = [...active].filter(({ children }) => children.length === 0);
  return [
    "stateDiagram-v2",
    ...[
      ...inside(machine.root, edges),
      ...classLines("region", "stroke-dasharray:8", regions),
      ...classLines("active", "stroke-width:4px,font-weight:bold", marked),
    ].map(indented),
  ].join("\n");
}

/**
 * What is in a state: first the arrows between the states there, then these.
 *
 * Mermaid takes boxes apart in the order in which it comes to know them, and fails when an inner one comes first: so each is
 * named by an arrow before what is in it, and regions are boxes, too, as nothing can lead to those that it draws by `--`.
 */
function inside(node: StateNode, edges: readonly Edge[]): readonly string[] {
  const begins = node.kind === "parallel" ? node.children : node.initial;
  const arrows = [...begins.map((each) => beginning(each, node)), ...arrowsIn(node, edges)];
  const fromOutside = node.children
    .filter((child) => node.parent && !arrows.some(({ from, to }) => from !== to && to === idOf(child)))
    .map((child) => ({ from: "[*]", to: idOf(child), text: "from outside" }));
  return [...linesOf([...arrows, ...fromOutside]), ...node.children.flatMap((child) => stateLines(child, edges))];
}

function beginning(initial: StateNode, node: StateNode): Arrow {
  const child = childAround(initial, node);
  return { from: "[*]", to: idOf(child), text: child === initial ? "" : `to ${named(below(initial, node))}` };
}

/** One arrow for all that lead from one state to another, with a line each: of two loops Mermaid draws only the last. */
function linesOf(arrows: readonly Arrow[]): readonly string[] {
  const texts = new Map<string, readonly string[]>();
  for (const { from, to, text } of arrows) {
    const ends = `${from} --> ${to}`;
    texts.set(ends, [...(texts.get(ends) ?? []), ...(text === "" ? [] : [text])]);
  }
  return [...texts].map(([ends, lines]) => (lines.length > 0 ? `${ends} : ${lines.join("<br>")}` : ends));
}

function stateLines(node: StateNode, edges: readonly Edge[]): readonly string[] {
  const head = `state "${named(node.name)}" as ${idOf(node)}`;
  if (node.kind === "final") return [head, `${idOf(node)} --> [*]`];
  if (node.kind === "atomic") return [head];
  return [`${head} {`, ...inside(node, edges).map(indented), "}"];
}

/**
 * The transitions that are drawn in a state: Mermaid draws none between states that are in different ones. So both ends are
 * the states in here that hold the true ones, and the text tells those.
 */
function arrowsIn(node: StateNode, edges: readonly Edge[]): readonly Arrow[] {
  return edges.flatMap((edge) => {
    if (edge.targets.length === 0) return edge.source.parent === node ? [arrowOf(node, edge, edge.source)] : [];
    return edge.targets.filter((end) => scopeOf(edge.source, end) === node).map((end) => arrowOf(node, edge, end));
  });
}

function arrowOf(scope: StateNode, edge: Edge, end: StateNode): Arrow {
  const from = childAround(edge.source, scope);
  const to = childAround(end, scope);
  const isTold = from !== edge.source || to !== end;
  const ends = isTold ? ` (${named(below(edge.source, scope))} to ${named(below(end, scope))})` : "";
  return { from: idOf(from), to: idOf(to), text: `${labelOf(edge)}${ends}` };
}

/** The innermost compound state, or the machine, that has both ends. */
function scopeOf(source: StateNode, end: StateNode): StateNode | undefined {
  return ancestorsOf(source).find((each) => each.kind === "compound" && isWithin(end, each));
}

function childAround(node: StateNode, scope: StateNode): StateNode {
  return [node, ...ancestorsOf(node)].find(({ parent }) => parent === scope) ?? node;
}

function below(node: StateNode, scope: StateNode): string {
  return scope.path === "" ? node.path : node.path.slice(scope.path.length + 1);
}

function labelOf(edge: Edge): string {
  return `${triggerTold(triggerOf(edge))}${edge.guard ? ", if" : ""}${edge.targets.length === 0 ? ", stays" : ""}`;
}

function triggerTold(on: MachineTrigger): string {
  switch (on.kind) {
    case "event":
      return named(on.event);
    case "after":
      return `after ${named(on.after)}`;
    case "always":
      return "at once";
    case "done":
      return "done";
    case "output":
      return `${named(on.step)} done`;
    case "failure":
      return `${named(on.step)} failed`;
    case "failureWithin":
      return "a step failed";
  }
}

function classLines(name: string, style: string, nodes: readonly StateNode[]): readonly string[] {
  return nodes.length > 0 ? [`classDef ${name} ${style}`, `class ${nodes.map(idOf).join(",")} ${name}`] : [];
}

function idOf({ order }: StateNode): string {
  return `s${order}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** What could mean something to Mermaid, or to the Markdown in it, becomes an entity. */
function named(name: string): string {
  const short = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
  return short.replace(/[^\p{L}\p{N}.…-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}

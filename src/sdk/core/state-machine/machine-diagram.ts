import { configurationOf } from "./configuration.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineSnapshot } from "./snapshot.ts";
import { ancestorsOf, type Edge, isWithin, type StateNode, triggers, withDescendants } from "./state-node.ts";

const longestText = 120;

/**
 * A Mermaid state diagram of a machine; of a snapshot, with its active states marked. It shows names only, nothing of the
 * context.
 *
 * @example
 * ```ts
 * console.log(machineDiagram(returnRequest, snapshot));
 * ```
 */
export function machineDiagram(machine: StateMachine, snapshot?: MachineSnapshot): string {
  const active = snapshot ? configurationOf(machine, snapshot) : new Set<StateNode>();
  const edges = withDescendants(machine.root).flatMap((node) => [...node.edges.values()].flat());
  const marked = [...active].filter(({ children }) => children.length === 0).map(idOf);
  return [
    "stateDiagram-v2",
    ...inside(machine.root, edges).map(indented),
    ...(marked.length > 0
      ? ["classDef active stroke-width:4px,font-weight:bold", `class ${marked.join(",")} active`].map(indented)
      : []),
  ].join("\n");
}

/** What is in a compound state: its states, and the transitions between them. */
function inside(node: StateNode, edges: readonly Edge[]): readonly string[] {
  const begin = node.initial.map((each) => `[*] --> ${idOf(childAround(each, node))}`);
  return [...new Set(begin), ...node.children.flatMap((child) => stateLines(child, edges)), ...edgeLines(node, edges)];
}

function stateLines(node: StateNode, edges: readonly Edge[]): readonly string[] {
  const head = `state "${escaped(node.name)}" as ${idOf(node)}`;
  if (node.kind === "final") return [head, `${idOf(node)} --> [*]`];
  if (node.kind === "atomic") return [head];
  const regions =
    node.kind === "compound"
      ? [inside(node, edges)]
      : node.children.map((region, index) => [...(index > 0 ? ["--"] : []), ...stateLines(region, edges)]);
  return [`${head} {`, ...regions.flat().map(indented), "}"];
}

/**
 * The transitions that are drawn in a state: Mermaid draws none between states that are in different ones. So both ends are
 * the states in here that hold the true ones, and the text tells those.
 */
function edgeLines(node: StateNode, edges: readonly Edge[]): readonly string[] {
  return edges.flatMap((edge) => {
    const ends = edge.targets.length === 0 ? [edge.source] : edge.targets;
    return ends.filter((end) => scopeOf(edge.source, end) === node).map((end) => edgeLine(node, edge, end));
  });
}

function edgeLine(scope: StateNode, edge: Edge, end: StateNode): string {
  const from = childAround(edge.source, scope);
  const to = childAround(end, scope);
  const isTold = from !== edge.source || to !== end;
  const ends = isTold ? ` (${below(edge.source, scope)} to ${below(end, scope)})` : "";
  return `${idOf(from)} --> ${idOf(to)} : ${escaped(`${labelOf(edge)}${ends}`)}`;
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

function labelOf({ source, trigger, guard, targets }: Edge): string {
  const { path, invoke } = source;
  const step = invoke?.step ?? "";
  const after = source.delays.find((delay) => trigger === triggers.after(path, delay.after));
  const names: Readonly<Record<string, string>> = {
    [triggers.always]: "at once",
    [triggers.done(path)]: "done",
    [triggers.output(path)]: `${step} done`,
    [triggers.failed(path)]: `${step} failed`,
    [triggers.failedIn(path)]: "a step failed",
  };
  const name = after ? `after ${after.after}` : (names[trigger] ?? trigger.replace(/^on /, ""));
  return `${name}${guard ? ", if" : ""}${targets.length === 0 ? ", stays" : ""}`;
}

function idOf({ order }: StateNode): string {
  return `s${order}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** What could mean something to Mermaid becomes an entity: only letters and the like stay. */
function escaped(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return short.replace(/[^\p{L}\p{N} .,()_…-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}

/**
 * Runs a machine to completion by the algorithm of W3C's SCXML (Recommendation of 1 September 2015, appendix D,
 * https://www.w3.org/TR/scxml/#AlgorithmforSCXMLInterpretation): transitions that need no event come first, then events that
 * the machine raised itself, until neither is left. It ends, or says between which states it does not.
 */
import { EndlessMacrostep } from "../errors/endless-macrostep.ts";
import { act, type Draft, givenOf, type Happening, isDone } from "./draft.ts";
import { entrySetOf } from "./entry-set.ts";
import { domainOf, exitSetOf } from "./exit-set.ts";
import { selectEdges } from "./select.ts";
import { type Edge, type Given, type StateNode, triggers } from "./state-node.ts";

const mostMicrosteps = 1_000;
const shownMicrosteps = 20;

/** Where transitions leave and enter. */
type Domain = (edge: Edge) => StateNode | undefined;

/** Takes transitions, then all that follows by itself. */
export function macrostep(draft: Draft, edges: readonly Edge[], data: Given, domain: Domain = domainOf): void {
  microstep(draft, edges, data, domain);
  const lately: string[] = [];
  for (let count = 1; !isDone(draft); count += 1) {
    const next = nextEdges(draft);
    if (!next) return;
    if (count > mostMicrosteps - shownMicrosteps) lately.push(...next.edges.map(({ source }) => source.path));
    if (count > mostMicrosteps) throw new EndlessMacrostep(draft.machine.name, [...new Set(lately)], mostMicrosteps);
    microstep(draft, next.edges, next.data, domainOf);
  }
}

/** The transitions of something that happened; none if no active state takes it. */
export function edgesFor(draft: Draft, { trigger, data }: Happening): readonly Edge[] {
  return selectEdges(draft.active, trigger, givenOf(draft, data));
}

function nextEdges(draft: Draft): { readonly edges: readonly Edge[]; readonly data: Given } | undefined {
  const always = edgesFor(draft, { trigger: triggers.always, data: {} });
  if (always.length > 0) return { edges: always, data: {} };
  for (let raised = draft.queue.shift(); raised; raised = draft.queue.shift()) {
    const edges = edgesFor(draft, raised);
    if (edges.length > 0) return { edges, data: raised.data };
  }
  return undefined;
}

function microstep(draft: Draft, edges: readonly Edge[], data: Given, domain: Domain): void {
  for (const node of exitSetOf(edges, draft.active, domain).reverse()) exit(draft, node);
  for (const { actions } of edges) act(draft, actions, data);
  for (const node of entrySetOf(edges, domain)) enter(draft, node);
}

function exit(draft: Draft, node: StateNode): void {
  act(draft, node.exit, {});
  draft.active.delete(node);
  draft.entered.delete(node);
  draft.deadlines = draft.deadlines.filter(({ state }) => state !== node.path);
  draft.outputs = draft.outputs.filter(({ state }) => state !== node.path);
}

function enter(draft: Draft, node: StateNode): void {
  draft.active.add(node);
  draft.entered.add(node);
  act(draft, node.entry, {});
  const given = givenOf(draft, {});
  const deadlines = node.delays.map(({ after, ms }) => ({ state: node.path, after, at: draft.now + ms(given) }));
  draft.deadlines = [...draft.deadlines, ...deadlines];
  if (node.kind === "final") finish(draft, node, node.output?.(given));
}

/** Raises that the state around a final one is done, and a parallel state with it if that was its last region. */
function finish(draft: Draft, { parent }: StateNode, output: unknown): void {
  if (!parent) return;
  if (!parent.parent) {
    draft.output = output;
    return;
  }
  draft.queue.push({ trigger: triggers.done(parent.path), data: { output } });
  const around = parent.parent;
  if (around.kind === "parallel" && around.children.every((region) => isFinished(region, draft.active)))
    draft.queue.push({ trigger: triggers.done(around.path), data: {} });
}

function isFinished(node: StateNode, active: ReadonlySet<StateNode>): boolean {
  if (node.kind === "compound") return node.children.some((child) => child.kind === "final" && active.has(child));
  return node.kind === "parallel" && node.children.every((region) => isFinished(region, active));
}

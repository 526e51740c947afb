import { assertName } from "../definition-name.ts";
import { type Duration, parsePositiveDuration } from "../duration.ts";
import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { actionsOf } from "./actions.ts";
import { edgesOf, initialOf } from "./build-edges.ts";
import type { Edge, Given, NodeDelay, NodeInvoke, StateKind, StateNode } from "./state-node.ts";
import { assertShape } from "./state-shape.ts";
import type { WrittenInvoke, WrittenMachine, WrittenState } from "./written-state.ts";

/** A node while its tree is built. */
type Growing = { -readonly [Member in keyof StateNode]: StateNode[Member] } & {
  children: Growing[];
  edges: Map<string, readonly Edge[]>;
};

/**
 * The tree of a machine's states, the root first, all names found.
 *
 * @throws {@link InvalidDefinition} when a name means nothing, or a state has what its kind can't have.
 */
export function buildTree(machine: string, written: WrittenMachine): StateNode {
  const nodes: (readonly [Growing, WrittenState])[] = [];
  const grow = (name: string, state: WrittenState, parent?: Growing): Growing => {
    const path = parent?.path ? `${parent.path}.${name}` : name;
    const whose = parent ? `state "${path}" of machine "${machine}"` : `machine "${machine}"`;
    if (parent) assertName(name, `The name of ${whose}`);
    assertShape(state, whose, written);
    const node: Growing = {
      name,
      path,
      kind: kindOf(state),
      order: nodes.length,
      children: [],
      initial: [],
      edges: new Map(),
      entry: actionsOf(state.entry),
      exit: actionsOf(state.exit),
      delays: delaysOf(state, written, whose),
      failsRun: state.onError === "fail",
      ...(parent && { parent }),
      ...(state.invoke && { invoke: invokeOf(state.invoke) }),
      ...(state.rewind !== undefined && state.rewind !== false && { mayRewind: rewindOf(state.rewind) }),
      ...(state.output && { output: state.output }),
    };
    nodes.push([node, state]);
    node.children = Object.entries(state.states ?? {}).map(([child, inner]) => grow(child, inner, node));
    return node;
  };
  const root = grow("", { initial: written.initial, states: written.states });
  for (const [node, state] of nodes) {
    node.initial = initialOf(node, state, machine);
    for (const [trigger, edges] of edgesOf(node, state, machine)) node.edges.set(trigger, edges);
  }
  return root;
}

function rewindOf(rewind: true | ((given: Given) => boolean)): (given: Given) => boolean {
  return rewind === true ? () => true : rewind;
}

function invokeOf({ step, input, onError }: WrittenInvoke): NodeInvoke {
  return { step, ...(input && { input }), failsRun: onError === "fail" };
}

function kindOf({ type, states }: WrittenState): StateKind {
  return type ?? (states ? "compound" : "atomic");
}

function delaysOf(state: WrittenState, { delays = {} }: WrittenMachine, whose: string): readonly NodeDelay[] {
  return Object.keys(state.after ?? {}).map((after) => {
    const what = `\`after\` of ${whose}`;
    if (!Object.hasOwn(delays, after)) {
      const ms = durationOf(after, what, Object.keys(delays));
      return { after, ms: () => ms };
    }
    const delay = delays[after];
    return {
      after,
      ms: (given) => parsePositiveDuration(delay?.(given) as Duration, `The delay "${after}" of ${what}`),
    };
  });
}

function durationOf(after: string, what: string, delays: readonly string[]): number {
  if (/^\d/.test(after)) return parsePositiveDuration(after as Duration, what);
  const known = delays.length > 0 ? ` or one of its delays: ${delays.join(", ")}` : "";
  throw new InvalidDefinition({
    what,
    got: after,
    remedy: `Give a duration as "10s"${known}; or declare it in \`delays\`.`,
  });
}

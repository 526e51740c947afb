import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { actionsOf } from "./actions.ts";
import { areBeside, type Edge, type StateNode, triggers } from "./state-node.ts";
import { downFrom, targetOf } from "./target-of.ts";
import { listed, type WrittenState, type WrittenTransition, type WrittenTransitions } from "./written-state.ts";

/** A state's transitions by what they are taken on, in the order in which they are tried. */
export function edgesOf(node: StateNode, state: WrittenState, machine: string): ReadonlyMap<string, readonly Edge[]> {
  const { path } = node;
  const edges = new Map<string, readonly Edge[]>();
  const add = (trigger: string, transitions: WrittenTransitions | "fail" | undefined) => {
    if (transitions === undefined || transitions === "fail") return;
    const more = listed(transitions).map((transition) => edgeOf(node, trigger, transition, machine));
    edges.set(trigger, [...(edges.get(trigger) ?? []), ...more]);
  };
  for (const [name, transitions] of Object.entries(state.on ?? {})) add(triggers.event(name), transitions);
  for (const [after, transitions] of Object.entries(state.after ?? {})) add(triggers.after(path, after), transitions);
  add(triggers.always, state.always);
  add(triggers.done(path), state.onDone);
  add(triggers.output(path), state.invoke?.onDone);
  add(triggers.failed(path), state.invoke?.onError);
  add(triggers.failedIn(path), state.onError);
  return edges;
}

/** What is entered with a state. */
export function initialOf(node: StateNode, { initial }: WrittenState, machine: string): readonly StateNode[] {
  if (node.kind !== "compound") return [];
  const whose = node.path === "" ? `machine "${machine}"` : `state "${node.path}" of machine "${machine}"`;
  const what = `\`initial\` of ${whose}`;
  const names = node.children.map(({ name }) => name).join(", ");
  const found = listed(initial).map((name) => {
    const target = downFrom(node, name);
    if (target) return target;
    throw new InvalidDefinition({ what, got: name, remedy: `Name a state in it: ${names}.` });
  });
  if (found.length === 0) throw new InvalidDefinition({ what, got: undefined, remedy: `Give one of ${names}.` });
  assertTogether(found, what);
  return found;
}

function edgeOf(node: StateNode, trigger: string, transition: WrittenTransition, machine: string): Edge {
  const what = `A target of "${trigger}" of state "${node.path}" of machine "${machine}"`;
  const targets = listed(transition.target).map((name) => {
    const target = targetOf(name, node);
    if (target) return target;
    const remedy =
      "Name a state beside it, or beside one that it is in, and go down by dots; or give a path from the top.";
    throw new InvalidDefinition({ what, got: name, remedy });
  });
  assertTogether(targets, what);
  return {
    source: node,
    trigger,
    targets,
    isInternal: transition.internal ?? false,
    ...(transition.guard && { guard: transition.guard }),
    actions: actionsOf(transition),
  };
}

/** @throws {@link InvalidDefinition} unless the states can all be active at once, each in a region of its own. */
function assertTogether(targets: readonly StateNode[], what: string): void {
  for (const [index, one] of targets.entries()) {
    const other = targets.slice(0, index).find((each) => !areBeside(one, each));
    if (!other) continue;
    const got = [other.path, one.path];
    throw new InvalidDefinition({ what, got, remedy: "Several are for regions of one parallel state, one for each." });
  }
}

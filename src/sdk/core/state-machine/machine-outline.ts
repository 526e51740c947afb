import type { StateMachine } from "./machine.ts";
import { type Edge, type StateKind, type StateNode, triggers, withDescendants } from "./state-node.ts";

/** What a transition is taken on. */
export type MachineTrigger =
  | { readonly kind: "event"; readonly event: string }
  /** The time in its state is over: a duration, or the name of a delay. */
  | { readonly kind: "after"; readonly after: string }
  /** As soon as its guard holds. */
  | { readonly kind: "always" }
  /** The state has come to its end. */
  | { readonly kind: "done" }
  /** The step of the state gave its output. */
  | { readonly kind: "output"; readonly step: string }
  /** The step of the state failed for good. */
  | { readonly kind: "failure"; readonly step: string }
  /** A step failed for good in the state, or in one that is in it. */
  | { readonly kind: "failureWithin" };

/** A state, without what it does. */
export interface OutlinedState {
  /** Names from the top, with dots. */
  readonly path: string;
  readonly kind: StateKind;
  /** The paths of what is entered with it; none unless it is compound. */
  readonly initial: readonly string[];
  /** The step by which it is entered. */
  readonly step?: string;
}

/** A transition, without what it does. */
export interface OutlinedTransition {
  readonly from: string;
  /** Empty when it leaves its state as it is. */
  readonly to: readonly string[];
  readonly on: MachineTrigger;
  /** Whether a condition has to hold besides. */
  readonly isGuarded: boolean;
}

/** What a machine looks like: names only, nothing of its code. */
export interface MachineOutline {
  /** The paths of the states that it begins in. */
  readonly initial: readonly string[];
  /** In document order: after each state, those that are in it. */
  readonly states: readonly OutlinedState[];
  /** By state; in the order in which they are tried. */
  readonly transitions: readonly OutlinedTransition[];
}

/**
 * The states and transitions of a machine as plain data, to draw it by.
 *
 * @example
 * ```ts
 * const { states, transitions } = machineOutline(returnRequest);
 * ```
 */
export function machineOutline({ root }: StateMachine): MachineOutline {
  const nodes = withDescendants(root);
  return {
    initial: root.initial.map(({ path }) => path),
    states: nodes.filter((node) => node !== root).map(stateOf),
    transitions: nodes.flatMap((node) => [...node.edges.values()].flat()).map(transitionOf),
  };
}

/** What an edge is taken on, told apart from others of its kind. */
export function triggerOf({ source, trigger }: Edge): MachineTrigger {
  const { path, invoke, delays } = source;
  const step = invoke?.step ?? "";
  const delay = delays.find(({ after }) => trigger === triggers.after(path, after));
  if (delay) return { kind: "after", after: delay.after };
  switch (trigger) {
    case triggers.always:
      return { kind: "always" };
    case triggers.done(path):
      return { kind: "done" };
    case triggers.output(path):
      return { kind: "output", step };
    case triggers.failed(path):
      return { kind: "failure", step };
    case triggers.failedIn(path):
      return { kind: "failureWithin" };
    default:
      return { kind: "event", event: trigger.replace(/^on /, "") };
  }
}

function stateOf({ path, kind, initial, invoke }: StateNode): OutlinedState {
  return { path, kind, initial: initial.map((each) => each.path), ...(invoke && { step: invoke.step }) };
}

function transitionOf(edge: Edge): OutlinedTransition {
  const { source, targets, guard } = edge;
  return {
    from: source.path,
    to: targets.map(({ path }) => path),
    on: triggerOf(edge),
    isGuarded: guard !== undefined,
  };
}

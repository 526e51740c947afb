import { z } from "zod";
import { machineOf } from "../../../../src/sdk/core/state-machine/define-state-machine.ts";
import type {
  WrittenMachine,
  WrittenState,
  WrittenTransition,
} from "../../../../src/sdk/core/state-machine/written-state.ts";

/** What is done to a machine in a test, in turn. */
export type Doing =
  | { readonly event: string; readonly isRefused?: true }
  | { readonly afterMs: number }
  | { readonly effects: readonly string[]; readonly outputs?: Readonly<Record<string, unknown>> };

/** A test of W3C's suite, told as a machine of ours that ends in `pass`. */
export interface ScxmlCase {
  readonly shows: string;
  readonly events?: readonly string[];
  readonly initial: string | readonly string[];
  readonly states: Readonly<Record<string, WrittenState>>;
  readonly delays?: WrittenMachine["delays"];
  readonly steps?: readonly string[];
  readonly does?: readonly Doing[];
  /** What the machine gives in the end. */
  readonly output?: unknown;
}

/** The machine of a test, which need not make sense. */
export function machineOfCase({ states, initial, events = [], steps = [], delays }: ScxmlCase) {
  const schemas = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, z.json()]));
  const described = { name: "scxml", version: 1, context: z.json(), description: "" };
  const named = { ...described, events: schemas(events), steps: schemas(steps) };
  return machineOf(named, { ...named, states, initial, ...(delays && { delays }) });
}

export const ends = { pass: { type: "final" }, fail: { type: "final" } } as const satisfies Record<
  string,
  WrittenState
>;

/** A state that takes one event of these to a target, and fails on every other: SCXML writes `event="*"`. */
export function expects(event: string, target: string, all: readonly string[]): WrittenState {
  return { on: Object.fromEntries(all.map((name) => [name, { target: name === event ? target : "fail" }])) };
}

/** Counts in the context. */
export function count(name: string): Pick<WrittenTransition, "assign"> {
  return { assign: ({ context }) => ({ [name]: counted(context, name) + 1 }) };
}

/** At once to one target if a count is right, else to `fail`. */
export function checks(name: string, right: number, target: string): WrittenState {
  return { always: [{ guard: ({ context }) => counted(context, name) === right, target }, { target: "fail" }] };
}

export function counted(context: unknown, name: string): number {
  return (context as Readonly<Record<string, number>>)[name] ?? 0;
}

export function isIn(given: Readonly<Record<string, unknown>>, path: string): boolean {
  return (given["isIn"] as (path: string) => boolean)(path);
}

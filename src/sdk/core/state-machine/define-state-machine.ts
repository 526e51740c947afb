import type { z } from "zod";
import { assertCarriable } from "../carriable-schema.ts";
import { assertName } from "../definition-name.ts";
import type { Duration } from "../duration.ts";
import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { buildTree } from "./build-tree.ts";
import type { PathsIn, WithDeclaredNames } from "./declared-names.ts";
import type { DelayOf, SchemasByName, StateDefinition } from "./definition.ts";
import type { StateMachine } from "./machine.ts";
import { assertPrevious, type PreviousVersion } from "./previous-version.ts";
import { assertSound } from "./soundness-checks.ts";
import { withDescendants } from "./state-node.ts";
import type { WrittenMachine } from "./written-state.ts";

/** The pure description of a state machine. */
export interface StateMachineDefinition<
  Context extends z.ZodType,
  Events extends SchemasByName,
  Steps extends SchemasByName,
  Delay extends string,
  States,
> {
  /** A whole number from 1; another one for every change that snapshots notice. */
  readonly version: number;
  /** What the machine remembers: an object. */
  readonly context: Context;
  /** What it can be told, and tell itself: schemas of the events' data. */
  readonly events: Events;
  /** Schemas of what the steps give that its states run. @default none */
  readonly steps?: Steps;
  /** How long to wait, from the context, for `after`. @default none */
  readonly delays?: Readonly<Record<Delay, DelayOf<z.output<Context>>>>;
  /** The state, or states in regions, that it begins in: a name, or a path down by dots. */
  readonly initial: PathsIn<States> | readonly PathsIn<States>[];
  readonly states: States & WithDeclaredNames<States, keyof Events, Duration | Delay>;
  /** What the machine is for, in Markdown. */
  readonly description?: string;
  /**
   * Its versions of before, for as long as there are runs of them: a worker that lacks one which runs are in does not start.
   *
   * @default none
   */
  readonly previous?: readonly PreviousVersion<NoInfer<z.output<Context>>>[];
}

/**
 * Describes a state machine, as W3C's SCXML means it; the value is pure and may be imported from anywhere.
 *
 * Write `context`, `events`, `steps` and `delays` before `states`: from them guards and assignments have their types. Only a
 * target that there is compiles.
 *
 * @throws `InvalidDefinition` when a name means nothing, a state can't be reached or left, a transition can never be taken, a
 *   step's failure is nobody's, or a schema has values that JSON can't carry.
 * @example
 * ```ts
 * const parcel = defineStateMachine("parcel", {
 *   version: 1,
 *   context: z.object({ orderId: z.string(), signedBy: z.string().optional() }),
 *   events: { delivered: z.object({ by: z.string() }), lost: z.object({}) },
 *   initial: "onItsWay",
 *   states: {
 *     onItsWay: {
 *       on: { delivered: { target: "there", assign: ({ event }) => ({ signedBy: event.by }) }, lost: { target: "gone" } },
 *       after: { "30d": { target: "gone" } },
 *     },
 *     there: { type: "final" },
 *     gone: { type: "final" },
 *   },
 * });
 * ```
 */
export function defineStateMachine<
  Context extends z.ZodType<Record<string, unknown>>,
  Events extends SchemasByName,
  const States extends Readonly<Record<string, StateDefinition<z.output<Context>, Events, Steps, Delay>>>,
  Steps extends SchemasByName = Record<never, never>,
  Delay extends string = never,
>(
  name: string,
  definition: StateMachineDefinition<Context, Events, Steps, Delay, States>,
): StateMachine<Context, Events, Steps> {
  const { version, context, events, steps = {} as Steps } = definition;
  const whose = `machine "${name}"`;
  assertName(name, "The name of a state machine");
  if (!Number.isInteger(version) || version < 1)
    throw new InvalidDefinition({
      what: `\`version\` of ${whose}`,
      got: version,
      remedy: "Give a whole number from 1.",
    });
  assertCarriable(context, `The context of ${whose}`, "both");
  for (const [event, schema] of Object.entries(events)) {
    assertName(event, `The name of an event of ${whose}`);
    assertCarriable(schema, `The data of event "${event}" of ${whose}`, "both");
  }
  for (const [step, schema] of Object.entries(steps)) {
    assertName(step, `The name of a step of ${whose}`);
    assertCarriable(schema, `The output of step "${step}" of ${whose}`, "parsed");
  }
  const { description = "", previous = [] } = definition;
  assertPrevious(previous, { name, version });
  // Guards take what they were typed for here; the tree gives each of them just that.
  const written = definition as unknown as WrittenMachine;
  const machine = machineOf({ name, version, context, events, steps, description, previous }, written);
  assertSound(machine.root, name);
  return machine;
}

/** A machine whose names are found; whether it makes sense is not looked at. */
export function machineOf<Context extends z.ZodType, Events extends SchemasByName, Steps extends SchemasByName>(
  described: Omit<StateMachine<Context, Events, Steps>, "kind" | "root" | "nodes" | "previous"> & {
    readonly previous?: readonly PreviousVersion[];
  },
  written: WrittenMachine,
): StateMachine<Context, Events, Steps> {
  const root = buildTree(described.name, written);
  const nodes = new Map(withDescendants(root).map((node) => [node.path, node]));
  return { kind: "stateMachine", previous: [], ...described, root, nodes };
}

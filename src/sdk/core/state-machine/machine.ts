import type { z } from "zod";
import type { SchemasByName } from "./definition.ts";
import type { PreviousVersion } from "./previous-version.ts";
import type { StateNode } from "./state-node.ts";

/** A state machine, made by {@link defineStateMachine}. */
export interface StateMachine<
  Context extends z.ZodType = z.ZodType,
  Events extends SchemasByName = SchemasByName,
  Steps extends SchemasByName = SchemasByName,
> {
  readonly kind: "stateMachine";
  readonly name: string;
  readonly version: number;
  readonly context: Context;
  readonly events: Events;
  /** Schemas of what its steps give. */
  readonly steps: Steps;
  readonly description: string;
  /** What runs of before may still be in. */
  readonly previous: readonly PreviousVersion[];
  /** The tree of its states. */
  readonly root: StateNode;
  readonly nodes: ReadonlyMap<string, StateNode>;
}

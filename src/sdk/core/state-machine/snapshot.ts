/** When a state has been active for long enough. */
export interface MachineDeadline {
  /** The path of the state. */
  readonly state: string;
  /** What its definition says: a duration, or the name of a delay. */
  readonly after: string;
  /** Milliseconds of the epoch. */
  readonly at: number;
}

/** What a step gave by which a state was entered, as long as the machine has not taken it. */
export interface MachineOutput {
  readonly state: string;
  readonly output: unknown;
}

/** All that a machine knows: plain JSON. */
export interface MachineSnapshot<Context = unknown> {
  readonly machine: string;
  readonly version: number;
  readonly status: "active" | "done";
  /** The paths of the innermost active states, in document order. */
  readonly value: readonly string[];
  readonly context: Context;
  /** In the order in which they were set. */
  readonly deadlines: readonly MachineDeadline[];
  /** {@link advance} takes them, the first one first. */
  readonly outputs: readonly MachineOutput[];
  /** What its final state gives, if anything. */
  readonly output?: unknown;
}

/** A step that is to be run before a candidate counts. */
export interface MachineEffect {
  /** The path of the state that is entered by it. */
  readonly state: string;
  readonly step: string;
  readonly input?: unknown;
}

/** What a machine would do: it has done so once all effects succeeded. */
export interface MachineStep<Context = unknown> {
  /** The candidate. */
  readonly snapshot: MachineSnapshot<Context>;
  /** In document order; they may run at the same time. */
  readonly effects: readonly MachineEffect[];
  /** What counts if one of them fails; what the step was taken on is not in there any more. */
  readonly before: MachineSnapshot<Context>;
  /** When it was taken, in milliseconds of the epoch. */
  readonly at: number;
}

/** Why nothing was done: no active state takes this event now. */
export interface RefusedEvent {
  readonly refused: {
    readonly event: string;
    /** The events that active states declare; their guards may refuse them yet. */
    readonly allowed: readonly string[];
  };
}

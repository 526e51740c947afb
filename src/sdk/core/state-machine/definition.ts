import type { z } from "zod";
import type { Duration } from "../duration.ts";

/** Schemas by the name of what they describe. */
export type SchemasByName = Readonly<Record<string, z.ZodType>>;

/** What guards, assignments and the like are given, besides what happened. They are pure. */
export interface Seen<Context> {
  readonly context: Context;
  /** Whether a state is active at this moment, by its whole path. */
  readonly isIn: (path: string) => boolean;
}

/** An event that a machine is told, with its data. */
export type MachineEvent<Events extends SchemasByName = SchemasByName> = {
  [Name in keyof Events & string]: { readonly type: Name; readonly data: z.output<Events[Name]> };
}[keyof Events & string];

/** An event that a machine tells itself: it comes before all from outside. The name alone means empty data. */
export type RaisedEvent<Events extends SchemasByName = SchemasByName> =
  | MachineEvent<Events>
  | {
      [Name in keyof Events & string]: Record<never, never> extends z.output<Events[Name]> ? Name : never;
    }[keyof Events & string];

/** What happens on the way, at once. */
export interface MachineActions<Given, Context, Events extends SchemasByName> {
  /** New values of fields of the context. @default it stays */
  readonly assign?: (given: Given) => Partial<Context>;
  /** It sees the context that `assign` made. @default nothing */
  readonly raise?:
    RaisedEvent<Events> | readonly RaisedEvent<Events>[] | ((given: Given) => readonly RaisedEvent<Events>[]);
}

/** A way out of a state, or a reaction in it. */
export interface MachineTransition<Given, Context, Events extends SchemasByName> extends MachineActions<
  Given,
  Context,
  Events
> {
  /**
   * A state's name as seen from the source: one beside it, else beside its parent, and so on up to the top; from there down
   * by dots, as in `"processing.refund"`. The nearest that there is counts. Several are for regions of a parallel state.
   *
   * @default nothing is left or entered
   */
  readonly target?: string | readonly string[];
  /** @default it may always be taken */
  readonly guard?: (given: Given) => boolean;
  /** Whether a compound source stays active when all targets are in it. @default false */
  readonly internal?: boolean;
}

/** One, or several of which the first whose guard passes is taken. */
export type MachineTransitions<Given, Context, Events extends SchemasByName> =
  MachineTransition<Given, Context, Events> | readonly MachineTransition<Given, Context, Events>[];

/** Why a step failed. */
export interface MachineFailure {
  /** The name of the error. */
  readonly type: string;
  readonly message: string;
  /** What a declared error carries. */
  readonly data?: unknown;
}

/** What is done when a step fails; `"fail"` says that the run fails with it. */
export type OnStepError<Context, Events extends SchemasByName> =
  "fail" | MachineTransitions<Seen<Context> & { readonly error: MachineFailure }, Context, Events>;

/** A step that belongs to entering a state: only if it succeeds is the state entered. */
export type MachineInvoke<Context, Events extends SchemasByName, Steps extends SchemasByName> = {
  [Step in keyof Steps & string]: {
    readonly step: Step;
    /** What the step is given. @default nothing */
    readonly input?: (given: Seen<Context>) => unknown;
    /** Taken when the state is entered, since its step succeeded. @default nothing */
    readonly onDone?: MachineTransitions<Seen<Context> & { readonly output: z.output<Steps[Step]> }, Context, Events>;
    /** Taken from the states that were active before. @default that of the nearest state around it */
    readonly onError?: OnStepError<Context, Events>;
  };
}[keyof Steps & string];

/** A state: with `states` compound or parallel, else atomic or final. */
export interface StateDefinition<
  Context,
  Events extends SchemasByName = SchemasByName,
  Steps extends SchemasByName = SchemasByName,
  Delay extends string = string,
> {
  /** @default compound with `states`, else atomic */
  readonly type?: "parallel" | "final";
  /** Of a compound state: what is entered with it, by its name in here or a path from here. Several are for regions. */
  readonly initial?: string | readonly string[];
  readonly states?: Readonly<Record<string, StateDefinition<Context, Events, Steps, Delay>>>;
  readonly entry?: MachineActions<Seen<Context>, Context, Events>;
  readonly exit?: MachineActions<Seen<Context>, Context, Events>;
  /** What is done with events, by their names. */
  readonly on?: {
    readonly [Name in keyof Events]?: MachineTransitions<
      Seen<Context> & { readonly event: z.output<Events[Name]> },
      Context,
      Events
    >;
  };
  /** Taken as soon as its guard passes. */
  readonly always?: MachineTransitions<Seen<Context>, Context, Events>;
  /** What is done when the state has been active for so long: a duration, or the name of one of the machine's `delays`. */
  readonly after?: { readonly [After in Duration | Delay]?: MachineTransitions<Seen<Context>, Context, Events> };
  readonly invoke?: MachineInvoke<Context, Events, Steps>;
  /** Taken when a final state in it is entered; of a parallel state, when all regions are in one. */
  readonly onDone?: MachineTransitions<Seen<Context> & { readonly output: unknown }, Context, Events>;
  /** Taken when a step fails by which this state, or one in it, would have been entered. */
  readonly onError?: OnStepError<Context, Events>;
  /**
   * Whether operators may bring the machine back here, once it was here; a function sees the context of that moment. What is
   * entered by it runs its step again.
   *
   * @default false
   */
  readonly rewind?: boolean | ((given: Seen<Context>) => boolean);
  /** Of a final state: what it gives to the `onDone` around it, or as the output of the machine. @default nothing */
  readonly output?: (given: Seen<Context>) => unknown;
}

/** How long a delay of a machine is this time. */
export type DelayOf<Context> = (given: { readonly context: Context }) => Duration;

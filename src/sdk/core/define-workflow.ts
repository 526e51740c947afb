import type { z } from "zod";
import { type DeclaredErrors, declareErrors, type ErrorSchemas } from "./declared-error.ts";
import { assertWorkflow } from "./workflow-checks.ts";
import type { Duration } from "./duration.ts";
import type { LaneDefinition } from "./priority.ts";
import type { Concurrency } from "./lane.ts";
import type { FieldName } from "./redacted.ts";
import { machineAnswer } from "./state-machine/machine-answer.contract.ts";
import { eventsOfVersions } from "./state-machine/previous-version.ts";
import type { StateMachine } from "./state-machine/machine.ts";

/**
 * What a second start with the same workflow id means, named for intent: `once-per-id` refuses it for as long as the
 * first is kept, `retry-if-failed` allows it when the first did not complete, `allow-duplicate` once the first closed.
 */
export type Idempotency = "once-per-id" | "retry-if-failed" | "allow-duplicate";

/** Schemas of what a run of a workflow can be sent, by name. */
export type MessageSchemas = Readonly<Record<string, z.ZodType>>;

/** Schemas of what a run of a workflow can be asked and answers, by name. */
export type CallSchemas = Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

/** The updates of a workflow that its state machine makes: one for each event. */
export type MachineUpdates<Machine extends StateMachine> = {
  readonly [Event in keyof Machine["events"]]: {
    readonly input: Machine["events"][Event];
    readonly output: typeof machineAnswer;
  };
};

/** The pure description of a workflow. */
export interface WorkflowDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Errors extends ErrorSchemas = ErrorSchemas,
  Signals extends MessageSchemas = MessageSchemas,
  Queries extends CallSchemas = CallSchemas,
  Updates extends CallSchemas = CallSchemas,
  Machine extends StateMachine = StateMachine,
> {
  readonly input: Input;
  readonly output: Output;
  /** Errors that end a run for a declared reason. */
  readonly errors?: Errors;
  /** What a running run can be told. */
  readonly signals?: Signals;
  /** What a run can be asked without changing anything. */
  readonly queries?: Queries;
  /** What a running run can be told that it answers. */
  readonly updates?: Updates;
  /**
   * The state machine that its runs are, by `runStateMachine`: each of its events becomes an update.
   *
   * @default none
   */
  readonly machine?: Machine;
  /** @default "once-per-id" */
  readonly idempotency?: Idempotency;
  /** The workflow id of a run, from its input; without it, from the `Idempotency-Key`, else random. */
  readonly workflowId?: (input: z.output<Input>) => string;
  /**
   * Which of its runs, and of their steps, go first where work waits; a start may ask for another, field by field.
   *
   * @default priority 3, and the fairness key of its tenant
   */
  readonly lane?: LaneDefinition<z.output<Input>>;
  /**
   * Which kind of work it is: its task queue is `APP.QUEUE`, which workers may take for themselves; "main" is the app's own.
   *
   * @default the app's own task queue
   */
  readonly queue?: string;
  /** What the workflow does, in Markdown. */
  readonly description?: string;
  /** The longest that a run should take; a run that takes longer goes on, and counts as late. @default none */
  readonly sla?: Duration;
  /**
   * The longest that a run may take: then it is canceled from within, undoes what it did and fails as `DeadlineExceeded`.
   * The clock stands still while the run is parked or paused; a run that continues as new keeps its clock.
   *
   * @default none
   */
  readonly deadline?: Duration;
  /**
   * How many runs may be at work at once, of the type or of each key. A run that has no slot yet waits before its code
   * begins; its deadline counts from its slot on.
   *
   * @default any number
   */
  readonly concurrency?: Concurrency<z.output<Input>>;
  /**
   * Fields of input, output and signals, at any depth, that never reach logs, records, the history API or pages, in the
   * whole app. Temporal's own history has them, in clear unless encrypted, and its logger writes what workflow code
   * throws: don't quote them in that.
   *
   * @default none
   */
  readonly redact?: readonly FieldName<z.output<Input> | z.output<Output> | z.output<Signals[keyof Signals]>>[];
}

/** A workflow's description, made by {@link defineWorkflow}. */
export interface WorkflowContract<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Errors extends ErrorSchemas = ErrorSchemas,
  Signals extends MessageSchemas = MessageSchemas,
  Queries extends CallSchemas = CallSchemas,
  Updates extends CallSchemas = CallSchemas,
> {
  readonly kind: "workflow";
  /** The workflow's type in Temporal, and the name of its function in `src/workflows`. */
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  readonly errors: DeclaredErrors<Errors>;
  /** The schemas of what the declared errors carry. */
  readonly errorSchemas: Errors;
  readonly signals: Signals;
  readonly queries: Queries;
  readonly updates: Updates;
  /** The state machine that its runs are; its events are among the updates. */
  readonly machine?: StateMachine;
  readonly idempotency: Idempotency;
  // A method, not a property: a contract of one input is then usable where any contract is.
  workflowId?(input: z.output<Input>): string;
  /** Which of its runs go first where work waits. */
  readonly lane?: LaneDefinition<z.output<Input>>;
  /** Which kind of work it is: its task queue is `APP.QUEUE`. */
  readonly queue?: string;
  readonly description: string;
  /** The longest that a run should take. */
  readonly sla?: Duration;
  /** The longest that a run may take. */
  readonly deadline?: Duration;
  /** How many runs may be at work at once. */
  readonly concurrency?: Concurrency<z.output<Input>>;
  /** Names of the fields that never reach logs, records, the history API or pages. */
  readonly redact: readonly string[];
}

/**
 * The type of the plain async function that fits a contract.
 *
 * @example
 * ```ts
 * const greetContract = defineWorkflow("greet", { input: z.object({ name: z.string() }), output: z.string() });
 * export const greet: WorkflowOf<typeof greetContract> = async ({ name }) => `Hello, ${name}`;
 * ```
 */
export type WorkflowOf<Contract extends WorkflowContract> = (
  input: z.output<Contract["input"]>,
) => Promise<z.output<Contract["output"]>>;

/**
 * Describes a workflow; the value is pure and may be imported from anywhere.
 *
 * @throws `InvalidDefinition` when a name, a lane or a limit is unusable, the SLA or the deadline is no duration, or a schema has values that JSON can't carry.
 * @example
 * ```ts
 * const greetContract = defineWorkflow("greet", { input: z.object({ name: z.string() }), output: z.string() });
 * ```
 */
export function defineWorkflow<
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Errors extends ErrorSchemas = Record<never, never>,
  const Signals extends MessageSchemas = Record<never, never>,
  const Queries extends CallSchemas = Record<never, never>,
  const Updates extends CallSchemas = Record<never, never>,
  Machine extends StateMachine = StateMachine<z.ZodType, Record<never, never>>,
>(
  name: string,
  definition: WorkflowDefinition<Input, Output, Errors, Signals, Queries, Updates, Machine>,
): WorkflowContract<Input, Output, Errors, Signals, Queries, Updates & MachineUpdates<Machine>> {
  assertWorkflow(name, definition);
  const { updates = {} as Updates, machine } = definition;
  return {
    kind: "workflow",
    name,
    input: definition.input,
    output: definition.output,
    errors: declareErrors(definition.errors ?? ({} as Errors)),
    errorSchemas: definition.errors ?? ({} as Errors),
    signals: definition.signals ?? ({} as Signals),
    queries: definition.queries ?? ({} as Queries),
    updates: { ...(machine && updatesOf(machine)), ...updates } as Updates & MachineUpdates<Machine>,
    ...(machine && { machine }),
    idempotency: definition.idempotency ?? "once-per-id",
    ...(definition.workflowId && { workflowId: definition.workflowId }),
    ...(definition.lane && { lane: definition.lane }),
    ...(definition.queue !== undefined && { queue: definition.queue }),
    description: definition.description ?? "",
    ...(definition.sla !== undefined && { sla: definition.sla }),
    ...(definition.deadline !== undefined && { deadline: definition.deadline }),
    ...(definition.concurrency && { concurrency: definition.concurrency }),
    redact: definition.redact ?? [],
  };
}

function updatesOf(machine: StateMachine): CallSchemas {
  const events = Object.entries(eventsOfVersions(machine));
  return Object.fromEntries(events.map(([event, input]) => [event, { input, output: machineAnswer }]));
}

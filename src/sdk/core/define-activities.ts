import type { z } from "zod";
import { assertActivity, assertErrorsDisjoint } from "./activity-checks.ts";
import {
  type DeclaredErrors,
  declareErrors,
  type ErrorSchemas,
  type RetryableErrors,
  retryableErrors,
} from "./declared-error.ts";
import { assertName } from "./definition-name.ts";
import type { Duration } from "./duration.ts";
import { assertQueue } from "./queue.ts";
import type { OnExhausted } from "./incident.ts";
import type { Lane } from "./priority.ts";
import type { FieldName } from "./redacted.ts";
import type { RetryPolicy, RetryRule } from "./retry-policy.ts";

/** The pure description of one activity: what goes in and out, which errors decide something, how it is retried. */
export interface ActivityDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Errors that are answers, not accidents: typed, and never retried. */
  readonly errors?: ErrorSchemas;
  /** Failures that the activity knows and that are retried, each by its own rule in `retry.on`. */
  readonly retryable?: ErrorSchemas;
  /** @default five retries after 1, 2, 4, 8 and 16 seconds */
  readonly retry?: RetryPolicy;
  /** The longest one attempt may take, 24 days at most; required, so that no step hangs for ever. */
  readonly attemptTimeout: Duration;
  /**
   * The longest the step may take with all attempts, waits and queueing; without a worker for as long, it fails unattempted.
   *
   * @default none; the retries bound it
   */
  readonly totalTimeout?: Duration;
  /** Which of its steps go first where work waits. @default that of the run, field by field */
  readonly lane?: Lane;
  /**
   * Which kind of work it is: its task queue is `APP.QUEUE`, which workers may take for themselves; "main" is the app's own.
   *
   * @default the set's, else the app's own task queue
   */
  readonly queue?: string;
  /** How long a late effect of a timed-out attempt is waited for before the step is undone. @default attemptTimeout */
  readonly settle?: Duration;
  /**
   * When the retries ran out: the run waits for an operator (an incident), or the step fails. Decided, and recorded, when
   * it happens.
   *
   * @default "fail"; "park" where the step undoes another one
   */
  readonly onExhausted?: OnExhausted;
  /**
   * Fields of input and output, at any depth, that never reach logs, records, the history API or pages, in the whole app;
   * what they hold is taken out of the messages of errors too. Temporal's own history has them, in clear unless encrypted.
   *
   * @default none
   */
  readonly redact?: readonly string[];
}

/** A set of activities under one name, made by {@link defineActivities}. */
export interface ActivitiesContract<Definitions extends ActivityDefinitions = ActivityDefinitions> {
  readonly kind: "activities";
  readonly name: string;
  readonly definitions: Definitions;
  /** Makes the errors that the activities declare, those in `errors` and those in `retryable`. */
  readonly errors: DeclaredErrors<SchemasOf<Definitions, "errors">> &
    RetryableErrors<SchemasOf<Definitions, "retryable">>;
}

/** What holds for all activities of a set. */
export interface ActivitySetOptions {
  /** Of those that name none. @default the app's own task queue */
  readonly queue?: string;
}

/** Activity definitions by name. */
export type ActivityDefinitions = Readonly<Record<string, ActivityDefinition>>;

/** What of a set's definitions depends on the rest of the same definition: names of retryable errors and of fields. */
type Fitting<Definitions extends ActivityDefinitions> = {
  readonly [Name in keyof Definitions]: {
    readonly retry?: {
      readonly on?: {
        readonly [Rule in RuleIn<Definitions[Name]>]?: Rule extends
          "Timeout" | "WorkerLost" | NameIn<Definitions[Name], "retryable">
          ? RetryRule
          : never;
      };
    };
    readonly redact?: readonly FieldName<
      z.output<Definitions[Name]["input"]> | z.output<Definitions[Name]["output"]>
    >[];
  };
};

type Kind = "errors" | "retryable";
type NameIn<Definition, Of extends Kind> = keyof DeclaredBy<Definition, Of> & string;
type RuleIn<Definition> = Definition extends { readonly retry: { readonly on: infer Rules } } ? keyof Rules : never;
type SchemasOf<Definitions extends ActivityDefinitions, Of extends Kind> = UnionToIntersection<
  { [Name in keyof Definitions]: DeclaredBy<Definitions[Name], Of> }[keyof Definitions]
>;
type DeclaredBy<Definition, Of extends Kind> =
  Definition extends Readonly<Record<Of, infer Errors extends ErrorSchemas>> ? Errors : object;
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer Intersection extends ErrorSchemas,
) => void
  ? Intersection
  : ErrorSchemas;

/**
 * Describes a set of activities; the value is pure and may be imported from workflows.
 *
 * @throws {@link InvalidDefinition} when a name is unusable, a timeout or retry policy is missing, unbounded or can't mean
 * anything, or a schema has values that JSON can't carry.
 * @example
 * ```ts
 * const payments = defineActivities("payments", {
 *   chargeCard: {
 *     input: z.object({ amountCents: z.int().positive(), card: z.string() }),
 *     output: z.object({ chargeId: z.string() }),
 *     errors: { CardDeclined: z.object({ reason: z.string() }) },
 *     retryable: { RateLimited: z.object({ retryAfterSeconds: z.number() }) },
 *     retry: { retries: 5, on: { RateLimited: { wait: "retry-after" }, Timeout: { retries: 2 } } },
 *     attemptTimeout: "10s",
 *     onExhausted: "park",
 *     redact: ["card"],
 *   },
 * });
 * ```
 */
export function defineActivities<const Definitions extends ActivityDefinitions>(
  name: string,
  definitions: Definitions & Fitting<Definitions>,
  { queue }: ActivitySetOptions = {},
): ActivitiesContract<Definitions> {
  assertName(name, "The name of a set of activities");
  assertQueue(queue, `activities "${name}"`);
  for (const [activity, definition] of Object.entries<ActivityDefinition>(definitions)) {
    assertName(activity, `The activity name in "${name}"`);
    assertActivity(activityTypeOf(name, activity), definition);
  }
  assertErrorsDisjoint(name, definitions);
  const schemasOf = <Of extends Kind>(kind: Of) =>
    Object.assign({}, ...Object.values<ActivityDefinition>(definitions).map((each) => each[kind] ?? {})) as SchemasOf<
      Definitions,
      Of
    >;
  const errors = { ...declareErrors(schemasOf("errors")), ...retryableErrors(schemasOf("retryable")) };
  return { kind: "activities", name, definitions: onQueue(definitions, queue), errors };
}

function onQueue<Definitions extends ActivityDefinitions>(definitions: Definitions, queue: string | undefined) {
  if (queue === undefined) return definitions;
  const all = Object.entries<ActivityDefinition>(definitions).map(([name, each]) => [name, { queue, ...each }]);
  return Object.fromEntries(all) as Definitions;
}

/** The name under which Temporal knows an activity of a contract. */
export function activityTypeOf(contractName: string, activity: string): string {
  return `${contractName}.${activity}`;
}

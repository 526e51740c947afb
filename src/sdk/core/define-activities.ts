import type { z } from "zod";
import { type DeclaredErrors, declareErrors, type ErrorSchemas } from "./declared-error.ts";
import { type Duration, parseDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import { resolveRetryPolicy, type RetryPolicy } from "./retry-policy.ts";

/** The pure description of one activity: what goes in and out, which errors decide something, how it is retried. */
export interface ActivityDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Errors that are answers, not accidents: typed, and never retried. */
  readonly errors?: ErrorSchemas;
  /** @default five retries after 1, 2, 4, 8 and 16 seconds */
  readonly retry?: RetryPolicy;
  /** The longest one attempt may take; required, so that no step hangs for ever. */
  readonly attemptTimeout: Duration;
  /** How long a late effect of a timed-out attempt is waited for before the step is undone. @default attemptTimeout */
  readonly settle?: Duration;
}

/** A set of activities under one name, made by {@link defineActivities}. */
export interface ActivitiesContract<Definitions extends ActivityDefinitions = ActivityDefinitions> {
  readonly kind: "activities";
  readonly name: string;
  readonly definitions: Definitions;
  readonly errors: DeclaredErrors<ErrorsOf<Definitions>>;
}

/** Activity definitions by name. */
export type ActivityDefinitions = Readonly<Record<string, ActivityDefinition>>;

type ErrorsOf<Definitions extends ActivityDefinitions> = UnionToIntersection<
  { [Name in keyof Definitions]: DeclaredBy<Definitions[Name]> }[keyof Definitions]
>;
type DeclaredBy<Definition> = Definition extends { readonly errors: infer Errors extends ErrorSchemas }
  ? Errors
  : object;
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer Intersection extends ErrorSchemas,
) => void
  ? Intersection
  : ErrorSchemas;

/**
 * Describes a set of activities; the value is pure and may be imported from workflows.
 *
 * @throws {@link InvalidDefinition} when a name is unusable, or a timeout or retry policy is missing or unbounded.
 * @example
 * ```ts
 * const payments = defineActivities("payments", {
 *   chargeCard: {
 *     input: z.object({ amountCents: z.int().positive(), card: z.string() }),
 *     output: z.object({ chargeId: z.string() }),
 *     errors: { CardDeclined: z.object({ reason: z.string() }) },
 *     attemptTimeout: "10s",
 *   },
 * });
 * ```
 */
export function defineActivities<const Definitions extends ActivityDefinitions>(
  name: string,
  definitions: Definitions,
): ActivitiesContract<Definitions> {
  assertName(name, "The name of a set of activities");
  for (const [activity, definition] of Object.entries(definitions)) {
    assertName(activity, `The activity name in "${name}"`);
    assertBounded(`${name}.${activity}`, definition);
  }
  const schemas = Object.assign(
    {},
    ...Object.values(definitions).map((each) => each.errors ?? {}),
  ) as ErrorsOf<Definitions>;
  return { kind: "activities", name, definitions, errors: declareErrors(schemas) };
}

/** The name under which Temporal knows an activity of a contract. */
export function activityTypeOf(contractName: string, activity: string): string {
  return `${contractName}.${activity}`;
}

export function assertName(name: string, what: string): void {
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return;
  throw new InvalidDefinition({ what, got: name, remedy: "Begin with a letter; use letters, digits, - and _ only." });
}

function assertBounded(activity: string, definition: ActivityDefinition): void {
  if (definition.attemptTimeout === undefined) {
    throw new InvalidDefinition({
      what: `\`attemptTimeout\` of activity "${activity}"`,
      got: undefined,
      remedy: 'Give the longest that one attempt may take, such as "10s".',
    });
  }
  parseDuration(definition.attemptTimeout);
  if (definition.settle !== undefined) parseDuration(definition.settle);
  resolveRetryPolicy(definition.retry);
}

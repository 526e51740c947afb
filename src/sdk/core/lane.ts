// How many runs of a type, or of one key of it, may be at work at once: what a contract says, and what a start carries of it.
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import { hashJson } from "./idempotency-key.ts";

/**
 * What becomes of a run when its lane is full: it waits for its turn, its start is refused with `ConcurrencyLimit`, or the
 * run that has been in the lane longest is canceled and the new one goes when that has undone what it did.
 */
export type OnLimit = "wait" | "reject" | "cancel-oldest";

/** How many runs may be at work at once. */
export interface Concurrency<Input = unknown> {
  /** What runs have in common that share a lane, from their input: one character at least. @default all runs of the type share one */
  // A method, not a property: a contract of one input is then usable where any contract is.
  key?(input: Input): string;
  /** From 1 to 500. */
  readonly limit: number;
  /** @default "wait" */
  readonly onLimit?: OnLimit;
}

/** How a lane works, as the run that came last has brought it. */
export interface LaneTerms {
  readonly limit: number;
  readonly onLimit: OnLimit;
}

/** The lane of a run, as its start carries it: a contract of later changes nothing for it. */
export interface LaneOfRun extends LaneTerms {
  readonly key?: string;
}

/** Which runs share a lane. */
export interface LaneSubject {
  readonly type: string;
  readonly key?: string;
  readonly tenant?: string;
}

/** The header of a start that says which lane the run is in, as {@link LaneOfRun}; it is never encrypted. */
export const laneHeaderName = "tenuto-lane";

/** The workflow id of a lane; of a tenant's it goes behind the tenant's prefix. */
export function laneIdOf({ type, key }: Pick<LaneSubject, "type" | "key">): string {
  return `${laneIdPrefix}${hashJson([type, key ?? null]).slice(0, 32)}`;
}

const laneIdPrefix = "tenuto-lane-";

const mostOfLane = 500;
const longestKey = 1_000;

/** @throws `InvalidDefinition` when it can't mean anything sound. */
export function assertConcurrency({ limit, onLimit = "wait" }: Concurrency<never>, whose: string): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostOfLane)
    throw new InvalidDefinition({
      what: `\`concurrency.limit\` of ${whose}`,
      got: limit,
      remedy: `Give a whole number from 1 to ${mostOfLane}.`,
    });
  if (!(["wait", "reject", "cancel-oldest"] satisfies OnLimit[]).includes(onLimit))
    throw new InvalidDefinition({
      what: `\`concurrency.onLimit\` of ${whose}`,
      got: onLimit,
      remedy: 'Write "wait", "reject" or "cancel-oldest".',
    });
}

/**
 * The lane of a run that begins with this input; `undefined` when its type has none.
 *
 * @throws `InvalidDefinition` when the contract's `key` gives no text.
 */
export function laneOf(
  { name, concurrency }: { readonly name: string; readonly concurrency?: Concurrency<never> },
  input: unknown,
): LaneOfRun | undefined {
  if (!concurrency) return undefined;
  const { limit, onLimit = "wait" } = concurrency;
  if (!concurrency.key) return { limit, onLimit };
  const key: unknown = concurrency.key(input as never);
  if (typeof key === "string" && key !== "" && key.length <= longestKey) return { key, limit, onLimit };
  throw new InvalidDefinition({
    what: `The key of \`concurrency\` of workflow "${name}"`,
    got: key,
    remedy: `Give a text of 1 to ${longestKey} characters.`,
  });
}

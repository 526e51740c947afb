// How many events become one run: the four windows that a rule can have.
import { type Duration, parsePositiveDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** When a window closes, and what its run may run beside. Plain data, times in milliseconds. */
export type WindowTerms =
  | { readonly kind: "debounce"; readonly quietMs: number; readonly atMostMs?: number }
  | { readonly kind: "batch"; readonly withinMs: number; readonly atMost: number }
  | { readonly kind: "singleton" }
  | { readonly kind: "latestWins" };

/** Every kind of window. */
export const windowKinds = ["debounce", "batch", "singleton", "latestWins"] as const satisfies WindowTerms["kind"][];

/** A kind of window. */
export type WindowKind = (typeof windowKinds)[number];

/** What gathers events of one key for one run, made by {@link debounce}, {@link batch}, {@link singleton} or {@link latestWins}. */
export interface EventWindow<Data = never> {
  readonly terms: WindowTerms;
  /** Events of different keys have different windows. @default all events of the rule have one */
  readonly key?: (data: Data) => string;
}

interface KeyOption<Data> {
  /** Which events belong together, such as those of one customer. @default all events of the rule */
  readonly key?: (data: Data) => string;
}

/** When a burst of events is over. */
export interface DebounceOptions<Data> extends KeyOption<Data> {
  /** How long no event comes before the run starts. */
  readonly quiet: Duration;
  /** How long after the first event the run starts even though more come. @default as long as they come */
  readonly atMost?: Duration;
}

/** When a batch is complete. */
export interface BatchOptions<Data> extends KeyOption<Data> {
  /** How long after its first event the run starts. */
  readonly within: Duration;
  /** With how many events the run starts at once; 1 to 1,000. */
  readonly atMost: number;
}

/** The largest list that a run is started with. */
export const mostEventsOfRun = 1_000;

/**
 * Waits until no event of a key has come for a while, then starts one run with all of them.
 *
 * @throws `InvalidDefinition` when a duration is none, or `atMost` is shorter than `quiet`.
 * @example
 * ```ts
 * const Edit = z.object({ customer: z.string(), text: z.string() });
 * const window = debounce({ key: ({ customer }: z.output<typeof Edit>) => customer, quiet: "30s", atMost: "10m" });
 * ```
 */
export function debounce<Data>({ key, quiet, atMost }: DebounceOptions<Data>): EventWindow<Data> {
  const quietMs = parsePositiveDuration(quiet, "`quiet` of debounce");
  const atMostMs = atMost === undefined ? undefined : parsePositiveDuration(atMost, "`atMost` of debounce");
  if (atMostMs !== undefined && atMostMs < quietMs) {
    const remedy = "Give a duration that is as long as `quiet` at least, or leave it out.";
    throw new InvalidDefinition({ what: "`atMost` of debounce", got: { quiet, atMost }, remedy });
  }
  return windowOf({ kind: "debounce", quietMs, ...(atMostMs !== undefined && { atMostMs }) }, key);
}

/**
 * Starts one run with the events of a key that come within a time of the first, or with so many.
 *
 * @throws `InvalidDefinition` when `within` is no duration, or `atMost` no count from 1 to 1,000.
 * @example
 * ```ts
 * const window = batch({ within: "5m", atMost: 100 });
 * ```
 */
export function batch<Data>({ key, within, atMost }: BatchOptions<Data>): EventWindow<Data> {
  const withinMs = parsePositiveDuration(within, "`within` of batch");
  if (!Number.isInteger(atMost) || atMost < 1 || atMost > mostEventsOfRun) {
    const remedy = `Give how many events a run takes at most, 1 to ${mostEventsOfRun}.`;
    throw new InvalidDefinition({ what: "`atMost` of batch", got: atMost, remedy });
  }
  return windowOf({ kind: "batch", withinMs, atMost }, key);
}

/**
 * Has one run of a key at a time: the first event starts it at once, and what comes while it goes becomes, together, the
 * run after it.
 *
 * @example
 * ```ts
 * const window = singleton({ key: ({ repository }: { repository: string }) => repository });
 * ```
 */
export function singleton<Data>({ key }: KeyOption<Data> = {}): EventWindow<Data> {
  return windowOf({ kind: "singleton" }, key);
}

/**
 * Has one run of a key at a time, for its newest event: a newer one has the run under way canceled, and starts its own
 * when that is closed and has undone what it did. Events between the two are counted, and no run gets them.
 *
 * @example
 * ```ts
 * const window = latestWins({ key: ({ branch }: { branch: string }) => branch });
 * ```
 */
export function latestWins<Data>({ key }: KeyOption<Data> = {}): EventWindow<Data> {
  return windowOf({ kind: "latestWins" }, key);
}

function windowOf<Data>(terms: WindowTerms, key: ((data: Data) => string) | undefined): EventWindow<Data> {
  return { terms, ...(key && { key }) };
}

import type { DeadLetterKind } from "./dead-letter.ts";

/** What decides whether a failure is one that somebody has to deal with. */
export interface JudgedFailure {
  readonly kind: Exclude<DeadLetterKind, "parked">;
  readonly errorType: string;
  /** Whether the error is in a contract: an answer. */
  readonly isDeclared: boolean;
  readonly hasOpenEffects: boolean;
  /** Whether there was a parent that was told, or whose own end ended this run. */
  readonly isParentConcerned: boolean;
}

/** Whether a failure is a dead letter: an outcome that was meant to be is none, unless it leaves effects behind. */
export function isDeadLetter({ kind, ...failure }: JudgedFailure): boolean {
  return judges[kind](failure);
}

type Judge = (failure: Omit<JudgedFailure, "kind">) => boolean;

const always: Judge = () => true;
/** Nothing was undone, so what it did is still there; the parent can't know. */
const unlessParentKnowsAll: Judge = ({ hasOpenEffects, isParentConcerned }) => hasOpenEffects || !isParentConcerned;

/** Ends of runs whose code never began. */
const neverBegun: ReadonlySet<string> = new Set(["InvalidInput", "ConcurrencyLimit"]);

const judges: Readonly<Record<JudgedFailure["kind"], Judge>> = {
  // Its own sagas have undone what they had to: what is left was meant to stay.
  failed: ({ errorType, isDeclared, isParentConcerned }) =>
    !isDeclared && !neverBegun.has(errorType) && !isParentConcerned,
  timedOut: unlessParentKnowsAll,
  terminated: unlessParentKnowsAll,
  partial: always,
  stuck: always,
  poison: always,
};

import type { Incident, IncidentOutcome, OperatorNote } from "./incident.ts";

/** The query that tells what the sagas of a run did, as {@link RunAccount}. */
export const accountQuery = "__tenuto_account";

/**
 * What became of a step of a saga: `unknown` may have had its effect, `failed` has none (refused, or never scheduled),
 * `held` is kept back by a pause, `undoFailed` was given up and stays as it is.
 */
export type SagaStepState =
  "pending" | "held" | "parked" | "done" | "skipped" | "unknown" | "failed" | "undoing" | "undone" | "undoFailed";

/** A step of a saga as the run sees it; times are RFC 3339. */
export interface SagaStep {
  /** The activity's type; of `undo(fn)`, "undo". */
  readonly step: string;
  /** The idempotency key that was used last; `undo(fn)` has none. */
  readonly key?: string;
  readonly state: SagaStepState;
  readonly scheduledAt: string;
  /** When its outcome was known. */
  readonly endedAt?: string;
  /** When its undo was through, or given up. */
  readonly undoneAt?: string;
}

/** What the sagas of a run did, and what the run waits for. */
export interface RunAccount {
  /** In the order in which they were scheduled; the last 1,000. */
  readonly steps: readonly SagaStep[];
  /** How many steps there were in all. */
  readonly stepCount: number;
  /** How many of them the open sagas would undo if the run were canceled now; a worker of an earlier version tells none. */
  readonly pendingUndos?: number;
  /** The steps that a pause keeps back, in sagas and outside. */
  readonly held: readonly { readonly step: string; readonly key: string }[];
  readonly incidents: readonly Incident[];
  /** How the last 100 incidents were closed. */
  readonly decided: readonly IncidentOutcome[];
  readonly paused?: OperatorNote & { readonly at: string };
  readonly deadline?: { readonly ms: number; readonly exceeded: boolean };
}

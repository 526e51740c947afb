// What the isolate and Node agree on about what comes into a run from outside.
import type { ValidationIssue } from "./errors/validation-issue.ts";
import type { LaneOfRun } from "./lane.ts";

/** The header that says that a start, a signal or an update was parsed by its contract before it was sent. */
export const parsedHeaderName = "tenuto-parsed";

/** The last argument of an update whose sender the run is told; not a header, which is never encrypted. */
export interface SentBy {
  readonly by: string;
}

/** The header of a signal that was sent under an idempotency key: the key's hash, by which a repeat is known. */
export const signalKeyHeaderName = "tenuto-signal-key";

/** The header of an update that is one thing under its id, also in the runs that continue the one that has it. */
export const onceHeaderName = "tenuto-once";

/** The type of the refusal of an update that an earlier run of the chain has answered; its data is {@link AnsweredBefore}. */
export const answeredBeforeType = "UpdateAnswered";

/** Which run has answered an update. */
export interface AnsweredBefore {
  readonly runId: string;
}

/** What a run that continues another one knows of what was taken before, so that it does nothing again. */
export interface TakenBefore {
  /** Keys of signals. */
  readonly signals?: readonly string[];
  readonly updates?: readonly AnsweredUpdates[];
}

/** The ids of updates that one run has answered, oldest first. */
export interface AnsweredUpdates {
  readonly runId: string;
  readonly ids: readonly string[];
}

/** The header that takes what a run was sent, and has not taken yet, over a continue-as-new. */
export const carriedHeaderName = "tenuto-carried";

/** The header of a start that says how long the run may take, in milliseconds. */
export const deadlineHeaderName = "tenuto-deadline";

/** The local activity that parses, in Node, what came without {@link parsedHeaderName}. */
export const parseActivityType = "tenuto.parse";

/** The header that says that the last argument of a start is {@link carriedHeaderName}'s value: headers are never encrypted. */
export const carriedArgumentHeaderName = "tenuto-carried-argument";

/** The answer of a query whose handler threw, where payloads are encrypted: of such a failure Temporal hands on no payload. */
export interface FailedQuery {
  readonly tenutoQueryFailed: string;
}

/** The memo that tells which signals a run has dropped, as {@link DroppedSignals}; a memo is read without a worker. */
export const droppedSignalsMemo = "tenutoDroppedSignals";

/** What is to be parsed, by the contract of which workflow. */
export interface ParseRequest {
  readonly kind: "start" | "signal" | "update" | "stepInput" | "stepOutput";
  readonly workflowType: string;
  /** The name of the signal or the update, or the type of the step's activity. */
  readonly name?: string;
  readonly input?: unknown;
}

/** What became of it; the marker of the local activity keeps it, so that no later contract decides it again. */
export type ParseOutcome =
  | {
      readonly status: "valid";
      readonly value?: unknown;
      /** Of a start: how long the run may take, in milliseconds. */
      readonly deadlineMs?: number;
      /** Of a start: how many runs may be at work beside it. */
      readonly lane?: LaneOfRun;
    }
  | {
      readonly status: "invalid";
      /** The name of the error that the caller gets. */
      readonly type: string;
      readonly message: string;
      readonly issues: readonly ValidationIssue[];
      /** Whether the memo tells of a dropped signal; the markers of runs from before there was that memo don't say so. */
      readonly isTold?: true;
      /** Whether a dropped signal is marked, so that it becomes a dead letter; older markers don't say so. */
      readonly isMarked?: true;
    }
  /** The contract doesn't know the name: a handler set by Temporal's own API may. */
  | { readonly status: "undeclared"; readonly isTold?: true; readonly isMarked?: true };

/** A signal that was not taken; what it carried is not kept here, the history has it. */
export interface DroppedSignal {
  readonly name: string;
  /** The first three of what is wrong with it. */
  readonly issues: readonly ValidationIssue[];
}

/** How many signals a run has dropped, and the last of them. */
export interface DroppedSignals {
  readonly count: number;
  /** Oldest first, the last 20. */
  readonly last: readonly DroppedSignal[];
}

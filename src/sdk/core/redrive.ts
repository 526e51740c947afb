// What the isolate, Node and operators agree on about making a dead letter go again.
import type { BriefError, DeadLetterRecord, RedriveMode } from "./dead-letter.ts";
import type { OperatorNote } from "./incident.ts";
import type { LaneWait } from "./lane-record.ts";

/** The update that makes a dead letter go again; takes a {@link RedriveRequest}. */
export const redriveUpdate = "redrive";

/** The memo field of a run that was started instead of a failed one: the id of the dead letter that goes on with it. */
export const carriedLetterMemo = "tenutoCarriedDeadLetter";

/** The local activity that tells a run which a reset has made what it is for; takes a {@link PurposeRequest}. */
export const purposeActivityType = "tenuto.resetPurpose";

/** The activities of a dead letter's workflow. */
export const redriveActivityTypes = {
  plan: "tenuto.planRedrive",
  reset: "tenuto.resetRun",
  find: "tenuto.findReset",
  restart: "tenuto.restartRun",
  cancel: "tenuto.cancelRedriven",
  follow: "tenuto.followRedriven",
} as const;

/** The modes of a run that is not parked. */
export type ClosedRunMode = Exclude<RedriveMode, "fail">;

/** Input that a restarted run gets instead of what it had. */
export interface EditedInput {
  readonly value: unknown;
  /** Whether it was parsed by its contract; else the run has it parsed. */
  readonly isParsed: boolean;
}

/** What a dead letter's workflow is asked for. */
export interface RedriveRequest extends OperatorNote {
  readonly mode: ClosedRunMode;
  readonly input?: EditedInput;
  /** Of a bulk redrive. */
  readonly batchId?: string;
}

/** A step that goes again under its old key, though it was under way or done before. */
export interface RepeatedStep {
  readonly step: string;
  readonly key?: string;
  /** Whether it had ended: then its provider answers as before. */
  readonly ended: boolean;
}

/** What a redrive does. */
export type RedrivePlan =
  /** Somebody has reset or restarted the run already: that run is the redrive. */
  | { readonly kind: "adopted"; readonly runId: string }
  | {
      readonly kind: "reset";
      readonly eventId: string;
      readonly again: readonly RepeatedStep[];
      /** The slot that the run gets before it is reset; absent of one that is in no lane. */
      readonly slot?: LaneWait;
    }
  | { readonly kind: "restart" }
  | { readonly kind: "refused"; readonly why: string; readonly modes: readonly RedriveMode[] };

/** Who asks the activities of a redrive, and for what. */
export interface RedriveTask {
  readonly record: DeadLetterRecord;
  readonly request: RedriveRequest;
  /** Of this one redrive, and the same in each attempt. */
  readonly requestId: string;
}

/** Whether the server made a run, or has said that it does not. */
export type RedriveStart = { readonly runId: string } | { readonly refused: string };

/** Which run a dead letter follows. */
export interface FollowTask {
  readonly workflowId: string;
  readonly runId: string;
}

/** Where that run stands; it may have gone on as another. */
export interface FollowedRun {
  readonly runId: string;
  readonly status: "running" | "completed" | "failed" | "canceled" | "timedOut" | "terminated";
  /** RFC 3339. */
  readonly closedAt?: string;
  readonly error?: BriefError;
  /** The activity that failed. */
  readonly step?: string;
  /** What its history says about its effects. */
  readonly facts?: Pick<DeadLetterRecord, "undone" | "hadSaga" | "stepsDone" | "openEffects">;
  /** Whether its failure is an answer that its contract declares. */
  readonly isDeclared?: boolean;
}

/** Which dead letter a run that was reset may be the redrive of. */
export interface PurposeRequest {
  readonly deadLetterId: string;
  readonly tenant?: string;
}

/** What a run that a reset has made is for; the marker of the local activity is the record. */
export interface ResetPurpose {
  /** `compensate` begins nothing any more: it is canceled. */
  readonly mode: "continue" | "compensate";
  /** The run that has asked: one that is made of it asks for itself. */
  readonly runId: string;
  /** For how long there was no run: a deadline does not count it, in milliseconds. */
  readonly stoodStillMs: number;
}

// What the isolate and Node agree on about dead letters.
import type { OperatorNote } from "./incident.ts";
import type { LetterEvent } from "./letter-event.ts";

/** The task queue of Tenuto's own workflows; the API's process polls it too. */
export const systemTaskQueue = "tenuto-system";

/** The type of the workflow that is one dead letter. */
export const deadLetterWorkflow = "tenutoDeadLetter";

/** The signal that opens a dead letter, or tells it of a further failure; carries an {@link AddressedReport}. */
export const reportSignal = "report";

/** The signal that tells a dead letter that its failure is dealt with outside of it; carries a {@link Resolution}. */
export const resolveSignal = "resolve";

/** The update that closes a dead letter; takes a {@link DiscardRequest}. */
export const discardUpdate = "discard";

/** The update that adds to the notes of a dead letter; takes a {@link NoteRequest}. */
export const noteUpdate = "note";

/** The memo field in which a dead letter's workflow keeps its {@link DeadLetterRecord}, readable without a worker. */
export const deadLetterMemo = "tenutoDeadLetter";

/** The activity that opens the dead letter of the run that calls it; takes a {@link RunReport}. */
export const reportActivityType = "tenuto.reportDeadLetter";

/**
 * What a dead letter stands for: a `parked` run waits for a decision; one that `failed`, `timedOut` or was `terminated` is
 * over; a `stuck` one fails its workflow task again and again; a `partial` one has undos that were given up; `poison` is a
 * message that its run, or an event that nobody could take.
 */
export type DeadLetterKind = "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";

/** Every {@link DeadLetterKind}. */
export const deadLetterKinds = [
  "parked",
  "failed",
  "timedOut",
  "terminated",
  "stuck",
  "partial",
  "poison",
] as const satisfies readonly DeadLetterKind[];

/** Where a dead letter stands; nobody has dealt with one that is `open`. */
export type DeadLetterStatus = "open" | "redriving" | "resolved" | "discarded";

/** Every {@link DeadLetterStatus}. */
export const deadLetterStatuses = [
  "open",
  "redriving",
  "resolved",
  "discarded",
] as const satisfies readonly DeadLetterStatus[];

/** How a dead letter can be made to go again. */
export type RedriveMode = "continue" | "restart" | "compensate" | "fail";

/** An error without its stack, as records keep it. */
export interface BriefError {
  readonly type: string;
  readonly message: string;
}

/** An error with what caused it. */
export interface ErrorChain extends BriefError {
  readonly cause?: ErrorChain;
}

/**
 * An effect that is still there: its undo was given up, or the run ended before it.
 */
export interface OpenEffect {
  /** The step whose effect is open. */
  readonly step: string;
  /** The idempotency key of that effect. */
  readonly key?: string;
  /** Why its undo failed, or that there was none. */
  readonly error: BriefError;
}

/** One attempt of the step that failed; times are RFC 3339, and absent where the history has none. */
export interface FailedStepAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly startedAt?: string;
  readonly closedAt?: string;
  readonly error?: BriefError;
}

/** A failure that nobody has dealt with, as the run itself reports it. */
export interface RunReport {
  readonly kind: "partial";
  readonly workflowId: string;
  readonly runId: string;
  /** The run's id before any reset, which a reset keeps. */
  readonly originalRunId: string;
  readonly type: string;
  /** Whose run it is, by its memo. */
  readonly tenant?: string;
  /** Of a run that was started instead of a failed one: the id of the dead letter that goes on with it. */
  readonly carriedId?: string;
  /** What made the run fail. */
  readonly error: BriefError;
  readonly openEffects: readonly OpenEffect[];
  /** RFC 3339. */
  readonly at: string;
}

/** A failure that nobody has dealt with, with all that its history told when it was found. */
export interface DeadLetterReport extends Omit<RunReport, "kind"> {
  readonly kind: Exclude<DeadLetterKind, "parked">;
  /** The activity that failed, or that was under way. */
  readonly step?: string;
  /** {@link RunReport.error} with what caused it. */
  readonly failure?: ErrorChain;
  /** Whether some undo has run, or begun to. */
  readonly undone: boolean;
  /** Whether a saga had something to undo; `true` also when nobody could tell and an undo has run. */
  readonly hadSaga: boolean;
  /** How many activities were done, undos left out. */
  readonly stepsDone: number;
  readonly workerIdentity?: string;
  readonly buildId?: string;
  readonly attempts?: readonly FailedStepAttempt[];
  readonly parentWorkflowId?: string;
  /** The same for all failures of one pattern. */
  readonly fingerprint: string;
  /** The run's input in JSON, as its history has it; who shows it takes out what contracts redact. */
  readonly input?: string;
  /** Whether the input was too large to be kept. */
  readonly inputTruncated?: boolean;
  /** When the run ended. */
  readonly closedAt?: string;
  /** Of `poison`, how many signals the run has not taken. */
  readonly droppedSignals?: number;
  /** Until when the server keeps the run's history, which a reset needs. */
  readonly resettableUntil?: string;
  /**
   * Of `poison` that is an event from outside: there is no run, so the letter's own workflow is in its place, and the run id
   * is empty. Its source is the `type`, its type the `step`, as far as they can be looked for.
   */
  readonly event?: LetterEvent;
}

/** A report, and the id of the dead letter that it goes to. */
export interface AddressedReport {
  readonly id: string;
  readonly report: RunReport | DeadLetterReport;
}

/** That a failure is dealt with outside of its dead letter. */
export interface Resolution extends OperatorNote {
  /** The run whose failure it is: one that failed since is another matter. */
  readonly runId: string;
  /** RFC 3339. */
  readonly at: string;
}

/** That somebody has dealt with a dead letter otherwise. */
export interface DiscardRequest extends OperatorNote {
  /** Of a bulk discard. */
  readonly batchId?: string;
}

/** What somebody wants to be known about a dead letter. */
export interface NoteRequest {
  readonly by: string;
  readonly note: string;
}

/** A note as the dead letter keeps it. */
export interface DeadLetterNote extends NoteRequest {
  readonly at: string;
}

/** One time that a dead letter was made to go again. */
export interface RedriveRecord extends OperatorNote {
  readonly mode: RedriveMode;
  readonly at: string;
  /** Of a reset, the run that goes on. */
  readonly newRunId?: string;
  /** Of an event, the run that has it now. */
  readonly newWorkflowId?: string;
  readonly batchId?: string;
  readonly outcome?: string;
}

/** What a dead letter knows. */
export interface DeadLetterRecord extends Omit<DeadLetterReport, "at"> {
  readonly id: string;
  readonly status: DeadLetterStatus;
  /** How often the run has failed. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Who closed it, why and when. */
  readonly closed?: DiscardRequest & { readonly at: string };
  /** Oldest first, the last 100. */
  readonly notes: readonly DeadLetterNote[];
  /** Oldest first, the last 20. */
  readonly redrives: readonly RedriveRecord[];
}

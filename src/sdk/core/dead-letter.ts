// What the isolate and Node agree on about dead letters.

/** The task queue of Tenuto's own workflows; the API's process polls it too. */
export const systemTaskQueue = "tenuto-system";

/** The type of the workflow that is one dead letter. */
export const deadLetterWorkflow = "tenutoDeadLetter";

/** The signal that opens a dead letter, or tells it of a further failure; carries an {@link AddressedReport}. */
export const reportSignal = "report";

/** The update that closes a dead letter; takes an `OperatorNote`. */
export const discardUpdate = "discard";

/** The memo field in which a dead letter's workflow keeps its {@link DeadLetterRecord}, readable without a worker. */
export const deadLetterMemo = "tenutoDeadLetter";

/** The activity that opens the dead letter of the run that calls it; takes a {@link DeadLetterReport}. */
export const reportActivityType = "tenuto.reportDeadLetter";

/** An undo that was given up: what it would have undone is still there. */
export interface OpenEffect {
  /** The step whose effect is open. */
  readonly step: string;
  /** The idempotency key of that effect. */
  readonly key?: string;
  /** Why its undo failed. */
  readonly error: { readonly type: string; readonly message: string };
}

/** A failure that nobody has dealt with, as the run reports it. */
export interface DeadLetterReport {
  readonly kind: "partial";
  readonly workflowId: string;
  readonly runId: string;
  /** The run's id before any reset, which a reset keeps. */
  readonly originalRunId: string;
  readonly type: string;
  /** Whose run it is, by its memo. */
  readonly tenant?: string;
  /** What made the run fail. */
  readonly error: { readonly type: string; readonly message: string };
  readonly openEffects: readonly OpenEffect[];
  /** RFC 3339. */
  readonly at: string;
}

/** A report, and the id of the dead letter that it goes to. */
export interface AddressedReport {
  readonly id: string;
  readonly report: DeadLetterReport;
}

/** What a dead letter knows. */
export interface DeadLetterRecord extends Omit<DeadLetterReport, "at"> {
  readonly id: string;
  readonly status: "open" | "discarded";
  /** How often the run has reported a failure. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly closed?: { readonly by: string; readonly reason: string; readonly at: string };
}

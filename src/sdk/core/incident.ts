// What the isolate, clients and operators agree on about a run that waits for somebody.

/** What happens to a step, or an undo, whose retries ran out: the run waits for an operator, or the step fails. */
export type OnExhausted = "park" | "fail";

/** The update that decides an incident; takes a {@link DecisionRequest}. */
export const decideUpdate = "__tenuto_decide";

/** The update that holds a run at its next step; takes an {@link OperatorNote}. */
export const pauseUpdate = "__tenuto_pause";

/** The update that lets a paused run go on; takes an {@link OperatorNote}. */
export const resumeUpdate = "__tenuto_resume";

/** The update that gives a step's output instead of running it; takes a {@link SkipRequest}. */
export const skipUpdate = "__tenuto_skip";

/** The update that adds a note to what a parked run waits for; takes a {@link RunNote}. */
export const runNoteUpdate = "__tenuto_note";

/** The memo field that lists what a run waits for, as {@link Waiting}. */
export const waitingMemo = "tenutoWaiting";

/** The local activity that says whether an exhausted step parks; its marker is the record. */
export const exhaustedActivityType = "tenuto.exhausted";

/** Which step is exhausted, and whether it undoes something: an undo parks unless its contract says `fail`. */
export interface ExhaustedStep {
  readonly activityType: string;
  readonly isUndo: boolean;
}

/** Who did something to a run, and why. */
export interface OperatorNote {
  readonly by: string;
  readonly reason: string;
}

/** What somebody wants to be known about a parked run. */
export interface RunNote {
  readonly by: string;
  readonly note: string;
}

/** A step, or an undo, that is parked. */
export interface Incident {
  /** Unique in its run: "1", "2", and so on. */
  readonly id: string;
  readonly kind: "step" | "undo";
  /** The activity's type; of an `undo(fn)` that failed by itself, "undo". */
  readonly step: string;
  /** The idempotency key that the last attempts used. */
  readonly key?: string;
  /** Of an undo, the step that it undoes. */
  readonly undoes?: { readonly step: string; readonly key: string };
  /** RFC 3339. */
  readonly since: string;
  readonly error: { readonly type: string; readonly message: string };
}

/** What an operator decides about an incident. */
export type IncidentDecision =
  /** The step again, under its key; or it fails, and the run undoes what it did: an undo is given up. */
  | { readonly action: "retry" | "fail"; readonly input?: never; readonly output?: never }
  /** The step again with other input, under a new key: the old attempts must have had no effect. */
  | { readonly action: "retry"; readonly input: unknown; readonly confirmNoEffect: true; readonly output?: never }
  /** Somebody has done it by hand: this is its output. */
  | { readonly action: "complete"; readonly output: unknown; readonly input?: never };

/** An operator's decision as the run is sent it. */
export interface DecisionRequest extends OperatorNote {
  readonly incidentId: string;
  readonly action: "retry" | "complete" | "fail";
  readonly input?: unknown;
  readonly output?: unknown;
  readonly confirmNoEffect?: boolean;
}

/** Which step is skipped: one that a pause holds back, or one that is parked. */
export interface SkipRequest extends OperatorNote {
  /** The activity's type. */
  readonly step: string;
  /** Its idempotency key, where several of that type wait. */
  readonly key?: string;
  readonly output?: unknown;
}

/** How an incident was closed; `cancel` is the run's own cancellation. */
export interface IncidentOutcome {
  readonly id: string;
  readonly step: string;
  readonly action: "retry" | "complete" | "fail" | "skip" | "cancel";
  /** Of an operator's decision. */
  readonly by?: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What a run waits for an operator with, as its memo tells it without a worker. */
export interface Waiting {
  /** Open incidents, oldest first, the first 20. */
  readonly incidents: readonly Incident[];
  /** How many are open. */
  readonly incidentCount: number;
  /** The id of the dead letter that the run is while it is parked. */
  readonly deadLetterId?: string;
  readonly paused?: OperatorNote & { readonly at: string };
  /** What operators have noted while it is parked, the last 20. */
  readonly notes?: readonly (RunNote & { readonly at: string })[];
}

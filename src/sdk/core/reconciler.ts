// What the isolate and Node agree on about the reconciler, which finds the failures that no run could report itself.

/** The type of the workflow that looks for failures again and again. */
export const reconcilerWorkflow = "tenutoReconciler";

/** There is one a namespace. */
export const reconcilerWorkflowId = "tenuto-reconciler";

/** The activity that makes one pass; takes a {@link ReconcilerPass}, answers a {@link ReconcilerOutcome}. */
export const reconcileActivityType = "tenuto.reconcile";

/** What a pass looks at. */
export interface ReconcilerPass {
  /** The runs that ended at that time or later (RFC 3339); those that ended long ago where nothing was read before. */
  readonly since?: string;
  /** Where the look at open letters goes on. */
  readonly letters?: string;
  /** Where the look at parked runs goes on. */
  readonly parked?: string;
}

/** Where the next pass goes on. */
export interface ReconcilerOutcome {
  /** When the pass began, by the clock of its worker: RFC 3339. */
  readonly begunAt: string;
  readonly letters?: string;
  readonly parked?: string;
}

/** What the reconciler knows from one pass to the next. */
export interface ReconcilerState {
  /** From the end of a pass to the next one, in milliseconds. */
  readonly everyMs: number;
  /** Up to when the runs that ended are known: RFC 3339. */
  readonly watermark?: string;
  /** When the last day was last read as a whole. */
  readonly rereadAt?: string;
  readonly letters?: string;
  readonly parked?: string;
}

/** How much of what was read before each pass reads again: visibility lags, and clocks differ. */
const overlapMs = 60_000;

const rereadEveryMs = 3_600_000;
const rereadMs = 24 * 3_600_000;

/** What the next pass is to look at. */
export function nextPass({ watermark, rereadAt, letters, parked }: ReconcilerState, nowMs: number): ReconcilerPass {
  const isDue = rereadAt === undefined || nowMs - Date.parse(rereadAt) >= rereadEveryMs;
  const overlapping = watermark === undefined ? Infinity : Math.min(Date.parse(watermark), nowMs) - overlapMs;
  const since = Math.min(overlapping, isDue ? nowMs - rereadMs : Infinity);
  return {
    ...(Number.isFinite(since) && { since: new Date(since).toISOString() }),
    ...(letters !== undefined && { letters }),
    ...(parked !== undefined && { parked }),
  };
}

/** What is known after a pass. */
export function afterPass(
  state: ReconcilerState,
  { pass, outcome }: { readonly pass: ReconcilerPass; readonly outcome: ReconcilerOutcome },
): ReconcilerState {
  const { letters: _, parked: __, ...rest } = state;
  const begunMs = Date.parse(outcome.begunAt);
  const isReread = pass.since === undefined || begunMs - Date.parse(pass.since) >= rereadMs - overlapMs;
  return {
    ...rest,
    watermark: outcome.begunAt,
    ...(isReread && { rereadAt: outcome.begunAt }),
    ...(outcome.letters !== undefined && { letters: outcome.letters }),
    ...(outcome.parked !== undefined && { parked: outcome.parked }),
  };
}

// What the history of a run tells about making it go again: its effects, and where a reset must go back to.
import type { temporal as api } from "@temporalio/proto";
import type { OpenEffect } from "../core/dead-letter.ts";
import type { RepeatedStep } from "../core/redrive.ts";
import { openEffectsOf, type RecordedActivity, type RecordedRun } from "./recorded-run.ts";

/** What a history says about the effects of its run. */
export interface EffectsOfRun {
  readonly undone: boolean;
  /** Whether a step is there that a saga can undo, and did not; the saga may have completed since. */
  readonly hasUndoable: boolean;
  /** Effects that are there, or may be, and were not undone. */
  readonly openEffects: readonly OpenEffect[];
  readonly stepsDone: number;
}

export function effectsOfRun(run: RecordedRun): EffectsOfRun {
  const steps = run.activities.filter(({ isUndo }) => !isUndo);
  const openEffects = openEffectsOf(run, { isOver: false });
  const openKeys = new Set(openEffects.map(({ key }) => key));
  return {
    undone: steps.length < run.activities.length,
    hasUndoable: steps.some(({ isUndoable, key }) => isUndoable && openKeys.has(key)),
    openEffects,
    stepsDone: steps.filter(({ state }) => state === "done").length,
  };
}

/** The event that a reset goes back to, so that a failed step goes again and all that had ended before it is kept. */
export function continuePoint(run: RecordedRun): number | undefined {
  const before = failedFrom(run) ?? Infinity;
  return run.tasks.findLast((task) => task < before);
}

/** Where a run had not given up its undos yet; without any that were, its last workflow task. */
export function compensatePoint(run: RecordedRun): number | undefined {
  const before = Math.min(...givenUpUndos(run).map(({ startedId, scheduledId }) => startedId ?? scheduledId));
  return run.tasks.findLast((task) => task < before);
}

/** The undos that failed for good: the last one of each step. */
export function givenUpUndos({ activities }: RecordedRun): readonly RecordedActivity[] {
  const last = new Map<string, RecordedActivity>();
  for (const activity of activities) {
    const { type, key = "", undoes, isUndo } = activity;
    if (isUndo) last.set(undoes ?? `${type} ${key}`, activity);
  }
  return [...last.values()].filter(({ state }) => state === "failed" || state === "refused");
}

/** What goes again after a reset to that event, under its old key. */
export function repeatedAfter({ activities }: RecordedRun, eventId: number): readonly RepeatedStep[] {
  return activities
    .filter(({ endedId }) => endedId === undefined || endedId > eventId)
    .map(({ type: step, key, state }) => ({ step, ...(key !== undefined && { key }), ended: state === "done" }));
}

/** The last attempt of what made the run fail, which is in the chain of the causes of its failure. */
function failedFrom({ activities, last }: RecordedRun): number | undefined {
  let failure: api.api.failure.v1.IFailure | null | undefined =
    last.workflowExecutionFailedEventAttributes?.failure ?? undefined;
  for (; failure; failure = failure.cause) {
    const id = failure.activityFailureInfo?.activityId;
    const activity = id ? activities.findLast(({ activityId }) => activityId === id) : undefined;
    if (activity?.endedId !== undefined) return activity.startedId ?? activity.endedId;
    const initiatedId = failure.childWorkflowExecutionFailureInfo?.initiatedEventId;
    if (initiatedId) return Number(initiatedId);
  }
  return undefined;
}

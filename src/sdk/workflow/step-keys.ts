import { hashJson, idempotencyKeyOf } from "../core/idempotency-key.ts";
import { workflowInfo } from "@temporalio/workflow";

// Module state belongs to one run: the worker gives every run its own copy of the bundle's modules.
const equalCalls = new Map<string, number>();
let chosen: string | undefined;
let undoable = false;

/** The key of the next call of an activity with this input in this run. */
export function nextStepKey(activityType: string, input: unknown): string {
  return nextKey(workflowInfo().namespace, activityType, input);
}

/** The workflow id of the next child with this input; a replay elsewhere must find the same, so no namespace is in it. */
export function nextChildId(workflowType: string, input: unknown): string {
  return nextKey("", `child ${workflowType}`, input);
}

function nextKey(namespace: string, activityType: string, input: unknown): string {
  const { workflowId, originalExecutionRunId } = workflowInfo();
  const call = `${activityType}:${hashJson(input)}`;
  const ordinal = equalCalls.get(call) ?? 0;
  equalCalls.set(call, ordinal + 1);
  return idempotencyKeyOf({
    namespace,
    workflowId,
    originalExecutionRunId,
    activityType,
    input,
    ordinal,
    generation: 0,
  });
}

/** Schedules an activity under a key that is known already; scheduling reaches the interceptor before it returns. */
export function withStepKey<T>(key: string, schedule: () => T): T {
  chosen = key;
  try {
    return schedule();
  } finally {
    chosen = undefined;
  }
}

/** Schedules a step that a saga can undo; scheduling reaches the interceptor before it returns. */
export function asUndoable<T>(schedule: () => T): T {
  undoable = true;
  try {
    return schedule();
  } finally {
    undoable = false;
  }
}

/** Whether a saga can undo the activity that is being scheduled. */
export function isUndoable(): boolean {
  return undoable;
}

/** The key that {@link withStepKey} has chosen for the activity that is being scheduled, else the next one. */
export function stepKeyFor(activityType: string, input: unknown): string {
  return chosen ?? nextStepKey(activityType, input);
}

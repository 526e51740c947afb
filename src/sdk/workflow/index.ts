export { activities, type ActivityCall, type ActivityCalls, type CallOptions } from "./activities.ts";
export { type Child, type ChildOptions, continueAsNew, runChild, shouldContinueAsNew, startChild } from "./children.ts";
export { firstAnswer, humanTask } from "./human-task.ts";
export { inParallel, type ParallelOptions } from "./in-parallel.ts";
export { onQuery, onUpdate, type QueryHandlers, type UpdateHandlers } from "./messages.ts";
export { deprecatePatch, patched } from "./patches.ts";
export { type Saga, saga } from "./saga.ts";
export type { StepOutcome } from "./saga-entries.ts";
export { type SignalInbox, type SignalInboxes, signals } from "./signals.ts";

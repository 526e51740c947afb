export { activities, type ActivityCall, type ActivityCalls, type CallOptions } from "./activities.ts";
export { onQuery, onUpdate, type QueryHandlers, type UpdateHandlers } from "./messages.ts";
export { type Saga, saga, type StepOutcome } from "./saga.ts";
export { type SignalInbox, type SignalInboxes, signals } from "./signals.ts";

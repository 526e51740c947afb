export { activities, type ActivityCall, type ActivityCalls, type CallOptions } from "./activities.ts";
export { type Saga, saga, type StepOutcome } from "./saga.ts";
export { type SignalInbox, type SignalInboxes, signals } from "./signals.ts";

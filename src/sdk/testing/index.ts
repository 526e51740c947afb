export { bundleForTests } from "./bundle-for-tests.ts";
export { checkHistories, type CheckOptions, type HistoryJson, type RecordedHistory } from "./check-histories.ts";
export { HistoriesDiffer } from "./errors/histories-differ.ts";
export { historyFixture, type HistoryFixture } from "./history-fixture.ts";
export { type ActivityMock, type Fault, mock } from "./compose-activities.ts";
export { createTestRig, type TestRig, type TestRigOptions } from "./create-test-rig.ts";
export { NoTimeSkippingServer } from "./errors/no-time-skipping-server.ts";
export { RunsLeftOpen } from "./errors/runs-left-open.ts";
export {
  delayEffect,
  type DelayOptions,
  failStep,
  type FaultOptions,
  InjectedFault,
  loseAnswer,
  type LostAnswerOptions,
} from "./faults.ts";

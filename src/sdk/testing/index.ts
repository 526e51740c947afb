export { bundleForTests } from "./bundle-for-tests.ts";
export { checkHistories, type CheckOptions, type HistoryJson, type RecordedHistory } from "./check-histories.ts";
export { HistoriesDiffer } from "./errors/histories-differ.ts";
export { historyFixture, type HistoryFixture } from "./history-fixture.ts";
export { type ActivityMock, mock } from "./compose-activities.ts";
export { createTestRig, type TestRig } from "./create-test-rig.ts";
export type { InProcessRigOptions, RigSettings, TestRigOptions, WorkerProcessRigOptions } from "./rig-options.ts";
export type { RigWorker } from "./rig-worker.ts";
export { InjectedFault } from "./errors/injected-fault.ts";
export { WorkerEnded } from "./errors/worker-ended.ts";
export { NoTimeSkippingServer } from "./errors/no-time-skipping-server.ts";
export { RunsLeftOpen } from "./errors/runs-left-open.ts";
export {
  delayEffect,
  type DelayOptions,
  failStep,
  type Fault,
  type FaultOptions,
  killWorkerAt,
  type KillOptions,
  loseAnswer,
  type LostAnswerOptions,
  type OutageOptions,
  restartServerAt,
} from "./faults.ts";

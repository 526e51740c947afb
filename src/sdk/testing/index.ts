export { bundleForTests } from "./bundle-for-tests.ts";
export { checkHistories, type CheckOptions, type HistoryJson, type RecordedHistory } from "./check-histories.ts";
export { HistoriesDiffer } from "./errors/histories-differ.ts";
export { historyFixture, type HistoryFixture } from "./history-fixture.ts";

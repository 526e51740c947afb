export type { Alert, AlertListOptions, AlertPage } from "./alerts.ts";
export type { AlertRuleChange } from "./alert-rules.ts";
export type { TaskRequest } from "./act-on-task.ts";
export type { AuditAction, AuditEnd, AuditOutcome } from "../core/audit.ts";
export type { AuditOptions, AuditPage } from "./audit-page.ts";
export type { AuditEntry } from "./audit-runs.ts";
export type { BackfillOptions, ScheduleBackfill } from "./backfill-schedule.ts";
export type { DeployOptions, ScheduleChanged, ScheduleDeploy } from "./deploy-schedules.ts";
export type { ScheduleListOptions, SchedulePage, ScheduleSummary } from "./list-schedules.ts";
export type { ScheduleChange } from "./put-schedule.ts";
export type { ScheduleCounts, ScheduledRun, ScheduleDetails, ScheduleOrigin } from "./schedule-details.ts";
export type { ScheduleDifference } from "./schedule-differences.ts";
export type { ScheduleTrigger, TriggerOptions } from "./steer-schedule.ts";
export type { RunCounts } from "./count-runs.ts";
export type { EventSourceChange } from "./event-sources.ts";
export type { DroppedSignal, DroppedSignals } from "../core/intake.ts";
export {
  type ClientOptions,
  createClient,
  type EventsOptions,
  type QueryOptions,
  type ResultOptions,
  type RunOptions,
  type SignalOptions,
  type TenutoClient,
  type UpdateOptions,
} from "./create-client.ts";
export { isPassing, refusalOf } from "./event-refusal.ts";
export type { RefusedEvent } from "./keep-event.ts";
export { deliver, type DeliverOptions, type Delivery, type IncomingEvent } from "./deliver-event.ts";
export type { EventForWindow } from "./event-window.ts";
export type { WindowCounts, WindowRecord, WindowRefusal, WindowRun } from "../core/window-record.ts";
export type { Batch, BatchItemPage, BatchItemsOptions, BatchListOptions, BatchPage } from "./batch.ts";
export type { Compensation, DeadLetter, DeadLetterDetails } from "./dead-letter.ts";
export type { ErrorGroupRequest } from "./change-error-group.ts";
export type { ErrorGroup, ErrorGroupDetails } from "./error-group.ts";
export type { EventWindowListOptions, EventWindowPage, ListedEventWindow } from "./list-event-windows.ts";
export type { ErrorGroupListOptions, ErrorGroupPage } from "./list-error-groups.ts";
export type { DiscardOptions, NoteOptions } from "./discard-dead-letter.ts";
export type { PendingStep, RunDescription, StepState } from "./describe-run.ts";
export type { RunEvent } from "./follow-run.ts";
export type { ConcurrencyLane, LaneListOptions, LanePage, WaitingForLane } from "./lanes.ts";
export { createEncryption, type Encryption } from "./encryption.ts";
export type { DeadLetterFilter, DeadLetterListOptions, DeadLetterPage } from "./list-dead-letters.ts";
export type { TaskFilter, TaskListOptions, TaskPage } from "./list-tasks.ts";
export type { Task } from "./task.ts";
export type { RunChange, WatchOptions } from "./live-runs.ts";
export type { MetricsPeriod } from "./metrics-period.ts";
export type {
  ComparedNumbers,
  MetricsOptions,
  MetricsSummary,
  OpenRuns,
  QueueMetrics,
  SourceMetrics,
  TypeMetrics,
} from "./metrics-summary.ts";
export type { MetricsPoint, MetricsTimeseries, MissingPoint } from "./metrics-timeseries.ts";
export { metricsWindows, type MetricsWindow } from "../core/metrics-window.ts";
export type { RunNumbers, SlaNumbers } from "../core/run-numbers.ts";
export type { MetricTotals } from "../core/run-totals.ts";
export type { OpenByAge } from "./open-by-age.ts";
export type { TopErrorGroup } from "./top-error-groups.ts";
export type { MachineState, ShownDeadline } from "./machine.ts";
export type { RewindOptions } from "./rewind-run.ts";
export { createTaskLinks, type TaskLink, type TaskLinkOptions, type TaskLinks } from "./task-links.ts";
export type { ListOptions, RunFilter, RunPage } from "./list-runs.ts";
export type { RecordedAction } from "./record-action.ts";
export type { BatchRequest } from "./start-batch.ts";
export type { Redrive, RedriveOptions } from "./redrive-dead-letter.ts";
export type { AppWorkers, Reachability, WorkerPresence } from "./readiness.ts";
export type { RunError } from "./run-failure.ts";
export type { RunHandle, StartedHandle, WaitLimits } from "./run-handle.ts";
export type { HistoryEvent } from "./run-history.ts";
export type { RunResult } from "./run-result.ts";
export { type RunStatus, runStatuses } from "./run-status.ts";
export { type LinkBase, linksOf, type RunLinks, type RunSummary } from "./run-summary.ts";
export { sagaDiagram } from "./saga-diagram.ts";
export {
  type NamespaceChanges,
  type NamespaceSettings,
  NamespaceSetupFailed,
  type SearchAttributeKind,
  searchAttributeKinds,
  setUpNamespace,
} from "./set-up-namespace.ts";
export type { StartedRun, StartMessage, StartOptions, StartSignal, StartUpdate } from "./checked-start.ts";
export type { DecidedIncident, DecideOptions, SkipOptions, SteerOptions } from "./steer-run.ts";
export { type Capability, findCapabilities, KnownCapabilities } from "./capabilities.ts";
export type { Diagnosis, Finding } from "./doctor.ts";
export type { Backlog, Poller, PriorityBacklog, QueueLimits, TaskQueue, TaskQueueState } from "./task-queues.ts";
export type {
  QueueSlots,
  ScheduleToStart,
  StepMetrics,
  StepMetricsRange,
  StepMetricsSource,
  StepNumbers,
  TimePercentiles,
} from "./step-metrics.ts";
export type { QueueRate, QueueRateChange, RateChanged } from "./queue-rate.ts";
export type { UpdateResult } from "./update-run.ts";
export type { AlertRuleTrial } from "./try-alert-rule.ts";
export type { TriedAlert } from "./rule-trial.ts";

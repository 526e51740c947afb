export { type AlertStatus, alertStatuses } from "./alert.ts";
export type { AlertCondition, AlertRule, AlertRuleOrigin, AlertSeverity, StoredAlertRule } from "./alert-rule.ts";
export { type AlertConditionDefinition, type AlertRuleDefinition, defineAlertRules } from "./define-alert-rules.ts";
export { AlertRuleNotFound } from "./errors/alert-rule-not-found.ts";
export { DeclaredError, type DeclaredErrorFactory, type DeclaredErrors, isDeclaredError } from "./declared-error.ts";
export type { ErrorSchemas, RetryableErrorFactory, RetryableErrors } from "./declared-error.ts";
export {
  type ActivitiesContract,
  type ActivityDefinition,
  type ActivityDefinitions,
  type ActivitySetOptions,
  activityTypeOf,
  defineActivities,
} from "./define-activities.ts";
export { type App, defineApp, redactedNames } from "./define-app.ts";
export {
  type AnswerOf,
  defineHumanTask,
  type HumanTaskContract,
  type HumanTaskDefinition,
  type TaskEscalation,
} from "./define-human-task.ts";
export {
  defineEventSource,
  type EventSource,
  type EventSourceDefinition,
  type EventTransport,
} from "./define-event-source.ts";
export type { EventSourceStatus, SourceProcess, TakenEvent } from "./event-source-status.ts";
export {
  type EventSourceState,
  eventSourceStates,
  type PausedSource,
  type PostedOutcomes,
  type ProcessReport,
  type SourceReport,
} from "./event-sources.ts";
export { EventSourceNotFound } from "./errors/event-source-not-found.ts";
export {
  calendar,
  type CalendarOptions,
  cron,
  defineSchedule,
  every,
  type ScheduleDefinition,
} from "./define-schedule.ts";
export { type Schedule, type ScheduleOverlap, scheduleOverlaps, type ScheduleSpec } from "./schedule/schedule.ts";
export type { ScheduleChangeKind } from "./schedule/plan-schedule.ts";
export { type ScheduleDraft, type ZonedTime } from "./schedule/schedule-spec.ts";
export type {
  CalendarField,
  CalendarTime,
  CronTime,
  EveryTime,
  ScheduleTime,
  ZoneOptions,
} from "./schedule/schedule-time.ts";
export type { CalendarFieldName } from "./schedule/calendar-field.ts";
export {
  type EventAction,
  type EventRule,
  onEvent,
  type SignalByEvent,
  type StartByEvent,
  type StartByWindow,
  type UpdateByEvent,
} from "./event-rule.ts";
export {
  batch,
  type BatchOptions,
  debounce,
  type DebounceOptions,
  type EventWindow,
  latestWins,
  singleton,
  type WindowKind,
  windowKinds,
  type WindowTerms,
} from "./event-window.ts";
export {
  type CallSchemas,
  defineWorkflow,
  type Idempotency,
  type MachineUpdates,
  type MessageSchemas,
  type WorkflowContract,
  type WorkflowDefinition,
  type WorkflowOf,
} from "./define-workflow.ts";
export { type Duration, parseDuration } from "./duration.ts";
export { AlertNotFound } from "./errors/alert-not-found.ts";
export { AlertNotOpen } from "./errors/alert-not-open.ts";
export { BatchNotFound } from "./errors/batch-not-found.ts";
export { BatchNotRunning } from "./errors/batch-not-running.ts";
export { ConcurrencyLimit } from "./errors/concurrency-limit.ts";
export { DeadLetterNotOpen } from "./errors/dead-letter-not-open.ts";
export { DeadLetterNotFound } from "./errors/dead-letter-not-found.ts";
export { DecryptionFailed } from "./errors/decryption-failed.ts";
export { IdempotencyKeyReused } from "./errors/idempotency-key-reused.ts";
export { IncidentDecided } from "./errors/incident-decided.ts";
export { IncidentNotFound } from "./errors/incident-not-found.ts";
export { InvalidCursor } from "./errors/invalid-cursor.ts";
export { InvalidEventId } from "./errors/invalid-event-id.ts";
export { type DefinitionProblem, InvalidDefinition } from "./errors/invalid-definition.ts";
export { InvalidEncryptionKeys } from "./errors/invalid-encryption-keys.ts";
export { InvalidErrorData } from "./errors/invalid-error-data.ts";
export { InvalidInput } from "./errors/invalid-input.ts";
export { UnknownQueue } from "./errors/unknown-queue.ts";
export { type AppQueue, type QueuedApp, queuesOf, taskQueueOf } from "./queue.ts";
export { NoWorkerPolling } from "./errors/no-worker-polling.ts";
export { NotYourTask } from "./errors/not-your-task.ts";
export { PayloadTooLarge } from "./errors/payload-too-large.ts";
export { QueryFailed } from "./errors/query-failed.ts";
export { RateLimited } from "./errors/rate-limited.ts";
export { RecordedFailure } from "./errors/recorded-failure.ts";
export { RedriveUnsound } from "./errors/redrive-unsound.ts";
export { RunAlreadyStarted } from "./errors/run-already-started.ts";
export { RunClosed } from "./errors/run-closed.ts";
export { RunFailed } from "./errors/run-failed.ts";
export { RunNotAnswering } from "./errors/run-not-answering.ts";
export { RunNotFinished } from "./errors/run-not-finished.ts";
export { RunNotFound } from "./errors/run-not-found.ts";
export { SagaOpen } from "./errors/saga-open.ts";
export { ScheduleBusy } from "./errors/schedule-busy.ts";
export { ScheduleInCode } from "./errors/schedule-in-code.ts";
export { ScheduleNotFound } from "./errors/schedule-not-found.ts";
export { StepNotWaiting } from "./errors/step-not-waiting.ts";
export { TaskAnswered } from "./errors/task-answered.ts";
export { TaskClaimed } from "./errors/task-claimed.ts";
export { TaskClosed } from "./errors/task-closed.ts";
export { TaskLinkGone } from "./errors/task-link-gone.ts";
export { TaskLinkInvalid } from "./errors/task-link-invalid.ts";
export { TaskNotFound } from "./errors/task-not-found.ts";
export { isTaskRejected, TaskRejected } from "./errors/task-rejected.ts";
export { isTaskTimedOut, TaskTimedOut } from "./errors/task-timed-out.ts";
export { TemporalRefused } from "./errors/temporal-refused.ts";
export { TemporalUnavailable } from "./errors/temporal-unavailable.ts";
export { UndeclaredError } from "./errors/undeclared-error.ts";
export { UnknownQuery } from "./errors/unknown-query.ts";
export { UnknownSignal } from "./errors/unknown-signal.ts";
export { UnknownUpdate } from "./errors/unknown-update.ts";
export { WindowFull } from "./errors/window-full.ts";
export { UnknownWorkflowType } from "./errors/unknown-workflow-type.ts";
export { UpdateFailed } from "./errors/update-failed.ts";
export { UpdateNotFound } from "./errors/update-not-found.ts";
export { UpdatePending } from "./errors/update-pending.ts";
export { UpdateRejected } from "./errors/update-rejected.ts";
export { ErrorGroupNotFound } from "./errors/error-group-not-found.ts";
export { issuesOf, type ValidationIssue } from "./errors/validation-issue.ts";
export {
  type TaskAction,
  taskActions,
  type TaskActor,
  type TaskAudience,
  type TaskComment,
  type TaskEnd,
  type TaskQuorum,
  type TaskStatus,
  taskStatuses,
  type TaskVote,
} from "./human-task.ts";
export type { Incident, IncidentDecision, IncidentOutcome, OnExhausted, OperatorNote, Waiting } from "./incident.ts";
export {
  type BriefError,
  type DeadLetterKind,
  deadLetterKinds,
  type DeadLetterNote,
  type DeadLetterStatus,
  deadLetterStatuses,
  type ErrorChain,
  type FailedStepAttempt,
  type OpenEffect,
  type RedriveMode,
  type RedriveRecord,
} from "./dead-letter.ts";
export type { Concurrency, OnLimit } from "./lane.ts";
export type { LaneCounts, LaneHolderRecord, LaneRecord, LaneWaitingRecord } from "./lane-record.ts";
export type { LetterEvent } from "./letter-event.ts";
export {
  type ErrorGroupRecord,
  type ErrorGroupStatus,
  errorGroupStatuses,
  type IgnoredUntil,
  type Regression,
  type Sighting,
} from "./error-group.ts";
export { isNestedDeeper } from "./json-depth.ts";
export { type JsonFault, locateJsonFault } from "./json-fault.ts";
export { type FieldName, redacted } from "./redacted.ts";
export { type FailedAttempt, type RetryDecision, retryDecision } from "./retry-decision.ts";
export {
  type ResolvedRetryPolicy,
  type ResolvedRetryRule,
  resolveRetryPolicy,
  type RetryPolicy,
  type RetryRule,
  retryWaits,
} from "./retry-policy.ts";
export { retryPresets } from "./retry-presets.ts";
export { isRetryableError, RetryableError } from "./retryable-error.ts";
export type { RunAccount, SagaStep, SagaStepState } from "./run-account.ts";
export type { RunMark } from "./run-mark.ts";
export { isTenantName } from "./tenant.ts";
export type {
  ActiveSpan,
  RecordedSpan,
  SpanAttributes,
  SpanEnd,
  SpanStart,
  TraceCarrier,
  TraceContext,
  Tracing,
} from "./tracing.ts";
export { type FairnessKeyOf, type Lane, type LaneDefinition, lanePriorities, type LanePriority } from "./priority.ts";
export {
  type BatchAction,
  batchActions,
  type BatchFilter,
  type BatchItemResult,
  type BatchOutcome,
  batchOutcomes,
  type BatchProgress,
  type BatchRecord,
  type BatchStatus,
  batchStatuses,
} from "./batch.ts";
export { defineStateMachine, type StateMachineDefinition } from "./state-machine/define-state-machine.ts";
export type {
  DelayOf,
  MachineActions,
  MachineEvent,
  MachineFailure,
  MachineInvoke,
  MachineTransition,
  MachineTransitions,
  OnStepError,
  RaisedEvent,
  SchemasByName,
  Seen,
  StateDefinition,
} from "./state-machine/definition.ts";
export type { PathsIn, WithDeclaredNames } from "./state-machine/declared-names.ts";
export type { StateMachine } from "./state-machine/machine.ts";
export type {
  MachineDeadline,
  MachineEffect,
  MachineOutput,
  MachineSnapshot,
  MachineStep,
  RefusedEvent,
} from "./state-machine/snapshot.ts";
export type { StateKind, StateNode } from "./state-machine/state-node.ts";
export { advance, dueAt } from "./state-machine/advance.ts";
export { allowedEvents } from "./state-machine/allowed-events.ts";
export { afterFailure, committed } from "./state-machine/effects.ts";
export { type EventOf, initialSnapshot, transition } from "./state-machine/transition.ts";
export { machineDiagram } from "./state-machine/machine-diagram.ts";
export {
  machineOutline,
  type MachineOutline,
  type MachineTrigger,
  type OutlinedState,
  type OutlinedTransition,
} from "./state-machine/machine-outline.ts";
export { machineAnswer, type MachineAnswer } from "./state-machine/machine-answer.contract.ts";
export type {
  LiveMachine,
  MachineCause,
  MachineMoving,
  MachineTransitionRecord,
  ToldMachine,
} from "./state-machine/machine-record.ts";
export { type MigratedSnapshot, type PreviousVersion, previousVersion } from "./state-machine/previous-version.ts";
export { EventNotAllowed } from "./errors/event-not-allowed.ts";
export { LaneNotFound } from "./errors/lane-not-found.ts";
export { MissingMachineVersion } from "./errors/missing-machine-version.ts";
export { NoStateMachine } from "./errors/no-state-machine.ts";
export { RewindNotAllowed } from "./errors/rewind-not-allowed.ts";
export { TransitionInProgress } from "./errors/transition-in-progress.ts";
export { EndlessMacrostep } from "./errors/endless-macrostep.ts";
export { InvalidSnapshot } from "./errors/invalid-snapshot.ts";

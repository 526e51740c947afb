import { hostname } from "node:os";
import type { Connection } from "@temporalio/client";
import type { z } from "zod";
import type { AlertRule, StoredAlertRule } from "../core/alert-rule.ts";
import type { AuditAction, AuditEnd } from "../core/audit.ts";
import { type App, redactedNames } from "../core/define-app.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import type { EventSource } from "../core/define-event-source.ts";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { EventSourceStatus } from "../core/event-source-status.ts";
import type { ProcessReport } from "../core/event-sources.ts";
import type { ScheduleDraft } from "../core/schedule/schedule-spec.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import { isTenantName } from "../core/tenant.ts";
import type { Tracing } from "../core/tracing.ts";
import type { WindowRecord } from "../core/window-record.ts";
import { type AlertRuleChange, deleteAlertRule, putAlertRule, readAlertRules, showAlertRule } from "./alert-rules.ts";
import { type AuditOptions, type AuditPage, auditPage } from "./audit-page.ts";
import { type BackfillOptions, backfillSchedule, type ScheduleBackfill } from "./backfill-schedule.ts";
import { actOnTask, showTask, type TaskRequest } from "./act-on-task.ts";
import { acknowledgeAlert, type Alert, type AlertListOptions, type AlertPage, listAlerts } from "./alerts.ts";
import { connectByEnvironment } from "./connect.ts";
import type { DeadLetter, DeadLetterDetails } from "./dead-letter.ts";
import { type DeployOptions, deploySchedules, type ScheduleDeploy } from "./deploy-schedules.ts";
import { describeRun, type RunDescription } from "./describe-run.ts";
import { discardDeadLetter, type DiscardOptions, noteDeadLetter, type NoteOptions } from "./discard-dead-letter.ts";
import { changeErrorGroup, type ErrorGroupRequest } from "./change-error-group.ts";
import type { ErrorGroupDetails } from "./error-group.ts";
import {
  type EventSourceChange,
  listEventSources,
  pauseEventSource,
  reportEventSources,
  resumeEventSource,
} from "./event-sources.ts";
import { addToWindow, type EventForWindow, showEventWindow } from "./event-window.ts";
import { type ErrorGroupListOptions, type ErrorGroupPage, listErrorGroups } from "./list-error-groups.ts";
import { showErrorGroup } from "./show-error-group.ts";
import { followRun, type RunEvent } from "./follow-run.ts";
import { keepEvent, type RefusedEvent } from "./keep-event.ts";
import type { Encryption } from "./encryption.ts";
import { describeSchedule } from "./found-schedule.ts";
import { listSchedules, type ScheduleListOptions, type SchedulePage } from "./list-schedules.ts";
import { deleteSchedule, putSchedule, type ScheduleChange } from "./put-schedule.ts";
import { detailsOf, type ScheduleDetails } from "./schedule-details.ts";
import { type ScheduleTrigger, setPaused, triggerSchedule, type TriggerOptions } from "./steer-schedule.ts";
import { countRuns, type RunCounts } from "./count-runs.ts";
import { type EventWindowListOptions, type EventWindowPage, listEventWindows } from "./list-event-windows.ts";
import { type ConcurrencyLane, type LaneListOptions, type LanePage, listLanes, showLane } from "./lanes.ts";
import { type ListOptions, listRuns, type RunFilter, type RunPage } from "./list-runs.ts";
import { type DeadLetterListOptions, type DeadLetterPage, listDeadLetters } from "./list-dead-letters.ts";
import {
  type Batch,
  type BatchItemPage,
  type BatchItemsOptions,
  type BatchListOptions,
  type BatchPage,
  listBatches,
  listBatchItems,
  showBatch,
  stopBatch,
} from "./batch.ts";
import { listTasks, type TaskListOptions, type TaskPage } from "./list-tasks.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { LiveRuns, type RunChange, type WatchOptions } from "./live-runs.ts";
import type { MetricsScope } from "./metrics-scope.ts";
import { type MetricsOptions, metricsSummary, type MetricsSummary } from "./metrics-summary.ts";
import { metricsTimeseries, type MetricsTimeseries } from "./metrics-timeseries.ts";
import { type BatchRequest, startBatch } from "./start-batch.ts";
import type { Task } from "./task.ts";
import { drawMachine, type MachineState, showMachine } from "./machine.ts";
import { cancelRun, signalRun, terminateRun } from "./message-run.ts";
import { queryRun } from "./query-run.ts";
import { recordAction, type RecordedAction, recordEnd } from "./record-action.ts";
import { type AppWorkers, checkReachability, findAppWorkers, type Reachability } from "./readiness.ts";
import { type Redrive, redriveDeadLetter, type RedriveOptions } from "./redrive-dead-letter.ts";
import { resetRun } from "./reset-run.ts";
import { fetchHistory, type HistoryEvent } from "./run-history.ts";
import { type HandleOptions, type RunHandle, runHandle, type StartedHandle, type WaitLimits } from "./run-handle.ts";
import { type RewindOptions, rewindRun } from "./rewind-run.ts";
import { showDeadLetter } from "./show-dead-letter.ts";
import { type RunResult, waitForOutcome, waitForShownResult } from "./run-result.ts";
import type { LinkBase } from "./run-summary.ts";
import {
  type DecidedIncident,
  decideIncident,
  type DecideOptions,
  pauseRun,
  resumeRun,
  type SkipOptions,
  skipStep,
  type SteerOptions,
} from "./steer-run.ts";

import { type Capability, findCapabilities } from "./capabilities.ts";
import { type Diagnosis, diagnose } from "./doctor.ts";
import { queuesOf } from "../core/queue.ts";
import { type QueueRate, type QueueRateChange, setQueueRate } from "./queue-rate.ts";
import { describeTaskQueues, type TaskQueue } from "./task-queues.ts";
import type { StartedRun, StartOptions } from "./checked-start.ts";
import { startRun } from "./start-run.ts";
import { Temporal } from "./temporal.ts";
import { type AlertRuleTrial, tryAlertRule } from "./try-alert-rule.ts";
import { shownUpdate, type UpdateResult, updateRun, waitForUpdate } from "./update-run.ts";

/** Where the client works, and as whom. */
export interface ClientOptions {
  /** @default by TEMPORAL_ADDRESS and the other variables of Temporal's environment configuration, on first use */
  readonly connection?: Connection;
  /** @default TEMPORAL_NAMESPACE, else "default" */
  readonly namespace?: string;
  /** The base of links to the Temporal Web UI. @default no such links */
  readonly temporalUiUrl?: string;
  /** Who starts and signals, as the histories have it. @default process id and host name */
  readonly identity?: string;
  /** Has runs go on with the trace of who starts, tells or asks them: `startTracing` of `tenuto/tracing`. @default no trace */
  readonly tracing?: Pick<Tracing, "carrier"> | undefined;
  /** What payloads are encrypted with; the same as the workers'. @default they are in clear */
  readonly encryption?: Encryption | undefined;
}

/** Picks one run of a workflow id. */
export interface RunOptions {
  /** @default the latest run of the workflow id */
  readonly runId?: string | undefined;
}

/** How long to wait for a result. */
export interface ResultOptions<Contract extends WorkflowContract = WorkflowContract> extends RunOptions {
  /** Milliseconds. @default 0 */
  readonly waitMs?: number | undefined;
  /** Ends the wait early, with `running`. */
  readonly signal?: AbortSignal | undefined;
  /** Types the result; it is not validated again. */
  readonly workflow?: Contract;
  /**
   * Whether the result of a run that continued as new is that of the run that took over.
   *
   * @default true without a run id
   */
  readonly isFollowing?: boolean;
  /**
   * Whether the result is to be shown: then what contracts redact is replaced by `"[redacted]"`, as in `history`.
   *
   * @default false
   */
  readonly isShown?: boolean;
}

/** Where to begin, and what ends the stream. */
export interface EventsOptions extends RunOptions {
  /** The `id` of the last event that is known. @default from the first event on */
  readonly after?: string | undefined;
  /** Ends the stream early. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the events of the runs that continue this one as new come after it.
   *
   * @default true without a run id
   */
  readonly isFollowing?: boolean;
}

/** Which run to ask, and how long to wait for the answer. */
export interface QueryOptions extends RunOptions {
  /** Milliseconds. @default 4500 */
  readonly waitMs?: number | undefined;
}

/** Which run a signal is for, and under which key it is sent. */
export interface SignalOptions extends RunOptions {
  /** The same signal under the same key is taken once, also by a run that continues the one that took it. @default none */
  readonly idempotencyKey?: string | undefined;
}

/** Which update it is, and how long to wait for its outcome. */
export interface UpdateOptions extends RunOptions, WaitLimits {
  /** As of a result. @default false */
  readonly isShown?: boolean | undefined;
  /** An update with the id of an earlier one is that one. @default made from the idempotency key, else a UUID */
  readonly updateId?: string | undefined;
  /** 1 to 255 visible ASCII characters. */
  readonly idempotencyKey?: string | undefined;
  /** Who sends it; a state machine keeps that with its transitions. @default the client's `identity` */
  readonly by?: string | undefined;
}

/** Starts and watches an app's runs. Every method gives up after 5 seconds, or after the wait it was asked for. */
export interface TenutoClient {
  /** The links of a run. */
  readonly links: LinkBase;
  /** What payloads are encrypted with, if they are. */
  readonly encryption?: Encryption | undefined;
  /**
   * The same client for one tenant: it sees and starts runs of this tenant only, by ids of their own. On the server these
   * ids begin with the tenant's name and a colon. It is closed with this client.
   *
   * @throws `InvalidInput` when that is no name: 1 to 40 lower-case letters, digits and hyphens, and not "audit".
   * @example
   * ```ts
   * const run = await client.forTenant("acme").describe("order-1"); // "acme:order-1" on the server
   * ```
   */
  forTenant(tenant: string): TenutoClient;
  /**
   * Starts a run, or answers with the one that the same idempotency key and input started before.
   *
   * @throws `UnknownWorkflowType`, `InvalidInput`, `PayloadTooLarge`, `IdempotencyKeyReused`, `RunAlreadyStarted`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`; with a signal `UnknownSignal`; with an update what `update`
   * throws.
   * @example
   * ```ts
   * const run = await client.start(fulfillOrderContract, order, { idempotencyKey: "o-1" });
   * const fulfillment = await run.value();
   * ```
   */
  start<Contract extends WorkflowContract>(
    workflow: Contract,
    input: z.input<Contract["input"]>,
    options?: StartOptions<Contract>,
  ): Promise<StartedHandle<Contract>>;
  start(workflow: string, input: unknown, options?: StartOptions): Promise<StartedRun>;
  /** A run with the types of its contract; nothing is sent until one of its methods is called. */
  run<Contract extends WorkflowContract>(
    workflow: Contract,
    workflowId: string,
    options?: RunOptions,
  ): RunHandle<Contract>;
  /**
   * What is known about a run.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  describe(workflowId: string, options?: RunOptions): Promise<RunDescription>;
  /**
   * How a run ended; `running` when it has not in time.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  result<Contract extends WorkflowContract>(
    workflowId: string,
    options?: ResultOptions<Contract>,
  ): Promise<RunResult<z.output<Contract["output"]>>>;
  /**
   * The whole history of a run, decoded; what contracts redact is `"[redacted]"` in it.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  history(workflowId: string, options?: RunOptions): Promise<readonly HistoryEvent[]>;
  /**
   * The events of a run as they come, decoded and redacted as those of `history`, and then that it is over. Each comes
   * once; a stream that begins `after` one goes on with the next. An outage of the server is waited out.
   *
   * @throws `RunNotFound`, `InvalidEventId`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * for await (const event of await client.events("order-1")) {
   *   console.log(event.kind === "end" ? event.status : event.event.eventType);
   * }
   * ```
   */
  events(workflowId: string, options?: EventsOptions): Promise<AsyncIterable<RunEvent>>;
  /**
   * Tells a running run something that its contract declares.
   *
   * @throws `RunNotFound`, `UnknownSignal`, `InvalidInput`, `PayloadTooLarge`, `RunClosed`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  signal(workflowId: string, name: string, input: unknown, options?: SignalOptions): Promise<void>;
  /**
   * Asks a run, open or closed, something that its contract declares; a worker has to answer.
   *
   * @throws `RunNotFound`, `UnknownQuery`, `InvalidInput`, `PayloadTooLarge`, `QueryFailed`, `NoWorkerPolling`,
   * `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  query(workflowId: string, name: string, input: unknown, options?: QueryOptions): Promise<unknown>;
  /**
   * Tells a running run something that it answers; returns when it accepted the update, and at most `waitMs` later with
   * the outcome, else with `running`.
   *
   * An event of a state machine is one; what the machine refuses leaves no trace, and one that comes again is answered as before.
   *
   * @throws `RunNotFound`, `UnknownUpdate`, `InvalidInput`, `PayloadTooLarge`, `IdempotencyKeyReused`, `RunClosed`, `UpdateRejected`,
   * `EventNotAllowed`, `TransitionInProgress`,
   * `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  update(workflowId: string, name: string, input: unknown, options?: UpdateOptions): Promise<UpdateResult>;
  /**
   * What the state machine of a run is in, and what it takes; a worker is asked for its context only.
   *
   * @throws `RunNotFound`, `NoStateMachine`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { state, allowed } = await client.machineState("return-1");
   * ```
   */
  machineState(workflowId: string, options?: RunOptions): Promise<MachineState>;
  /**
   * The Mermaid state diagram of a run's state machine, with its active states marked; it needs no worker.
   *
   * @throws `RunNotFound`, `NoStateMachine`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  machineDiagram(workflowId: string, options?: RunOptions): Promise<string>;
  /**
   * Brings the state machine of a run back to a state that it was in, where its definition allows that; the steps of
   * what is entered run again. Who and why are in its history.
   *
   * @throws `UpdatePending` when these steps have not ended in time, `UpdateFailed` when the run failed with one of them,
   * `RunNotFound`, `NoStateMachine`, `RunClosed`, `RewindNotAllowed`, `TransitionInProgress`, `InvalidInput`,
   * `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  rewind(workflowId: string, options: RewindOptions): Promise<MachineAnswer>;
  /**
   * Where an update that was sent before stands; `running` when it is not over in time.
   *
   * @throws `RunNotFound`, `UnknownUpdate`, `UpdateNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  updateResult(
    workflowId: string,
    name: string,
    updateId: string,
    options?: RunOptions & WaitLimits & Pick<UpdateOptions, "isShown">,
  ): Promise<UpdateResult>;
  /**
   * Asks a run to end and to undo what it did; the reason is in its history.
   *
   * @throws `RunNotFound`, `RunClosed`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  cancel(workflowId: string, options: RunOptions & { readonly reason: string }): Promise<void>;
  /**
   * Ends a run at once: nothing is undone. Who and why are in its history; `by` is this client's identity if not given.
   *
   * @throws `RunNotFound`, `RunClosed`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  terminate(workflowId: string, options: SteerOptions): Promise<void>;
  /**
   * Decides what becomes of a parked step: again (with other input, too), done by hand with this output, or failed. Of two
   * that decide at the same instant, one wins; the other is told what was decided.
   *
   * @throws `RunNotFound`, `RunClosed`, `IncidentNotFound`, `IncidentDecided`, `InvalidInput`, `PayloadTooLarge`,
   * `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * await client.decide("order-1", { action: "retry", reason: "the provider is back" });
   * await client.decide("order-2", { action: "complete", output: { chargeId: "ch_1" }, reason: "charged by phone" });
   * ```
   */
  decide(workflowId: string, options: DecideOptions): Promise<DecidedIncident>;
  /**
   * Holds a run at its next step, and what waits for its next attempt; undos go on. A deadline stands still.
   *
   * @throws `RunNotFound`, `RunClosed`, `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  pause(workflowId: string, options: SteerOptions): Promise<void>;
  /**
   * Lets a paused run go on; of one that is not paused, nothing changes.
   *
   * @throws what {@link TenutoClient.pause} throws.
   */
  resume(workflowId: string, options: SteerOptions): Promise<void>;
  /**
   * Gives a step's output instead of running it, and drops its undo; of a step that a pause holds, or that is parked.
   *
   * @throws what {@link TenutoClient.pause} throws, and `StepNotWaiting`, `PayloadTooLarge`.
   */
  skip(workflowId: string, options: SkipOptions): Promise<void>;
  /**
   * One page of dead letters, by default of those that nobody has dealt with; without what contracts redact.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  deadLetters(options?: DeadLetterListOptions): Promise<DeadLetterPage>;
  /**
   * One dead letter, with all that is known about it, and without what contracts redact.
   *
   * @throws `DeadLetterNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  deadLetter(id: string): Promise<DeadLetterDetails>;
  /**
   * Makes a dead letter go again, in the first of its `modes` or the one that is asked for: a parked run goes on
   * (`continue`), or its step fails (`fail`); a run that is over goes on from before it failed (`continue`), is undone
   * (`compensate`), or another one is started instead (`restart`). An event is delivered again (`restart`).
   *
   * @throws `DeadLetterNotFound`, `DeadLetterNotOpen`, `RedriveUnsound`, and what {@link TenutoClient.decide} throws.
   */
  redrive(id: string, options: RedriveOptions): Promise<Redrive>;
  /**
   * Lets a run that failed, timed out, was terminated or is stuck go on from before that: opens its dead letter, or takes
   * the one that is open, and redrives it with `continue`.
   *
   * @throws `RunNotFound`, and what {@link TenutoClient.redrive} throws.
   */
  reset(workflowId: string, options: SteerOptions): Promise<Redrive>;
  /**
   * Closes the dead letter of a run that is over, when somebody has dealt with it otherwise.
   *
   * @throws `DeadLetterNotFound`, `DeadLetterNotOpen`, `RedriveUnsound`, `InvalidInput`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  discard(id: string, options: DiscardOptions): Promise<DeadLetter>;
  /**
   * Adds a note to a dead letter that is not closed; of a parked run, for as long as it is parked.
   *
   * @throws `DeadLetterNotFound`, `DeadLetterNotOpen`, `RunClosed`, `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  note(id: string, options: NoteOptions): Promise<DeadLetterDetails>;
  /**
   * Keeps an event that `deliver` could not take as a dead letter, with why; then it may be acknowledged. The same event
   * again opens no second one. The letter's id.
   *
   * @throws `PayloadTooLarge` above 512 KB: then it is to be kept elsewhere; `TemporalUnavailable`, `RateLimited`,
   * `TemporalRefused`
   * @example
   * ```ts
   * const error = { type: "NotOurs", message: "It is not for this shop" };
   * const letterId = await client.keepEvent(source, { event, error });
   * ```
   */
  keepEvent(source: EventSource, refused: RefusedEvent): Promise<string>;
  /**
   * One page of error groups, each of which stands for all failures of one pattern; of at most 1,000. It needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { items } = await client.errorGroups({ status: "regressed", sort: "count" });
   * ```
   */
  errorGroups(options?: ErrorGroupListOptions): Promise<ErrorGroupPage>;
  /**
   * One error group, with all that is known of it. It needs no worker.
   *
   * @throws `ErrorGroupNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  errorGroup(fingerprint: string): Promise<ErrorGroupDetails>;
  /**
   * Resolves an error group, ignores it, opens it again, assigns it to somebody, or adds a note. A failure that happens
   * after a group was resolved, or past what it is ignored until, makes it `regressed`.
   *
   * @throws `ErrorGroupNotFound`, `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`, `PayloadTooLarge`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * await client.changeErrorGroup("3f2a9c0d1e4b5a67", { action: "resolve", reason: "fixed in build 42" });
   * ```
   */
  changeErrorGroup(fingerprint: string, request: ErrorGroupRequest): Promise<ErrorGroupDetails>;
  /**
   * Begins to do one thing to many dead letters, or runs: oldest first, at most 5,000, no faster than it is told. It goes
   * on whatever becomes of this process; two that overlap share their items, each of which belongs to one.
   *
   * @throws `InvalidInput`, `UnknownWorkflowType`, `UnknownSignal`, `IdempotencyKeyReused`, `PayloadTooLarge`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { id } = await client.startBatch({ action: "redrive", filter: { type: "fulfillOrder" }, reason: "it is back" });
   * const { status, progress } = await client.batch(id);
   * ```
   */
  startBatch(request: BatchRequest): Promise<Batch>;
  /**
   * One page of batch operations, the newest first.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  batches(options?: BatchListOptions): Promise<BatchPage>;
  /**
   * Where a batch operation stands; it needs no worker.
   *
   * @throws `BatchNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  batch(id: string): Promise<Batch>;
  /**
   * One page of what became of the items of a batch operation, oldest first.
   *
   * @throws `BatchNotFound`, `InvalidCursor`, `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`,
   * `TemporalRefused`
   */
  batchItems(id: string, options?: BatchItemsOptions): Promise<BatchItemPage>;
  /**
   * Has a batch operation begin no further item; those under way come to their end.
   *
   * @throws `BatchNotFound`, `BatchNotRunning`, `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  stopBatch(id: string, options: Omit<SteerOptions, "runId">): Promise<Batch>;
  /**
   * One page of alerts, the one that was raised last first; it needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { items } = await client.alerts({ status: "open" });
   * ```
   */
  alerts(options?: AlertListOptions): Promise<AlertPage>;
  /**
   * Takes an alert on: it escalates no further, and those who were told are told who has.
   *
   * @throws `AlertNotFound`, `AlertNotOpen`, `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  acknowledgeAlert(id: string, options: Omit<SteerOptions, "runId">): Promise<Alert>;
  /**
   * One page of the tasks that wait for people, the one that is due first, first; it needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { items } = await client.tasks({ role: "approver", overdue: true });
   * ```
   */
  tasks(options?: TaskListOptions): Promise<TaskPage>;
  /**
   * One task, also one that is over for as long as its run remembers it: the last 20 of a run; it needs no worker.
   *
   * @throws `TaskNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  task(taskId: string): Promise<Task>;
  /**
   * Does something about a task: who, and when, is in the history of its run. Of several who answer at once, one wins.
   *
   * @throws `TaskNotFound`, `TaskClosed`, `TaskClaimed`, `TaskAnswered`, `NotYourTask`, `InvalidInput` with a pointer to
   * each member of the answer that can't be used, `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const ada = { name: "ada", isOperator: false, taskRoles: ["approver"] };
   * await client.actOnTask(taskId, { action: "complete", answer: { note: "fine" }, by: ada });
   * ```
   */
  actOnTask(taskId: string, request: TaskRequest): Promise<Task>;
  /**
   * The rules by which alerts are raised: what Tenuto ships, what the code of apps has, and what somebody has put. They are
   * those of all tenants, so a tenant's client has none. It needs no worker.
   *
   * @throws `InvalidInput`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  alertRules(): Promise<readonly StoredAlertRule[]>;
  /**
   * One alert rule.
   *
   * @throws `AlertRuleNotFound`, and what {@link TenutoClient.alertRules} throws.
   */
  alertRule(id: string): Promise<StoredAlertRule>;
  /**
   * Adds a rule, or edits one: an edited rule wins over what is shipped or in code, whatever is deployed, until it is
   * deleted.
   *
   * @throws `InvalidInput`, `NoWorkerPolling`, `RunNotAnswering`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const rule = await client.alertRule("tenuto.stuck-run");
   * await client.putAlertRule({ ...rule, isEnabled: false }, { reason: "we migrate" });
   * ```
   */
  putAlertRule(rule: AlertRule, options: AlertRuleChange): Promise<StoredAlertRule>;
  /**
   * Deletes a rule that was put; what it stood in for is back, and the answer. A rule that nobody has edited is in code,
   * and is not deleted: put it with `isEnabled: false`.
   *
   * @throws `AlertRuleNotFound`, and what {@link TenutoClient.putAlertRule} throws.
   */
  deleteAlertRule(id: string, options: AlertRuleChange): Promise<StoredAlertRule | undefined>;
  /**
   * What a rule would have raised over the last day, whether it is kept or not; nothing is raised. It reads 1,000 dead
   * letters, or runs, at most, and says when there were more, and what the server no longer knows.
   *
   * @throws what {@link TenutoClient.alertRules} throws.
   */
  tryAlertRule(rule: AlertRule): Promise<AlertRuleTrial>;
  /**
   * The lanes that runs are in, those that began last first, by what their memos tell: no worker is asked.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const crowded = (await client.lanes()).items.filter(({ waiting }) => waiting.runs > 100);
   * ```
   */
  lanes(options?: LaneListOptions): Promise<LanePage>;
  /**
   * One lane: who is at work in it, and who waits.
   *
   * @throws `LaneNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  lane(id: string): Promise<ConcurrencyLane>;
  /**
   * The app's event sources, and how they stand by what their processes told last; every number says how old it is. They
   * bring events to all tenants, so a tenant's client has none. It needs no worker.
   *
   * @throws `InvalidInput`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const holding = (await client.eventSources()).filter(({ state }) => state === "holding");
   * ```
   */
  eventSources(): Promise<readonly EventSourceStatus[]>;
  /**
   * Has every process take nothing more of a source, also those that are started later, until it is resumed; they know it
   * within about two seconds. What is under way is settled. One that is paused stays as it is.
   *
   * @throws `EventSourceNotFound`, `NoWorkerPolling`, `RunNotAnswering`, and what {@link TenutoClient.eventSources} throws.
   * @example
   * ```ts
   * await client.pauseEventSource("shop", { reason: "the warehouse moves" });
   * ```
   */
  pauseEventSource(name: string, options: EventSourceChange): Promise<EventSourceStatus>;
  /**
   * Has a source's events taken again.
   *
   * @throws what {@link TenutoClient.pauseEventSource} throws.
   */
  resumeEventSource(name: string, options: EventSourceChange): Promise<EventSourceStatus>;
  /**
   * Tells how the event sources of a process stand. `superviseConsumers` and `superviseWebhooks` of `tenuto/events` do so.
   *
   * @throws what {@link TenutoClient.eventSources} throws.
   */
  reportEventSources(report: ProcessReport): Promise<void>;
  /**
   * One page of schedules, this client's tenant's, or all. The server's list is a moment behind. It needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  schedules(options?: ScheduleListOptions): Promise<SchedulePage>;
  /**
   * One schedule: what it says, when it is due, what it started, and whether it was edited since its code was deployed.
   *
   * @throws `ScheduleNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  schedule(id: string): Promise<ScheduleDetails>;
  /**
   * Makes a schedule, or edits one: no deploy changes an edited one until it is deleted, which brings back what the code
   * says. Whether it is paused stays as it is. Its runs have the workflow ids `{id}-{due time}`.
   *
   * @throws `InvalidInput` with a pointer to each member that can't be used, `ScheduleBusy`, `PayloadTooLarge`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { spec } = await client.schedule("nightly");
   * await client.putSchedule("nightly", { ...spec, overlap: "bufferOne" }, { reason: "none may be missed" });
   * ```
   */
  putSchedule(id: string, schedule: ScheduleDraft, options: ScheduleChange): Promise<ScheduleDetails>;
  /**
   * Deletes a schedule that was put. Of one that the app's code declares, an edit is deleted: what the code says is back, and
   * the answer. Runs that it started go on.
   *
   * @throws `ScheduleInCode` of an unedited one, `ScheduleNotFound`, `ScheduleBusy`, `InvalidInput`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  deleteSchedule(id: string, options: ScheduleChange): Promise<ScheduleDetails | undefined>;
  /**
   * Lets nothing be due until it is resumed; no deploy changes that.
   *
   * @throws `ScheduleNotFound`, `ScheduleBusy`, `InvalidInput`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  pauseSchedule(id: string, options: ScheduleChange): Promise<ScheduleDetails>;
  /**
   * Lets runs be due again; what was due meanwhile is not made up for: backfill it.
   *
   * @throws what {@link TenutoClient.pauseSchedule} throws.
   */
  resumeSchedule(id: string, options: ScheduleChange): Promise<ScheduleDetails>;
  /**
   * Starts a run now, also of a paused schedule.
   *
   * @throws `ScheduleNotFound`, `InvalidInput`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  triggerSchedule(id: string, options: TriggerOptions): Promise<ScheduleTrigger>;
  /**
   * Starts runs for due times that are over and have none: at most 999. The same request within ten minutes is the same
   * backfill.
   *
   * @throws `ScheduleNotFound`, `ScheduleBusy` while runs wait for others to end, `InvalidInput`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const from = new Date("2026-01-31T00:00:00Z");
   * const { starting } = await client.backfillSchedule("nightly", { from, to: new Date(), reason: "the outage" });
   * ```
   */
  backfillSchedule(id: string, options: BackfillOptions): Promise<ScheduleBackfill>;
  /**
   * Brings the schedules of the app's code to the server: makes, updates, and deletes what has left the code. What was edited
   * by hand is kept, and told. A worker does so when it starts.
   *
   * @throws `InvalidInput`, `ScheduleBusy`, `PayloadTooLarge`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { changes } = await client.deploySchedules({ dryRun: true });
   * ```
   */
  deploySchedules(options?: DeployOptions): Promise<ScheduleDeploy>;
  /**
   * One page of what operators did over the REST API, and were refused, the newest first: those of this client's tenant,
   * or those without a tenant. It needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { items } = await client.audit({ actor: "ada", since: new Date("2026-01-31T00:00:00Z") });
   * ```
   */
  audit(options?: AuditOptions): Promise<AuditPage>;
  /**
   * Writes into the audit what is about to be done; when it throws, don't do it. The API does so for its own routes.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const actor = { name: "ada", role: "operator" };
   * const recorded = await client.recordAction({ actor, action: "closeShop", target: { shop: "1" }, requestId: "r-1" });
   * await client.recordEnd(recorded, { outcome: "done", status: 200 });
   * ```
   */
  recordAction(action: AuditAction): Promise<RecordedAction>;
  /**
   * Writes into the audit what became of an action; without it the outcome is `unknown`. Gives up after 30 seconds.
   *
   * @throws what {@link TenutoClient.recordAction} throws.
   */
  recordEnd(recorded: RecordedAction, end: AuditEnd): Promise<void>;
  /**
   * Adds an event to the window of its rule, once for each id; `deliver` does so. Answers with the workflow id of the window.
   *
   * @throws `PayloadTooLarge` above 256 KB, `WindowFull` while 5,000 events or 1 MB wait in it, `InvalidDefinition`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  addToWindow(event: EventForWindow): Promise<{ readonly workflowId: string }>;
  /**
   * Where a window of events stands: what waits in it, until when, the run under way, and what was refused. It needs no worker.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { waiting, run } = await client.eventWindow("tenuto-window-0f3a9c1d2e4b5a670f3a9c1d2e4b5a67");
   * ```
   */
  eventWindow(workflowId: string): Promise<WindowRecord>;
  /**
   * One page of the windows of events that are there, the one that began last first. It needs no worker.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { items } = await client.eventWindows({ source: "hub" });
   * for (const { id, key, waiting } of items) console.log(id, key, waiting.events);
   * ```
   */
  eventWindows(options?: EventWindowListOptions): Promise<EventWindowPage>;
  /**
   * One page of runs, the run that started last first.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  list(options?: ListOptions): Promise<RunPage>;
  /**
   * How many runs there are, by status.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  counts(filter?: RunFilter): Promise<RunCounts>;
  /**
   * The numbers of the app's runs within a window, beside those of the period before, and what is open. What has closed is counted
   * by a worker of Tenuto's own workflows; reading it takes none. All who ask share what was read, for seconds.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { total, types, asOf } = await client.metricsSummary({ window: "7d" });
   * console.log(total.now.completed, total.before.completed, asOf);
   * ```
   */
  metricsSummary(options?: MetricsOptions): Promise<MetricsSummary>;
  /**
   * The runs that closed within a window, part by part; together they are what `metricsSummary` counts.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { points } = await client.metricsTimeseries({ window: "24h", type: "fulfillOrder" });
   * ```
   */
  metricsTimeseries(options?: MetricsOptions): Promise<MetricsTimeseries>;
  /**
   * Runs that start or close, within about two seconds, and whether that can be seen at the moment; until the signal fires. All
   * who watch share one query a second. It begins with what happened in the last seconds, so that a list that was read just before
   * lacks nothing.
   *
   * @example
   * ```ts
   * for await (const change of client.watchRuns({ type: "fulfillOrder", signal: AbortSignal.timeout(60_000) })) {
   *   if (change.kind === "runs") for (const { workflowId, status } of change.items) console.log(workflowId, status);
   * }
   * ```
   */
  watchRuns(options?: WatchOptions): AsyncIterable<RunChange>;
  /**
   * The app's task queues and that of Tenuto's own workflows: what waits there, and who takes it.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  taskQueues(): Promise<readonly TaskQueue[]>;
  /**
   * Limits how many steps of one of the app's task queues begin in a second, by all workers together; within seconds, without a
   * restart. What is not given stays, `null` takes a limit away. Answers with what is in force.
   *
   * @throws `UnknownQueue`, `InvalidInput` (also of a tenant's client: queues are those of all tenants), `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * await client.setQueueRate("shop", { perSecond: 50, perKeyPerSecond: 5, reason: "the provider's limit" });
   * ```
   */
  setQueueRate(name: string, change: QueueRateChange): Promise<QueueRate>;
  /** Whether the server answers within 2 seconds. */
  check(): Promise<Reachability>;
  /**
   * Whether somebody takes the app's work.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  workers(): Promise<AppWorkers>;
  /**
   * What the server, or the plan that it is on, can do of what Tenuto uses.
   *
   * @throws what the server answers when it can't be asked.
   */
  capabilities(): Promise<readonly Capability[]>;
  /** Looks at all that Tenuto needs, and changes nothing; what is wrong is told and not thrown. */
  doctor(): Promise<Diagnosis>;
  /** Closes the connection, unless it was passed in. */
  close(): Promise<void>;
}

/**
 * A client of an app's runs; it connects when it is first used, so a server that is away is no error yet.
 *
 * @throws when Temporal's environment configuration can't be used.
 * @example
 * ```ts
 * const client = await createClient(app);
 * const { status, result } = await client.result("order-1", { waitMs: 10_000 });
 * ```
 */
export async function createClient(app: App, options: ClientOptions = {}): Promise<TenutoClient> {
  const own = options.connection ? undefined : connectByEnvironment();
  const connection = options.connection ?? own?.connection;
  if (!connection) throw new TypeError("There is no connection.");
  const namespace = options.namespace ?? own?.namespace ?? "default";
  const identity = options.identity ?? `${process.pid}@${hostname()}`;
  const { temporalUiUrl, encryption, tracing } = options;
  const temporal = new Temporal({ connection, namespace, identity, encryption, carrier: tracing?.carrier });
  const redact = redactedNames(app);
  const close = async () => own?.connection.close();
  return clientOf({ temporal, app, temporalUiUrl, redact, ...sharedBy(temporal), close });
}

/** The client that an activity works with, on its worker's connection. */
export function clientOn(temporal: Temporal, app: App): TenutoClient {
  return clientOf({
    temporal,
    app,
    temporalUiUrl: undefined,
    redact: redactedNames(app),
    ...sharedBy(temporal),
    close: async () => undefined,
  });
}

/** What the clients of all tenants have together. */
interface Shared {
  readonly kept: KeptAnswers;
  /** Summaries and series are some work, too. */
  readonly summaries: KeptAnswers;
  readonly live: LiveRuns;
}

function sharedBy(temporal: Temporal): Shared {
  const summaries = new KeptAnswers({ most: 50 });
  return { kept: new KeptAnswers(), summaries, live: new LiveRuns(temporal.ofNamespace()) };
}

interface ClientParts extends Shared {
  readonly temporalUiUrl: string | undefined;
  readonly temporal: Temporal;
  readonly app: App;
  readonly redact: readonly string[];
  readonly close: () => Promise<void>;
}

function clientOf(parts: ClientParts): TenutoClient {
  const { temporal, app, temporalUiUrl, redact, kept, live, close } = parts;
  const { namespace, idPrefix, encryption } = temporal;
  const links: LinkBase = { namespace, temporalUiUrl, ...(idPrefix !== "" && { idPrefix }) };
  const reach = { temporal, app };
  const numbers: MetricsScope = { ...reach, links, redact, kept };
  const shared = sharedAnswers(parts);
  return {
    links,
    encryption,
    forTenant(tenant) {
      assertTenantName(tenant);
      return clientOf({ ...parts, temporal: temporal.forTenant(tenant), close: async () => undefined });
    },
    start: startWith({ reach, links }),
    run: (_workflow, workflowId, { runId } = {}) => runHandle({ reach, links, run: { workflowId, runId } }),
    describe: (workflowId, { runId } = {}) => describeRun(reach, { workflowId, runId }, links),
    async result(workflowId, { runId, waitMs = 0, signal, isFollowing = runId === undefined, isShown = false } = {}) {
      const wait = { workflowId, runId, waitMs, signal, isFollowing };
      const result = isShown
        ? await waitForShownResult(temporal, { ...wait, redact })
        : (await waitForOutcome(temporal, wait)).result;
      return result as RunResult<never>;
    },
    history: (workflowId, { runId } = {}) => fetchHistory(temporal, { workflowId, runId }, { redact }),
    events: (workflowId, { runId, isFollowing = runId === undefined, ...eventsOptions } = {}) =>
      followRun(temporal, { ...eventsOptions, workflowId, runId, isFollowing, redact }),
    signal: (workflowId, name, input, { runId, idempotencyKey } = {}) =>
      signalRun(reach, { run: { workflowId, runId }, name, input, idempotencyKey }),
    query: (workflowId, name, input, { runId, waitMs } = {}) =>
      queryRun(reach, { run: { workflowId, runId }, name, input, waitMs }),
    async update(workflowId, name, input, { runId, waitMs = 0, isShown = false, ...updateOptions } = {}) {
      const run = { workflowId, runId };
      const { result } = await updateRun(reach, { ...updateOptions, run, name, input, waitMs });
      return isShown ? shownUpdate(result, { redact, input }) : result;
    },
    async updateResult(workflowId, name, updateId, { runId, waitMs = 0, isShown = false, signal } = {}) {
      const run = { workflowId, runId };
      const { result } = await waitForUpdate(reach, { run, name, updateId, waitMs, signal });
      return isShown ? shownUpdate(result, { redact }) : result;
    },
    machineState: (workflowId, { runId } = {}) => showMachine(reach, { workflowId, runId }),
    machineDiagram: (workflowId, { runId } = {}) => drawMachine(reach, { workflowId, runId }),
    rewind: (workflowId, rewindOptions) => rewindRun(reach, workflowId, rewindOptions),
    cancel: (workflowId, { runId, reason }) => cancelRun(temporal, { workflowId, runId }, reason),
    terminate: (workflowId, { runId, ...terminateOptions }) =>
      terminateRun(temporal, { workflowId, runId }, terminateOptions),
    decide: (workflowId, decideOptions) => decideIncident(reach, workflowId, decideOptions),
    pause: (workflowId, steerOptions) => pauseRun(reach, workflowId, steerOptions),
    resume: (workflowId, steerOptions) => resumeRun(reach, workflowId, steerOptions),
    skip: (workflowId, skipOptions) => skipStep(reach, workflowId, skipOptions),
    deadLetters: (listOptions = {}) => listDeadLetters(temporal, listOptions, redact),
    deadLetter: (id) => showDeadLetter(temporal, id, { links, redact }),
    redrive: (id, redriveOptions) => redriveDeadLetter(reach, id, redriveOptions),
    reset: (workflowId, resetOptions) => resetRun(reach, workflowId, resetOptions),
    discard: (id, discardOptions) => discardDeadLetter(reach, id, discardOptions),
    note: async (id, noteOptions) => {
      await noteDeadLetter(reach, id, noteOptions);
      return showDeadLetter(temporal, id, { links, redact });
    },
    keepEvent: (source, refused) => keepEvent(reach, source, refused),
    errorGroups: (listOptions = {}) => listErrorGroups(temporal, listOptions, { links, redact }),
    errorGroup: (fingerprint) => showErrorGroup(temporal, fingerprint, { links, redact }),
    changeErrorGroup: (fingerprint, request) => changeErrorGroup(temporal, fingerprint, { request, links, redact }),
    startBatch: (request) => startBatch(reach, request),
    batches: (listOptions = {}) => listBatches(temporal, listOptions),
    batch: (id) => showBatch(temporal, id),
    batchItems: (id, itemsOptions = {}) => listBatchItems(temporal, id, itemsOptions),
    stopBatch: (id, stopOptions) => stopBatch(temporal, id, stopOptions),
    alerts: (listOptions = {}) => listAlerts(temporal, listOptions),
    acknowledgeAlert: (id, acknowledgeOptions) => acknowledgeAlert(temporal, id, acknowledgeOptions),
    tasks: (listOptions = {}) => listTasks(reach, listOptions),
    task: (taskId) => showTask(reach, taskId),
    actOnTask: (taskId, request) => actOnTask(reach, taskId, request),
    alertRules: async () => (await readAlertRules(temporal)).rules,
    alertRule: (id) => showAlertRule(temporal, id),
    putAlertRule: (rule, change) => putAlertRule(temporal, rule, change),
    deleteAlertRule: (id, change) => deleteAlertRule(temporal, id, change),
    tryAlertRule: (rule) => tryAlertRule(temporal, rule),
    eventSources: () => listEventSources(reach),
    pauseEventSource: (name, change) => pauseEventSource(reach, name, change),
    resumeEventSource: (name, change) => resumeEventSource(reach, name, change),
    reportEventSources: (report) => reportEventSources(reach, report),
    schedules: (listOptions = {}) => listSchedules(temporal, listOptions, links),
    schedule: async (id) => detailsOf(await describeSchedule(temporal, id), { app, links }),
    putSchedule: (id, draft, change) => putSchedule({ ...reach, links }, id, { ...change, draft }),
    deleteSchedule: (id, change) => deleteSchedule({ ...reach, links }, id, change),
    pauseSchedule: (id, change) => setPaused({ ...reach, links }, id, { ...change, isPaused: true }),
    resumeSchedule: (id, change) => setPaused({ ...reach, links }, id, { ...change, isPaused: false }),
    triggerSchedule: (id, triggerOptions) => triggerSchedule({ ...reach, links }, id, triggerOptions),
    backfillSchedule: (id, backfillOptions) => backfillSchedule(reach, id, backfillOptions),
    deploySchedules: (deployOptions = {}) => deploySchedules(reach, deployOptions),
    audit: (auditOptions = {}) => auditPage(temporal, auditOptions),
    recordAction: (action) => recordAction(temporal, action),
    recordEnd: (recorded, end) => recordEnd(temporal, recorded, end),
    addToWindow: (event) => addToWindow(reach, event),
    eventWindow: (workflowId) => showEventWindow(reach, workflowId),
    eventWindows: (listOptions = {}) => listEventWindows(temporal, listOptions),
    lanes: (listOptions = {}) => listLanes(temporal, listOptions),
    lane: (id) => showLane(temporal, id),
    list: (listOptions = {}) => listRuns(temporal, listOptions, links),
    counts: (filter = {}) => countRuns(temporal, filter),
    metricsSummary: (metricsOptions = {}) =>
      shared("summary", metricsOptions, () => metricsSummary(numbers, metricsOptions)),
    metricsTimeseries: (metricsOptions = {}) =>
      shared("timeseries", metricsOptions, () => metricsTimeseries(numbers, metricsOptions)),
    watchRuns: (watchOptions = {}) => live.watch({ ...watchOptions, idPrefix, links }),
    taskQueues: () =>
      describeTaskQueues(temporal, [...queuesOf(app).map(({ taskQueue }) => taskQueue), systemTaskQueue]),
    setQueueRate: (name, change) => setQueueRate(reach, name, change),
    check: () => checkReachability(temporal),
    workers: () => findAppWorkers(temporal, app),
    capabilities: () => findCapabilities(temporal.connection, temporal.namespace),
    doctor: () => diagnose(reach),
    close,
  };
}

const sharedForMs = 2_000;

/** Has those who ask for the same at once wait for one answer. */
function sharedAnswers({ summaries, temporal: { idPrefix } }: ClientParts) {
  return async <Value>(
    what: string,
    { window, type, isPatient }: MetricsOptions,
    ask: () => Promise<Value>,
  ): Promise<Value> => {
    const key = JSON.stringify([what, idPrefix, window, type, isPatient]);
    return (await summaries.get({ key, freshMs: sharedForMs, deadMs: sharedForMs, ask })).value;
  };
}

function assertTenantName(tenant: string): void {
  if (isTenantName(tenant)) return;
  const message = "A tenant's name has 1 to 40 lower-case letters, digits and hyphens, and isn't \"audit\"";
  throw new InvalidInput("The tenant", [{ pointer: "/tenant", message }]);
}

/** Of a contract, the run comes with what can be done with it; of a name, as plain data. */
function startWith(options: Pick<HandleOptions, "reach" | "links">): TenutoClient["start"] {
  return async (workflow: WorkflowContract | string, input: unknown, startOptions: StartOptions = {}) => {
    const type = typeof workflow === "string" ? workflow : workflow.name;
    const started = await startRun(options.reach, { type, input, options: startOptions });
    if (typeof workflow === "string") return started as StartedHandle<never>;
    const { workflowId, runId } = started;
    const handle = runHandle({ ...options, run: { workflowId }, firstRunId: runId });
    // Hidden from loops, so that what is logged, compared or sent of a started run is its data.
    const methods = Object.entries(handle).map(([name, value]) => [name, { value: value as unknown }] as const);
    return Object.defineProperties({ ...started }, Object.fromEntries(methods)) as StartedHandle<never>;
  };
}

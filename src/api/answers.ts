// What the routes answer, for the OpenAPI document. A member that a type of the client gets breaks the build here.
import {
  type AlertSeverity,
  alertStatuses,
  batchActions,
  batchOutcomes,
  batchStatuses,
  deadLetterKinds,
  type DeadLetterNote,
  deadLetterStatuses,
  errorGroupStatuses,
  type ErrorChain,
  type FailedStepAttempt,
  type LetterEvent,
  type RedriveRecord,
  type RunAccount,
  type SagaStep,
  type StoredAlertRule,
  type ValidationIssue,
  type IgnoredUntil,
  type Regression,
} from "tenuto";
import {
  runStatuses,
  type AlertRuleTrial as Trial,
  type AuditEntry as EntryOfAudit,
  type Alert,
  type AppWorkers,
  type Batch,
  type BatchItemPage,
  type DeadLetter,
  type DeadLetterDetails,
  type DroppedSignals,
  type HistoryEvent,
  type PendingStep,
  type Reachability,
  type Diagnosis as DiagnosisOf,
  type Finding,
  type PriorityBacklog,
  type QueueLimits,
  type TaskQueueState,
  type Redrive,
  type RunCounts as CountsOfRuns,
  type RunDescription,
  type RunError as ErrorOfRun,
  type RunLinks,
  type RunSummary as SummaryOfRun,
  type StartedRun as Started,
  type TriedAlert,
  type WaitingForLane,
  type WorkerPresence,
  type ErrorGroup,
  type ErrorGroupDetails,
} from "tenuto/client";
import { z } from "zod";
import type { CatalogueEntry } from "./catalogue.ts";
import { type Problem as ProblemBody, problemCodes } from "./problems.ts";
import { anything, count, pageOf, RunStatus, type Shape, time } from "./answer-parts.ts";
import { LaneAnswer, LaneOfType } from "./lane-schemas.ts";
import { AlertConditionBody, alertSeverities, redriveModes } from "./schemas.ts";
import { MachineBrief, MachineMovingAnswer, MachineOfType } from "./machine-answers.ts";
import { TaskAnswer, TaskEndAnswer } from "./task-answers.ts";

export const Links = z
  .object({
    self: z.string(),
    result: z.string(),
    history: z.string(),
    temporalUi: z.string().optional(),
  } satisfies Shape<RunLinks>)
  .meta({ id: "RunLinks" });

export const RunError: z.ZodType = z
  .object({
    type: z.string().describe("The name of a declared error, or the class of another"),
    message: z.string(),
    step: z.string().optional().describe("The activity that failed"),
    data: anything.describe("What a declared error carries"),
    cause: z.lazy(() => RunError).optional(),
  } satisfies Shape<ErrorOfRun>)
  .meta({ id: "RunError", description: "Why a run, or a step, did not succeed" });

const briefError = z.object({ type: z.string(), message: z.string() });
const share = z.number().min(0).max(1);
const note = z.object({ by: z.string(), reason: z.string(), at: time });

const Incident = z
  .object({
    id: z.string(),
    kind: z.enum(["step", "undo"]),
    step: z.string(),
    key: z.string().optional(),
    undoes: z.object({ step: z.string(), key: z.string() }).optional(),
    since: time,
    error: briefError,
  } satisfies Shape<RunDescription["incidents"][number]>)
  .meta({ id: "Incident", description: "A step, or an undo, that is parked until somebody decides" });

const DecidedIncident = z
  .object({
    id: z.string(),
    step: z.string(),
    action: z.enum(["retry", "complete", "fail", "skip", "cancel"]),
    by: z.string().optional(),
    at: time,
  } satisfies Shape<RunAccount["decided"][number]>)
  .meta({ id: "DecidedIncident" });

const stepStates = [
  ...(["pending", "held", "parked", "done", "skipped", "unknown"] as const),
  ...(["failed", "undoing", "undone", "undoFailed"] as const),
] as const satisfies SagaStep["state"][];
const step = z.object({
  step: z.string(),
  key: z.string().optional(),
  state: z.enum(stepStates),
  scheduledAt: time,
  endedAt: time.optional(),
  undoneAt: time.optional(),
} satisfies Shape<SagaStep>);

const Account = z
  .object({
    steps: z.array(step),
    stepCount: count,
    pendingUndos: count.optional(),
    held: z.array(z.object({ step: z.string(), key: z.string() })),
    incidents: z.array(Incident),
    decided: z.array(DecidedIncident),
    paused: note.optional(),
    deadline: z.object({ ms: z.number(), exceeded: z.boolean() }).optional(),
  } satisfies Shape<RunAccount>)
  .meta({ id: "RunAccount", description: "What the sagas of a run did, and what it waits for" });

const Issue = z
  .object({ pointer: z.string(), message: z.string() } satisfies Shape<ValidationIssue>)
  .meta({ id: "ValidationIssue", description: "A place in a JSON value, as a JSON pointer, and what is wrong there" });

const summary = {
  workflowId: z.string(),
  runId: z.string(),
  type: z.string(),
  status: RunStatus,
  startedAt: time,
  closedAt: time.optional(),
  taskQueue: z.string(),
  historyLength: count.optional(),
  marks: z.array(z.enum(["parked", "paused", "partial", "waiting"])),
  machine: MachineBrief.optional(),
  links: Links,
} satisfies Shape<SummaryOfRun>;

const pendingStep = z.object({
  activityId: z.string(),
  type: z.string(),
  attempt: count,
  maxAttempts: count.optional(),
  state: z.enum(["scheduled", "started", "cancelRequested", "paused", "pauseRequested"]),
  lastFailure: briefError.optional(),
  nextRetryAt: time.optional(),
  lastStartedAt: time.optional(),
} satisfies Shape<PendingStep>);

const RunSummary = z.object(summary).meta({ id: "RunSummary" });
export const RunPage = pageOf(RunSummary).meta({ id: "RunPage" });

export const Run = z
  .object({
    ...summary,
    historyLength: count,
    requestId: z.string().optional(),
    lane: LaneAnswer.optional(),
    pendingSteps: z.array(pendingStep),
    incidents: z.array(Incident),
    tasks: z.array(TaskAnswer),
    paused: note.optional(),
    waitingFor: z
      .object({ lane: z.string(), position: count.optional() } satisfies Shape<WaitingForLane>)
      .optional()
      .describe("The lane in which it waits for its slot; the position is absent behind the first 20"),
    account: Account.optional(),
    droppedSignals: z.object({
      count,
      last: z.array(z.object({ name: z.string(), issues: z.array(Issue) })),
    } satisfies Shape<DroppedSignals>),
  } satisfies Shape<RunDescription>)
  .meta({ id: "Run" });

export const History = z
  .object({
    events: z.array(
      z.looseObject({ eventId: z.string(), eventTime: time, eventType: z.string() } satisfies Shape<
        Pick<HistoryEvent, "eventId" | "eventTime" | "eventType">
      >),
    ),
  })
  .meta({ id: "History" });

const begun = {
  workflowId: z.string(),
  runId: z.string(),
  type: z.string(),
  status: RunStatus,
  existing: z.boolean().describe("Whether an earlier start with the same key and input began it"),
  links: Links,
} satisfies Shape<Omit<Started, "updateResult"> & { readonly links: unknown }>;

/** What became of the update that a start was joined with. */
const joinedUpdate = z.object({
  name: z.string(),
  updateId: z.string(),
  runId: z.string(),
  status: z.enum(["running", "completed", "failed"]),
  result: anything,
  error: RunError.optional(),
});

export const StartedRun = z.object({ ...begun, update: joinedUpdate.optional() });

/** How a run ended, with what else the answer says; `result` and `error` are typed by workflow where that is known. */
const outcome = (besides: Readonly<Record<string, z.ZodType>>) =>
  z.discriminatedUnion("status", [
    z.object({ ...besides, status: z.literal("completed"), result: anything }),
    z.object({ ...besides, status: z.literal("failed"), error: RunError }),
    z.object({ ...besides, status: z.enum(["canceled", "terminated", "timedOut"]), error: RunError }),
    z.object({ ...besides, status: z.literal("continuedAsNew") }),
  ]);

export const RunOutcome = outcome({});
export const StartOutcome = z.union([
  outcome({ workflowId: z.string(), runId: z.string(), type: z.string(), existing: z.boolean() }),
  z.object({ ...begun, update: joinedUpdate }),
]);
const byStatus = z.object(Object.fromEntries(runStatuses.map((status) => [status, count])));
export const RunCounts = z.object({ total: count, byStatus } satisfies Shape<CountsOfRuns>).meta({ id: "RunCounts" });
export const Diagram = z.object({ workflowId: z.string(), kind: z.enum(["machine", "saga"]), mermaid: z.string() });
/** One server-sent event's data at a time, by the HTML standard's format. */
export const EventStream = z.unknown().meta({ description: "Server-sent events, for which OpenAPI 3.1 has no schema" });

const backlog = {
  backlog: count.describe("Tasks that wait for a worker; the server's estimate"),
  backlogAgeMs: z.number().describe("How long the oldest has waited"),
  addedPerSecond: z.number().describe("Over the last half minute"),
  dispatchedPerSecond: z.number(),
};
const queueState = z.object({
  ...backlog,
  pollers: count,
  byPriority: z
    .array(z.object({ priority: z.int(), ...backlog } satisfies Shape<PriorityBacklog>))
    .optional()
    .describe("Most urgent first; absent where the server does not tell"),
  limits: z
    .object({ perSecond: z.number().optional(), perKeyPerSecond: z.number().optional() } satisfies Shape<QueueLimits>)
    .optional(),
  isRateLimited: z.boolean().describe("Whether tasks wait because of a limit"),
} satisfies Shape<Omit<TaskQueueState, "pollers"> & { readonly pollers: number }>);
export const TaskQueues = z.object({
  items: z.array(z.object({ name: z.string(), workflow: queueState, activity: queueState })),
});
const findingStatus = z.enum(["ok", "warning", "failed"]);
export const Diagnosis = z
  .object({
    status: findingStatus.describe("The worst of the findings; `failed` when something needed is missing"),
    findings: z.array(
      z.object({
        what: z.string(),
        status: findingStatus,
        got: z.string(),
        todo: z.string().optional(),
      } satisfies Shape<Finding>),
    ),
  } satisfies Shape<DiagnosisOf>)
  .meta({ id: "Diagnosis" });
export const Workers = z.object({
  items: z.array(
    z.object({
      identity: z.string(),
      taskQueue: z.string(),
      kinds: z.array(z.enum(["workflow", "activity"])),
      lastSeenAt: time,
    }),
  ),
});

export const StillRunning = z.object({ status: z.literal("running") });

export const SignalTaken = z.object({ workflowId: z.string(), signal: z.string(), accepted: z.literal(true) });
export const QueryAnswer = z.object({ workflowId: z.string(), query: z.string(), result: anything });

const update = { workflowId: z.string(), update: z.string(), updateId: z.string(), runId: z.string() };
export const UpdateOutcome = z.discriminatedUnion("status", [
  z.object({ ...update, status: z.literal("completed"), result: anything }),
  z.object({ ...update, status: z.literal("failed"), error: RunError }),
]);
export const UpdateRunning = z.object({ ...update, status: z.literal("running") });

export const Accepted = z.object({ workflowId: z.string(), accepted: z.literal(true) });

const letterEvent = z.object({
  app: z.string(),
  source: z.string(),
  id: z.string().optional(),
  type: z.string().optional(),
  window: z.string().optional().describe("The window that has refused it, which starts runs of many events"),
  content: z
    .enum(["data", "json", "text", "base64"])
    .describe("What the input is: the event's data; or what came and can't be read"),
} satisfies Shape<LetterEvent>);

const deadLetter = {
  id: z.string(),
  status: z.enum(deadLetterStatuses),
  kind: z.enum(deadLetterKinds),
  workflowId: z.string(),
  runId: z.string(),
  type: z.string(),
  step: z.string().optional(),
  error: briefError,
  fingerprint: z.string(),
  count,
  firstSeenAt: time,
  lastSeenAt: time,
  incidents: z.array(Incident).optional(),
  openEffects: z.array(z.object({ step: z.string(), key: z.string().optional(), error: briefError })).optional(),
  closed: note.optional(),
  event: letterEvent.optional().describe("Of an event that could not be taken"),
  modes: z.array(z.enum(redriveModes)),
} satisfies Shape<DeadLetter>;

export const DeadLetterAnswer = z
  .object(deadLetter)
  .meta({ id: "DeadLetter", description: "A failure that nobody has dealt with" });

const errorChain: z.ZodType = z
  .object({
    type: z.string(),
    message: z.string(),
    cause: z.lazy(() => errorChain).optional(),
  } satisfies Shape<ErrorChain>)
  .meta({ id: "ErrorChain", description: "An error, and what caused it" });

const stepAttempt = z.object({
  attempt: count,
  startedAt: time.optional(),
  closedAt: time.optional(),
  error: briefError.optional(),
} satisfies Shape<FailedStepAttempt>);

const redriveRecord = z.object({
  mode: z.enum(redriveModes),
  by: z.string(),
  reason: z.string(),
  at: time,
  newRunId: z.string().optional(),
  newWorkflowId: z.string().optional(),
  batchId: z.string().optional(),
  outcome: z.string().optional(),
} satisfies Shape<RedriveRecord>);

export const DeadLetterDetailsAnswer = z
  .object({
    ...deadLetter,
    input: anything,
    inputTruncated: z.boolean().optional(),
    failure: errorChain,
    attempts: z.array(stepAttempt),
    workerIdentity: z.string().optional(),
    buildId: z.string().optional(),
    parentWorkflowId: z.string().optional(),
    compensation: z.enum(["none", "complete", "partial", "interrupted"]),
    closedAt: time.optional(),
    resettableUntil: time.optional(),
    notes: z.array(z.object({ by: z.string(), note: z.string(), at: time } satisfies Shape<DeadLetterNote>)),
    redrives: z.array(redriveRecord),
    siblings: z.object({ count, ids: z.array(z.string()) }),
    links: Links,
  } satisfies Shape<DeadLetterDetails>)
  .meta({ id: "DeadLetterDetails", description: "A failure with all that is known about it" });
export const DeadLetterPage = pageOf(DeadLetterAnswer).meta({ id: "DeadLetterPage" });

const errorGroup = {
  fingerprint: z.string(),
  type: z.string(),
  step: z.string().optional(),
  isOfEvents: z
    .boolean()
    .optional()
    .describe("Whether they are events: then `type` is their source, and `step` their type"),
  tenant: z.string().optional(),
  pattern: z.string().describe("What the messages have in common"),
  error: briefError,
  status: z.enum(errorGroupStatuses),
  count,
  firstSeenAt: time,
  lastSeenAt: time,
  lastHour: count.describe("Failures of the last 50 to 60 minutes"),
  share: z
    .object({ ofType: share, ofStep: share } satisfies Shape<ErrorGroup["share"]>)
    .describe("Of all grouped failures of its workflow type, and of its step there"),
  kinds: z.record(z.string(), count).describe("Failures by kind"),
  builds: z
    .array(z.object({ buildId: z.string(), count, share } satisfies Shape<ErrorGroup["builds"][number]>))
    .describe("Failures by build, the most first"),
  sample: z.object({
    at: time,
    kind: z.enum(deadLetterKinds),
    buildId: z.string().optional(),
    letterId: z.string(),
    workflowId: z.string(),
    runId: z.string(),
  } satisfies Shape<ErrorGroup["sample"]>),
  resolved: note.optional(),
  ignored: z
    .object({
      by: z.string(),
      reason: z.string(),
      at: time,
      until: z
        .object({
          at: time.optional(),
          count: count.optional(),
          perHour: count.optional(),
        } satisfies Shape<IgnoredUntil>)
        .optional(),
    })
    .optional(),
  regression: z
    .object({ at: time, buildId: z.string().optional(), because: z.string() } satisfies Shape<Regression>)
    .optional(),
  regressions: count,
  assignee: z.string().optional(),
} satisfies Shape<ErrorGroup>;

const ErrorGroupAnswer = z.object(errorGroup).meta({ id: "ErrorGroup", description: "All failures of one pattern" });
export const ErrorGroupPage = pageOf(ErrorGroupAnswer).meta({ id: "ErrorGroupPage" });
export const ErrorGroupDetailsAnswer = z
  .object({
    ...errorGroup,
    hours: z.array(z.object({ from: time, count })).describe("Failures by hour, the last 24"),
    days: z.array(z.object({ day: z.string(), count })).describe("Failures by day of UTC, the last 90 that had any"),
    notes: z.array(z.object({ by: z.string(), note: z.string(), at: time })),
    deadLetters: z.object({ ids: z.array(z.string()), isComplete: z.boolean() }),
    links: Links,
  } satisfies Shape<ErrorGroupDetails>)
  .meta({ id: "ErrorGroupDetails", description: "An error group with all that is known of it" });

export const Redriven = z.object({
  id: z.string(),
  mode: z.enum(redriveModes),
  dryRun: z.boolean(),
  step: z.string().optional(),
  action: z.enum(["retry", "complete", "fail", "reset", "restart", "adopt", "deliver"]),
  again: z
    .array(z.object({ step: z.string(), key: z.string().optional(), ended: z.boolean() }))
    .optional()
    .describe("The steps that go again under their old keys"),
} satisfies Shape<Redrive>);

export const AlertAnswer = z
  .object({
    id: z.string(),
    rule: z.string().describe("The id of the rule that raised it"),
    subject: z.string().describe("What it is about: the same subject is one alert"),
    severity: z.enum(["info", "warning", "error", "critical"] satisfies AlertSeverity[]),
    title: z.string(),
    text: z.string(),
    links: z.record(z.string(), z.string()),
    channels: z.array(z.string()).readonly(),
    tenant: z.string().optional(),
    status: z.enum(alertStatuses),
    count: count.describe("How many occurrences it stands for"),
    firstAt: time,
    lastAt: time,
    acknowledged: z.object({ by: z.string(), reason: z.string(), at: time }).optional(),
    escalatedAt: time.optional(),
    resolved: z.object({ reason: z.string(), at: time }).optional(),
  } satisfies Shape<Alert>)
  .meta({ id: "Alert", description: "What a rule has found about one subject" });
export const AlertPage = pageOf(AlertAnswer).meta({ id: "AlertPage" });

export const BatchAnswer = z
  .object({
    id: z.string(),
    action: z.enum(batchActions),
    filter: z.record(z.string(), z.unknown()).describe("As it was given; of `ids`, the first 20"),
    by: z.string(),
    reason: z.string(),
    mode: z.enum(redriveModes).optional(),
    signal: z.object({ name: z.string() }).optional(),
    ratePerSecond: z.number(),
    dryRun: z.boolean(),
    tenant: z.string().optional(),
    startedAt: time,
    status: z.enum(batchStatuses),
    progress: z
      .object({ total: count, done: count, refused: count, failed: count, skipped: count } satisfies Shape<
        Batch["progress"]
      >)
      .describe("The rest of `total` is pending"),
    truncated: z.boolean().describe("Whether more was found than one batch takes: what came last is left out"),
    stopped: z.object({ by: z.string(), reason: z.string(), at: time }).optional(),
    closedAt: time.optional(),
  } satisfies Shape<Batch>)
  .meta({ id: "Batch", description: "One thing done to many dead letters, or runs" });
export const BatchPage = pageOf(BatchAnswer).meta({ id: "BatchPage" });

const BatchItem = z
  .object({
    id: z.string().describe("Of the dead letter; of a run, its workflow id"),
    workflowId: z.string(),
    outcome: z.enum(batchOutcomes),
    what: z.string().optional().describe("What was done, or would be"),
    message: z.string().optional().describe("Why it was not"),
    at: time.optional(),
  } satisfies Shape<BatchItemPage["items"][number]>)
  .meta({ id: "BatchItem" });
export const BatchItems = pageOf(BatchItem).meta({ id: "BatchItemPage" });

const AlertRuleAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    condition: AlertConditionBody,
    severity: z.enum(alertSeverities),
    channels: z.array(z.string()),
    coolDownMs: count.optional(),
    escalation: z.object({ afterMs: count, channels: z.array(z.string()) }).optional(),
    isEnabled: z.boolean(),
    origin: z.enum(["shipped", "code", "api"]).describe("`api`: somebody has put it, and no deploy changes it"),
    original: z.enum(["shipped", "code"]).optional().describe("What is back when this is deleted"),
    changed: z.object({ by: z.string(), reason: z.string(), at: time }).optional().describe("Who changed it last"),
  } satisfies Shape<StoredAlertRule>)
  .meta({ id: "AlertRule", description: "What an alert is raised about, and who is told" });
export const AlertRule = AlertRuleAnswer;
export const AlertRules = z.object({ items: z.array(AlertRuleAnswer) });
export const AlertRuleDeleted = z.object({
  id: z.string(),
  deleted: z.literal(true),
  back: AlertRuleAnswer.optional().describe("What holds again: the shipped rule, or that of the code"),
});
export const AlertRuleTrial = z
  .object({
    since: time,
    until: time,
    alerts: z.array(
      z.object({
        subject: z.string(),
        title: z.string(),
        text: z.string(),
        tenant: z.string().optional(),
        at: time,
      } satisfies Shape<TriedAlert>),
    ),
    truncated: z.boolean().describe("Whether there was more to read than a trial reads"),
    leavesOut: z.string().optional().describe("What nobody can know of the past"),
  } satisfies Shape<Trial>)
  .meta({ id: "AlertRuleTrial", description: "What a rule would have raised over the last day" });

const AuditEntry = z
  .object({
    id: z.string(),
    at: time.describe("When the server recorded it, before it was done"),
    actor: z.object({ name: z.string(), role: z.string() }).optional().describe("Absent for somebody who is not known"),
    tenant: z.string().optional(),
    action: z.string().describe("The `operationId` of what was called"),
    target: z.record(z.string(), z.string()).describe("What it was done to"),
    reason: z.string().optional(),
    requestId: z.string(),
    outcome: z
      .enum(["done", "refused", "failed", "unknown"])
      .describe("`unknown` is under way, or its end was lost: it may have been done"),
    status: z.int().optional(),
    code: z.string().optional(),
  } satisfies Shape<EntryOfAudit>)
  .meta({ id: "AuditEntry", description: "What somebody did, or was refused" });
export const AuditPage = pageOf(AuditEntry).meta({ id: "AuditPage" });

const jsonSchema = z.record(z.string(), z.unknown()).describe("A JSON Schema");
const call = z.object({ input: jsonSchema, output: jsonSchema });
const duration = z.union([z.string(), z.number()]).optional();

export const WorkflowType = z
  .object({
    name: z.string(),
    description: z.string(),
    idempotency: z.enum(["once-per-id", "retry-if-failed", "allow-duplicate"]),
    sla: duration,
    deadline: duration,
    lane: LaneOfType.optional(),
    concurrency: z
      .object({
        ...{ limit: count, onLimit: z.enum(["wait", "reject", "cancel-oldest"]) },
        isByKey: z.boolean().describe("Whether the limit is one of each key, and not of the type"),
      } satisfies Shape<NonNullable<CatalogueEntry["concurrency"]>>)
      .optional()
      .describe("How many runs may be at work at once"),
    input: jsonSchema,
    output: jsonSchema,
    signals: z.record(z.string(), jsonSchema),
    queries: z.record(z.string(), call),
    updates: z.record(z.string(), call),
    machine: MachineOfType.optional(),
    errors: z.record(z.string(), jsonSchema),
  } satisfies Shape<CatalogueEntry>)
  .meta({ id: "WorkflowType" });
export const WorkflowTypes = z.object({ items: z.array(WorkflowType) });

const principal = z.looseObject({ name: z.string(), role: z.string() });
export const Session = z.object({ principal, csrfToken: z.string().nullable() });
export const SignedOut = z.object({ signedOut: z.literal(true) });

/** In Temporal's JSON: `metadata` and `data` are base64. */
export const Payloads = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), z.string()).optional(), data: z.string().optional() })),
});

export const Health = z.object({ status: z.literal("ok") });
const presence = { ok: z.boolean(), pollers: count, taskQueue: z.string() } satisfies Shape<WorkerPresence>;
export const Readiness = z
  .object({
    status: z.enum(["ok", "unavailable", "stopping"]),
    checks: z.object({
      temporal: z.object({ ok: z.boolean(), detail: z.string().optional() } satisfies Shape<Reachability>),
      workers: z.object({
        ...presence,
        queues: z.array(z.object({ queue: z.string(), ...presence })),
      } satisfies Shape<AppWorkers>),
      lacks: z
        .array(z.string())
        .optional()
        .describe("What the server has not of what Tenuto uses; it makes nothing unready"),
    }),
  })
  .meta({ id: "Readiness" });

export const Metrics = z.string().meta({ id: "Metrics" });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(problemCodes).describe("Stable; a program may decide by it"),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(Issue).optional(),
    workflowId: z.string().optional(),
    runId: z.string().optional(),
    decided: DecidedIncident.optional(),
    open: z.array(z.looseObject({ id: z.string(), step: z.string() })).optional(),
    waiting: z.array(z.object({ step: z.string(), key: z.string() })).optional(),
    modes: z.array(z.string()).optional(),
    ended: TaskEndAnswer.optional(),
    by: z.string().optional(),
    audience: z.object({ roles: z.array(z.string()), assignees: z.array(z.string()) }).optional(),
    state: z.array(z.string()).optional(),
    allowed: z.array(z.string()).optional(),
    moving: MachineMovingAnswer.optional(),
    limit: count.optional(),
    holders: count.optional(),
    deadLetterId: z.string().optional(),
  } satisfies Shape<ProblemBody>)
  .meta({ id: "Problem", description: "What went wrong, by RFC 9457" });

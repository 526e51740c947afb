// From a run that ended badly, or is stuck, to the report of its dead letter; `undefined` where nobody has to be told.
import type { temporal as api } from "@temporalio/proto";
import { tsToMs } from "@temporalio/common/lib/time.js";
import { describeRaw, type RawDescription } from "./describe-raw.ts";
import { decode } from "./payloads.ts";
import { type RunError, runErrorOf, stepOfError } from "./run-failure.ts";
import { fetchEvents } from "./run-history.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { alertDeliveryWorkflow } from "../core/alert.ts";
import {
  type DeadLetterReport,
  type ErrorChain,
  type OpenEffect,
  type RunReport,
  systemTaskQueue,
} from "../core/dead-letter.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { isDeadLetter } from "../core/failure-verdict.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import { type DroppedSignals, droppedSignalsMemo } from "../core/intake.ts";
import { carriedLetterMemo } from "../core/redrive.ts";
import { isTenantName, tenantMemo } from "../core/tenant.ts";
import { cut, isRefusal, openEffectsOf, type RecordedActivity, type RecordedRun, recordedRun } from "./recorded-run.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;
type Failure = api.api.failure.v1.IFailure;
type Kind = DeadLetterReport["kind"];

/** A run that a list has named. */
export interface SuspectRun {
  readonly workflowId: string;
  readonly runId: string;
  /** What it is suspected of; what it is that ended is read from its history. */
  readonly suspicion: "ended" | "stuck" | "poison";
}

/** Where failures are read, and for how long the server keeps the histories of closed runs. */
export interface FailureSource {
  readonly temporal: Temporal;
  readonly retentionMs: number;
}

const keptEffects = 20;
const keptAttempts = 20;
const longestInput = 64 * 1024;

/**
 * The report of a failure; `undefined` when it is no dead letter: an outcome, told to a parent, reset already, or gone.
 *
 * @throws `DecryptionFailed`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
 */
export async function readFailure(source: FailureSource, suspect: SuspectRun): Promise<DeadLetterReport | undefined> {
  try {
    return await read(source, suspect);
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

async function read({ temporal, retentionMs }: FailureSource, suspect: SuspectRun) {
  const { workflowId, runId, suspicion } = suspect;
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId });
  // Somebody has reset it, or started it again: what becomes of that is another matter.
  if (!info || info.execution?.runId !== runId) return undefined;
  const isDelivery = info.type?.name === alertDeliveryWorkflow;
  if (info.taskQueue === systemTaskQueue && !isDelivery) return undefined;
  const run = recordedRun(await fetchEvents(temporal, { workflowId, runId }));
  const failed = failureIn(run, { status: runStatusOf(info.status), suspicion, info });
  if (!failed) return undefined;
  const openEffects = failed.openEffects ?? leftBehind(run, failed.kind);
  const verdict = isDeadLetter({
    kind: failed.kind,
    errorType: failed.error.type,
    isDeclared: failed.isDeclared,
    hasOpenEffects: openEffects.length > 0,
    // An alert waits for none of its deliveries.
    isParentConcerned: !isDelivery && (await isParentConcerned(temporal, run, info)),
  });
  return verdict ? reportOf(run, { failed, openEffects, info, retentionMs, idPrefix: temporal.idPrefix }) : undefined;
}

/**
 * The report of a run that somebody says has failed, whatever a dead letter is otherwise; `undefined` of one that ended
 * well or goes on.
 *
 * @throws `RunNotFound`, `DecryptionFailed`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
 */
export async function reportOfNamedRun(
  temporal: Temporal,
  { workflowExecutionInfo: info, pendingWorkflowTask: task }: RawDescription,
): Promise<DeadLetterReport | undefined> {
  if (!info) return undefined;
  const status = runStatusOf(info.status);
  const isStuck = status === "running" && (task?.attempt ?? 1) > 1;
  if (!isStuck && status !== "failed" && status !== "timedOut" && status !== "terminated") return undefined;
  const { workflowId, runId } = info.execution ?? {};
  const run = recordedRun(await fetchEvents(temporal, { workflowId: workflowId ?? "", runId: runId ?? "" }));
  const failed = failureIn(run, { status, suspicion: isStuck ? "stuck" : "ended", info });
  if (!failed) return undefined;
  const openEffects = failed.openEffects ?? leftBehind(run, failed.kind);
  const retentionMs = await retentionOf(temporal);
  return reportOf(run, { failed, openEffects, info, retentionMs, idPrefix: temporal.idPrefix });
}

/** For how long the server keeps the histories of closed runs, in milliseconds. */
export async function retentionOf(temporal: Temporal): Promise<number> {
  const { namespace } = temporal;
  const { config } = await temporal.call((service) => service.describeNamespace({ namespace }));
  return tsToMs(config?.workflowExecutionRetentionTtl ?? undefined);
}

/** A run that goes on may still undo what it did. */
function leftBehind(run: RecordedRun, kind: Kind): readonly OpenEffect[] {
  return kind === "stuck" || kind === "poison" ? [] : openEffectsOf(run, { isOver: kind === "failed" });
}

/** What a run reports of itself, with what its history has besides. */
export async function withFacts(temporal: Temporal, report: RunReport): Promise<DeadLetterReport> {
  const { workflowId, runId, type, error } = report;
  const run = recordedRun(await fetchEvents(temporal, { workflowId, runId }));
  const step = stepOf(run, error);
  const fingerprint = fingerprintOfFailure({ type, step: step?.type, error });
  return { ...factsOf(run, step), hadSaga: true, ...report, fingerprint };
}

interface Failed {
  readonly kind: Kind;
  readonly error: RunError;
  readonly isDeclared: boolean;
  /** Of a partial saga, as the failure lists them. */
  readonly openEffects?: readonly OpenEffect[];
  readonly droppedSignals?: number;
  readonly at: string;
}

interface Found {
  readonly status: RunStatus;
  readonly suspicion: SuspectRun["suspicion"];
  readonly info: Info;
}

function failureIn(run: RecordedRun, { status, suspicion, info }: Found): Failed | undefined {
  if (suspicion === "poison") return poison(info);
  if (suspicion === "stuck") return status === "running" ? stuck(run, info) : undefined;
  const at = timeOf(run.last.eventTime) ?? "";
  const terminated = run.last.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    // What is reset is ended by the server first.
    if (terminated.identity === "history-resetter") return undefined;
    const message = terminated.reason || `Terminated by ${terminated.identity ?? "somebody"}, who gave no reason`;
    return { kind: "terminated", error: { type: "Terminated", message }, isDeclared: false, at };
  }
  if (run.last.workflowExecutionTimedOutEventAttributes) {
    const message = "The run took longer than its timeout on the server allows; nothing was undone";
    return { kind: "timedOut", error: { type: "TimedOut", message }, isDeclared: false, at };
  }
  const failure = run.last.workflowExecutionFailedEventAttributes?.failure;
  return failure ? failed(failure, at) : undefined;
}

function failed(failure: Failure, at: string): Failed {
  const error = runErrorOf(failure);
  if (error.type !== "SagaPartial") return { kind: "failed", error, isDeclared: isRefusal(failure), at };
  const { undos } = (error.data ?? {}) as { readonly undos?: readonly (OpenEffect & OpenEffect["error"])[] };
  const openEffects = (undos ?? []).map(({ step, key, type, message }) => ({
    step,
    ...(key !== undefined && { key }),
    error: { type, message },
  }));
  return { kind: "partial", error: error.cause ?? error, isDeclared: false, openEffects, at };
}

function stuck({ failedTask, last }: RecordedRun, { searchAttributes }: Info): Failed | undefined {
  if (!failedTask) {
    // The first attempt died with its worker; the server writes down no later one, but reports why they fail.
    const problems = decode(searchAttributes?.indexedFields?.["TemporalReportedProblems"]);
    if (!problems) return undefined;
    const message = `Its workflow task fails again and again (${JSON.stringify(problems)}); the log of its worker has the error`;
    return {
      kind: "stuck",
      error: { type: "WorkflowTaskFailed", message },
      isDeclared: false,
      at: timeOf(last.eventTime) ?? "",
    };
  }
  const error = runErrorOf(failedTask.failure);
  // Of what failed a workflow task, the server is told the class in the stack only.
  const type = /\b([A-Z]\w*Error)\b/.exec(failedTask.failure.stackTrace ?? "")?.[1] ?? error.type;
  return { kind: "stuck", error: { ...error, type }, isDeclared: false, at: failedTask.at };
}

function poison({ memo }: Info): Failed | undefined {
  const { count = 0, last = [] } = (decode(memo?.fields?.[droppedSignalsMemo]) ?? {}) as Partial<DroppedSignals>;
  const dropped = last.at(-1);
  if (!dropped) return undefined;
  const { name, issues } = dropped;
  const wrong = issues.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ");
  const error = { type: "SignalDropped", message: `Signal "${name}" was not taken. ${wrong}` };
  return { kind: "poison", error, isDeclared: false, droppedSignals: count, at: new Date().toISOString() };
}

/** Whether a parent was there to be told; one whose own end terminated this run has a dead letter itself, if need be. */
async function isParentConcerned(temporal: Temporal, { parent, last }: RecordedRun, info: Info): Promise<boolean> {
  if (!parent) return false;
  const { reason } = last.workflowExecutionTerminatedEventAttributes ?? {};
  if (reason === "by parent close policy") return true;
  try {
    const { workflowExecutionInfo: told } = await describeRaw(temporal, parent);
    const parentClosedAt = timeOf(told?.closeTime);
    const closedAt = timeOf(info.closeTime);
    return parentClosedAt === undefined || closedAt === undefined || parentClosedAt >= closedAt;
  } catch (error) {
    if (error instanceof RunNotFound) return false;
    throw error;
  }
}

interface Facts {
  readonly failed: Failed;
  readonly openEffects: readonly OpenEffect[];
  readonly info: Info;
  readonly retentionMs: number;
  /** What a record has before the ids that this client knows. */
  readonly idPrefix: string;
}

function reportOf(run: RecordedRun, { failed, openEffects, info, retentionMs, idPrefix }: Facts): DeadLetterReport {
  const { kind, error, droppedSignals, at } = failed;
  const type = info.type?.name ?? "";
  const step = kind === "poison" ? undefined : stepOf(run, error);
  const brief = { type: error.type, message: cut(error.message) };
  const closedAt = timeOf(info.closeTime);
  const facts = factsOf(run, step, idPrefix);
  const tenant = decode(info.memo?.fields?.[tenantMemo]);
  const carriedId = decode(info.memo?.fields?.[carriedLetterMemo]);
  return {
    kind,
    workflowId: idPrefix + (info.execution?.workflowId ?? ""),
    runId: info.execution?.runId ?? "",
    originalRunId: run.originalRunId,
    type,
    ...(typeof tenant === "string" && isTenantName(tenant) && { tenant }),
    ...(typeof carriedId === "string" && { carriedId }),
    error: brief,
    failure: chainOf(error),
    openEffects: openEffects.slice(0, keptEffects),
    ...facts,
    hadSaga: facts.undone || kind === "partial" || (kind !== "failed" && openEffects.length > 0),
    fingerprint: fingerprintOfFailure({ type, step: step?.type, error: brief }),
    ...(droppedSignals !== undefined && { droppedSignals }),
    ...(closedAt !== undefined && {
      closedAt,
      resettableUntil: new Date(Date.parse(closedAt) + retentionMs).toISOString(),
    }),
    at,
  };
}

type RunFacts = Pick<DeadLetterReport, "undone" | "stepsDone"> & Partial<DeadLetterReport>;

function factsOf(run: RecordedRun, step: RecordedActivity | undefined, idPrefix = ""): RunFacts {
  const identity = step?.identity ?? run.identity;
  const attempts = run.activities.filter((each) => isSame(each, step)).flatMap((each) => each.attempts);
  return {
    ...(step && { step: step.type }),
    undone: run.activities.some(({ isUndo }) => isUndo),
    stepsDone: run.activities.filter(({ isUndo, state }) => !isUndo && state === "done").length,
    ...(identity && { workerIdentity: identity }),
    ...(run.buildId !== undefined && { buildId: run.buildId }),
    ...(attempts.length > 0 && { attempts: attempts.slice(-keptAttempts) }),
    ...(run.parent && { parentWorkflowId: idPrefix + run.parent.workflowId }),
    ...inputOf(run),
  };
}

/** The activity that the error names; of a run that was cut short, the one that was under way; else the last that failed. */
function stepOf({ activities }: RecordedRun, error: RunError): RecordedActivity | undefined {
  const named = stepOfError(error);
  const steps = activities.filter(({ isUndo }) => !isUndo);
  if (named !== undefined) return steps.findLast(({ type }) => type === named);
  const isUnderWay = ({ state }: RecordedActivity) => state === "scheduled" || state === "started";
  const failedAs = ({ state, attempts }: RecordedActivity) =>
    (state === "failed" || state === "refused") && attempts.at(-1)?.error?.message === error.message;
  return steps.findLast(isUnderWay) ?? steps.findLast(failedAs);
}

function isSame(activity: RecordedActivity, step: RecordedActivity | undefined): boolean {
  return step !== undefined && activity.type === step.type && activity.key === step.key && !activity.isUndo;
}

function chainOf({ type, message, cause }: RunError, depth = 0): ErrorChain {
  return { type, message: cut(message), ...(cause && depth < 10 && { cause: chainOf(cause, depth + 1) }) };
}

function inputOf({ input }: RecordedRun): Pick<DeadLetterReport, "input" | "inputTruncated"> {
  const value = decode(input);
  if (value === undefined) return {};
  const text = JSON.stringify(value);
  return text.length > longestInput ? { inputTruncated: true } : { input: text };
}

import proto from "@temporalio/proto";
import type { z } from "zod";
import type { App } from "../core/define-app.ts";
import type { Idempotency, WorkflowContract } from "../core/define-workflow.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { UnknownWorkflowType } from "../core/errors/unknown-workflow-type.ts";
import { type LaneOfRun, laneOf } from "../core/lane.ts";
import { type Lane, laneOfStart } from "../core/priority.ts";
import { taskQueueOf } from "../core/queue.ts";
import { describeRaw } from "./describe-raw.ts";
import { parseInput } from "./parse-input.ts";
import { encodeWithinLimit } from "./payloads.ts";
import type { WaitLimits } from "./run-handle.ts";
import { fingerprintOf, sha256, type StartFingerprint, workflowIdOf } from "./run-ids.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Reach } from "./run-target.ts";
import { memoOf, type RecordedFingerprint, recordedFingerprint, requestOf } from "./start-request.ts";
import type { Temporal } from "./temporal.ts";
import type { UpdateResult } from "./update-run.ts";

const { WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** What is sent to the run that is there, or else to the one that the start begins. */
export interface StartMessage<Name extends string = string, Input = unknown> {
  readonly name: Name;
  readonly input: Input;
}

/** One of a contract's signals. */
export type StartSignal<Contract extends WorkflowContract> = {
  [Name in keyof Contract["signals"] & string]: StartMessage<Name, z.input<Contract["signals"][Name]>>;
}[keyof Contract["signals"] & string];

/** One of a contract's updates, and how long to wait for its outcome; milliseconds, 0 if not given. */
export type StartUpdate<Contract extends WorkflowContract> = {
  [Name in keyof Contract["updates"] & string]: StartMessage<Name, z.input<Contract["updates"][Name]["input"]>> &
    StartUpdateOptions;
}[keyof Contract["updates"] & string];

interface StartUpdateOptions extends WaitLimits {
  /** As of a result. @default false */
  readonly isShown?: boolean | undefined;
  /** Who sends it; a state machine keeps that with its transitions. @default the client's `identity` */
  readonly by?: string | undefined;
}

/** How a run is started. */
export interface StartOptions<Contract extends WorkflowContract = WorkflowContract> {
  /** @default the contract's `workflowId`, else one made from the idempotency key, else a UUID */
  readonly workflowId?: string | undefined;
  /** 1 to 255 visible ASCII characters; a start with the key and input of an earlier one answers with its run. */
  readonly idempotencyKey?: string | undefined;
  /** Of the request that asks for it; a run that it begins has it in its memo, and tells it when described. @default none */
  readonly requestId?: string | undefined;
  /** How long the run waits before it begins; at most 3650 days. @default none */
  readonly delay?: Duration | undefined;
  /**
   * Which of its work goes first where work waits; of a run that is there already, nothing changes.
   *
   * @default its type's, field by field
   */
  readonly lane?: Lane | undefined;
  /**
   * Sent together with the start; a run that is there already gets it instead of a second one being begun. With an
   * idempotency key it is sent once.
   */
  readonly signal?: StartSignal<Contract> | undefined;
  /** As `signal`, but with an answer: `updateResult` of what is returned. It can't be joined with `signal` or `delay`. */
  readonly update?: StartUpdate<Contract> | undefined;
}

/** A run that a start led to. */
export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: RunStatus;
  /** Whether an earlier start with the same key and input began it. */
  readonly existing: boolean;
  /** Of a start with an update. */
  readonly updateResult?: UpdateResult;
}

/** A start that was checked: what is left is to send it. */
export interface Start {
  readonly workflowId: string;
  readonly fingerprint: StartFingerprint;
  readonly contract: WorkflowContract;
  readonly request: ReturnType<typeof requestOf>;
  readonly requestId: string | undefined;
  /** The lane in which its run needs a slot. */
  readonly concurrency: LaneOfRun | undefined;
  readonly deadline: number;
}

/** What the memo of a run says about its start. */
export interface FoundRun extends RecordedFingerprint {
  readonly runId: string;
  /** Of the chain of runs that continue each other. */
  readonly firstRunId: string;
  readonly type: string;
  readonly status: RunStatus;
}

export type ReusePolicy = (typeof WorkflowIdReusePolicy)[keyof typeof WorkflowIdReusePolicy];

export const reusePolicies: Readonly<Record<Idempotency, ReusePolicy>> = {
  "once-per-id": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
  "retry-if-failed": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
  "allow-duplicate": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
};

const maxDelayMs = parseDuration("3650d");

/** What to start, and how. */
export interface StartRequest {
  readonly type: string;
  readonly input: unknown;
  readonly options: StartOptions;
}

/** @throws what {@link TenutoClient.start} throws. */
export async function checkedStart({ temporal, app }: Reach, { type, input, options }: StartRequest): Promise<Start> {
  const contract = contractOf(app, type);
  const what = `The input of workflow "${type}"`;
  const parsed = await parseInput(contract.input, input, { what, redact: contract.redact });
  assertUsableKey(options.idempotencyKey);
  const workflowId = workflowIdOf(contract, parsed, { ...options, prefixLength: temporal.idPrefix.length });
  const fingerprint = fingerprintOf(type, parsed, options.idempotencyKey);
  const payload = encodeWithinLimit(parsed, what);
  const delayMs = delayOf(options.delay);
  const deadlineMs = contract.deadline && parseDuration(contract.deadline);
  const concurrency = laneOf(contract, parsed);
  const { requestId } = options;
  const lane = laneOfStart(options.lane, contract.lane, { input: parsed, tenant: temporal.tenant });
  const taskQueue = taskQueueOf(app.name, contract.queue);
  const terms = { deadlineMs, concurrency, lane };
  const parts = { type, workflowId, payload, taskQueue, delayMs, ...terms, fingerprint, requestId };
  const request = requestOf(parts);
  return { workflowId, fingerprint, contract, request, requestId, concurrency, deadline: temporal.deadline() };
}

/**
 * The app's contract of a type.
 *
 * @throws {@link UnknownWorkflowType}
 */
export function contractOf({ workflows }: App, type: string): WorkflowContract {
  const contract = workflows.find(({ name }) => name === type);
  if (contract) return contract;
  throw new UnknownWorkflowType(
    type,
    workflows.map(({ name }) => name),
  );
}

export async function findRun(temporal: Temporal, { workflowId, deadline }: Start): Promise<FoundRun | undefined> {
  try {
    const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId }, deadline);
    return {
      runId: info?.execution?.runId ?? "",
      firstRunId: info?.firstRunId || (info?.execution?.runId ?? ""),
      type: info?.type?.name ?? "",
      status: runStatusOf(info?.status),
      ...recordedFingerprint(info?.memo),
    };
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

/** A start together with a message: both make the request that a repeat must equal. */
export function joined(start: Start, message: object): Start {
  const { key, payload } = start.fingerprint;
  const fingerprint = { key, payload: sha256([payload, message]) };
  return { ...start, fingerprint, request: { ...start.request, memo: memoOf(fingerprint, start.requestId) } };
}

/** Whether the start that began a run is this one, by its key. @throws {@link IdempotencyKeyReused} */
export function isRepeat({ key, payload, runId }: FoundRun, { fingerprint, workflowId }: Start): boolean {
  if (fingerprint.key === undefined || key !== fingerprint.key) return false;
  if (payload === fingerprint.payload) return true;
  throw new IdempotencyKeyReused({ workflowId, runId });
}

function assertUsableKey(key: string | undefined): void {
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return;
  const message = "An idempotency key has 1 to 255 visible ASCII characters, no space";
  throw new InvalidInput("The idempotency key", [{ pointer: "/idempotencyKey", message }]);
}

function delayOf(delay: Duration | undefined): number {
  if (delay === undefined) return 0;
  const delayMs = attemptedDuration(delay);
  if (delayMs <= maxDelayMs) return delayMs;
  throw new InvalidInput("The delay", [{ pointer: "/delay", message: "A number and ms, s, m, h or d; 3650d at most" }]);
}

function attemptedDuration(delay: Duration): number {
  try {
    return parseDuration(delay);
  } catch {
    return Infinity;
  }
}

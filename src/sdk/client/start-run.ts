/**
 * Starts a run, once for each idempotency key. The server decides by workflow id, atomically; the memo then tells a
 * repeat from another start. A start with a key that finds no run under its id asks the server to refuse any, so that
 * of two at the same instant one is told of the other; one that finds a closed run of another key sends a request id
 * made from its key, which the server answers with the run that this request id began.
 */
import { randomUUID } from "node:crypto";
import proto from "@temporalio/proto";
import type { App } from "../core/define-app.ts";
import type { Idempotency, WorkflowContract } from "../core/define-workflow.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { UnknownWorkflowType } from "../core/errors/unknown-workflow-type.ts";
import { describeRaw } from "./describe-run.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { encodeWithinLimit } from "./payloads.ts";
import { fingerprintOf, sha256, type StartFingerprint, workflowIdOf } from "./run-ids.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import { type RecordedFingerprint, recordedFingerprint, requestOf } from "./start-request.ts";
import type { Temporal } from "./temporal.ts";

const { WorkflowIdReusePolicy, WorkflowIdConflictPolicy } = proto.temporal.api.enums.v1;

/** How a run is started. */
export interface StartOptions {
  /** @default the contract's `workflowId`, else one made from the idempotency key, else a UUID */
  readonly workflowId?: string | undefined;
  /** 1 to 255 visible ASCII characters; a start with the key and input of an earlier one answers with its run. */
  readonly idempotencyKey?: string | undefined;
  /** How long the run waits before it begins; at most 3650 days. @default none */
  readonly delay?: Duration | undefined;
}

/** A run that a start led to. */
export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: RunStatus;
  /** Whether an earlier start with the same key and input began it. */
  readonly existing: boolean;
}

/** A start that was checked: what is left is to send it. */
interface Start {
  readonly workflowId: string;
  readonly fingerprint: StartFingerprint;
  readonly contract: WorkflowContract;
  readonly request: ReturnType<typeof requestOf>;
  readonly deadline: number;
}

/** What the memo of a run says about its start. */
interface FoundRun extends RecordedFingerprint {
  readonly runId: string;
  readonly status: RunStatus;
}

type ReusePolicy = (typeof WorkflowIdReusePolicy)[keyof typeof WorkflowIdReusePolicy];

const reusePolicies: Readonly<Record<Idempotency, ReusePolicy>> = {
  "once-per-id": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
  "retry-if-failed": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
  "allow-duplicate": WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
};

const maxDelayMs = parseDuration("3650d");

/** @throws what {@link TenutoClient.start} throws. */
export async function startRun(
  { temporal, app }: { readonly temporal: Temporal; readonly app: App },
  { type, input, options }: { readonly type: string; readonly input: unknown; readonly options: StartOptions },
): Promise<StartedRun> {
  const contract = contractOf(app, type);
  const what = `The input of workflow "${type}"`;
  const parsed = await parseInput(contract.input, input, { what, redact: contract.redact });
  assertUsableKey(options.idempotencyKey);
  const workflowId = workflowIdOf(contract, parsed, { ...options, prefixLength: temporal.idPrefix.length });
  const fingerprint = fingerprintOf(type, parsed, options.idempotencyKey);
  const payload = encodeWithinLimit(parsed, what);
  const delayMs = delayOf(options.delay);
  const deadlineMs = contract.deadline && parseDuration(contract.deadline);
  const request = requestOf({ type, workflowId, payload, taskQueue: app.name, delayMs, deadlineMs, fingerprint });
  return send(temporal, { workflowId, fingerprint, contract, request, deadline: temporal.deadline() });
}

/**
 * The app's contract of a type.
 *
 * @throws {@link UnknownWorkflowType}
 */
function contractOf({ workflows }: App, type: string): WorkflowContract {
  const contract = workflows.find(({ name }) => name === type);
  if (contract) return contract;
  throw new UnknownWorkflowType(
    type,
    workflows.map(({ name }) => name),
  );
}

async function send(temporal: Temporal, start: Start): Promise<StartedRun> {
  const { workflowId, contract, fingerprint } = start;
  const type = contract.name;
  const contractPolicy = reusePolicies[contract.idempotency];
  let found = fingerprint.key === undefined ? undefined : await findRun(temporal, start);
  for (;;) {
    if (found && isRepeat(found, start))
      return { workflowId, type, runId: found.runId, status: found.status, existing: true };
    const isFirst = fingerprint.key !== undefined && !found;
    const policy = isFirst ? reusePolicies["once-per-id"] : contractPolicy;
    const requestId = found ? sha256([workflowId, fingerprint.key, fingerprint.payload, found.runId]) : randomUUID();
    const runId = await tryStart(temporal, { ...start, policy, requestId });
    if (runId !== undefined) return { workflowId, runId, type, status: "running", existing: false };
    found = await findRun(temporal, start);
    // Without one, the run that was in the way is gone since: start again.
    if (!found || isRepeat(found, start)) continue;
    if (policy === contractPolicy) throw new RunAlreadyStarted({ workflowId, runId: found.runId });
  }
}

/** The run's id, or `undefined` when the workflow id is taken. */
async function tryStart(
  temporal: Temporal,
  {
    request,
    policy,
    requestId,
    deadline,
    workflowId,
  }: Start & { readonly policy: ReusePolicy; readonly requestId: string },
): Promise<string | undefined> {
  const isTaken = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  try {
    const { runId } = await temporal.call(
      (service) =>
        service.startWorkflowExecution({
          ...request,
          namespace: temporal.namespace,
          identity: temporal.identity,
          requestId,
          workflowIdReusePolicy: policy,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
        }),
      { run: { workflowId }, deadline, keep: isTaken },
    );
    return runId;
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

async function findRun(temporal: Temporal, { workflowId, deadline }: Start): Promise<FoundRun | undefined> {
  try {
    const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId }, deadline);
    return {
      runId: info?.execution?.runId ?? "",
      status: runStatusOf(info?.status),
      ...recordedFingerprint(info?.memo),
    };
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

function isRepeat({ key, payload, runId }: FoundRun, { fingerprint, workflowId }: Start): boolean {
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

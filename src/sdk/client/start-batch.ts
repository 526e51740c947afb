import { randomUUID } from "node:crypto";
import proto from "@temporalio/proto";
import {
  type BatchAction,
  type BatchFilter,
  batchMemo,
  type BatchOrder,
  type BatchSignal,
  batchWorkflow,
} from "../core/batch.ts";
import { emptyBatch, recordOf } from "../core/batch-state.ts";
import { type RedriveMode, systemTaskQueue } from "../core/dead-letter.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { UnknownSignal } from "../core/errors/unknown-signal.ts";
import { type Batch, batchIn, batchWorkflowId } from "./batch.ts";
import { contractOf } from "./checked-start.ts";
import { describeRaw } from "./describe-raw.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { encode, encodeWithinLimit } from "./payloads.ts";
import { sha256 } from "./run-ids.ts";
import { ownMember, type Reach } from "./run-target.ts";
import { memoOf, recordedFingerprint } from "./start-request.ts";

const { WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** One thing to do to many dead letters, or runs. */
export interface BatchRequest {
  readonly action: BatchAction;
  /** To what; without a condition nothing is asked for: everything is `{ all: true }`. */
  readonly filter: BatchFilter;
  readonly reason: string;
  /** @default the client's `identity` */
  readonly by?: string | undefined;
  /** Of a redrive. @default of each dead letter, the first that is sound */
  readonly mode?: RedriveMode | undefined;
  /** Of a signal, which the contract of `filter.type` has. */
  readonly signal?: { readonly name: string; readonly input?: unknown } | undefined;
  /** Items, from 0.1 to 100. @default 10 */
  readonly ratePerSecond?: number | undefined;
  /** Only says of each item what would be done. @default false */
  readonly dryRun?: boolean | undefined;
  /** 1 to 255 visible ASCII characters: with the key and request of an earlier one, that batch is the answer. */
  readonly idempotencyKey?: string | undefined;
}

const defaultRate = 10;

/** @throws what {@link TenutoClient.startBatch} throws. */
export async function startBatch(reach: Reach, request: BatchRequest): Promise<Batch> {
  const { temporal } = reach;
  const { idempotencyKey, by = temporal.identity, signal, mode, ...rest } = request;
  assertFits(request);
  const { tenant, namespace, identity } = temporal;
  const id =
    idempotencyKey === undefined
      ? randomUUID().replaceAll("-", "")
      : sha256(["batch", tenant ?? null, idempotencyKey]).slice(0, 32);
  const parsed = signal && (await parsedSignal(reach, request.filter.type ?? "", signal));
  const order: BatchOrder = {
    id,
    action: rest.action,
    filter: rest.filter,
    by,
    reason: rest.reason,
    ...(mode !== undefined && { mode }),
    ...(parsed && { signal: parsed }),
    ratePerSecond: rest.ratePerSecond ?? defaultRate,
    dryRun: rest.dryRun ?? false,
    ...(tenant !== undefined && { tenant }),
    startedAt: new Date().toISOString(),
  };
  const { startedAt: _, ...asked } = order;
  const fingerprint = {
    key: idempotencyKey === undefined ? undefined : sha256(idempotencyKey),
    payload: sha256(asked),
  };
  const record = recordOf(order, emptyBatch);
  const workflowId = batchWorkflowId(id);
  const start = {
    namespace,
    identity,
    requestId: randomUUID(),
    workflowId,
    workflowType: { name: batchWorkflow },
    taskQueue: { name: systemTaskQueue },
    input: { payloads: [encodeWithinLimit(order, "The batch")] },
    // So that it can be read before a worker has taken it up.
    memo: { fields: { ...memoOf(fingerprint, undefined).fields, [batchMemo]: encode(record) } },
    workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
  };
  const isThere = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  try {
    await temporal.call((service) => service.startWorkflowExecution(start), { keep: isThere });
    return record;
  } catch (error) {
    if (!isThere(error)) throw error;
  }
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId });
  const batch = batchIn(info);
  if (batch && recordedFingerprint(info?.memo).payload === fingerprint.payload) return batch;
  throw new IdempotencyKeyReused({ workflowId, runId: info?.execution?.runId ?? "" }, { what: "The batch operation" });
}

async function parsedSignal(
  { app }: Reach,
  type: string,
  { name, input }: { readonly name: string; readonly input?: unknown },
): Promise<BatchSignal> {
  const { signals, redact } = contractOf(app, type);
  const schema = ownMember(signals, name);
  if (!schema) throw new UnknownSignal(name, { type, known: Object.keys(signals) });
  const what = `The input of signal "${name}" of workflow "${type}"`;
  return { type, name, input: await parseInput(schema, input, { what, redact, side: "/signal/input" }) };
}

/** They travel with the batch. */
const mostIds = 1_000;

const ofLetters = ["step", "fingerprint", "kind", "error"] as const;

/** What does not go together would silently mean less, or more, than somebody thinks. */
function assertFits({ action, filter, mode, signal, ratePerSecond }: BatchRequest): void {
  const refuse = (pointer: string, message: string) => {
    throw new InvalidInput("The batch operation", [{ pointer, message }]);
  };
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (given.length === 0) refuse("/filter", "Say to which: give ids or conditions, or all: true for everything");
  if (filter.ids && filter.ids.length > mostIds) refuse("/filter/ids", `At most ${mostIds} ids`);
  // A signal's contract is that of a type, also where ids say which runs.
  const besides = given.filter(([name]) => name !== "ids" && !(signal && name === "type"));
  if (filter.ids && besides.length > 0) refuse("/filter", "Give ids, or conditions, not both");
  const isOfLetters = action === "redrive" || action === "discard";
  const misplaced = isOfLetters ? ("mark" as const) : ofLetters.find((name) => filter[name] !== undefined);
  if (misplaced && filter[misplaced] !== undefined)
    refuse(`/filter/${misplaced}`, `Not a condition for ${isOfLetters ? "dead letters" : "runs"}`);
  if (mode !== undefined && action !== "redrive") refuse("/mode", "Only a redrive has a mode");
  if (action === "signal" && !signal) refuse("/signal", "Name the signal");
  if (action !== "signal" && signal) refuse("/signal", 'Only the action "signal" sends one');
  if (signal && filter.type === undefined)
    refuse("/filter/type", "Name the type of the runs: its contract says what the signal carries");
  if (ratePerSecond !== undefined && !(ratePerSecond >= 0.1 && ratePerSecond <= 100))
    refuse("/ratePerSecond", "From 0.1 to 100");
}

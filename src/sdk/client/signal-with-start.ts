/**
 * Sends a signal to the run of a workflow id, and begins the run when there is none. With an idempotency key the signal
 * is sent once: it carries the key's hash in its header, by which a repeat finds it in the history, also when the run was
 * begun by somebody else and has closed since; two at the same instant send one request id, which the server takes once.
 */
import { randomUUID } from "node:crypto";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { signalKeyHeaderName } from "../core/intake.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import { UnknownSignal } from "../core/errors/unknown-signal.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { encode, encodeWithinLimit } from "./payloads.ts";
import { fetchHistory } from "./run-history.ts";
import { sha256 } from "./run-ids.ts";
import { ownMember } from "./run-target.ts";
import {
  findRun,
  type FoundRun,
  isRepeat,
  joined,
  reusePolicies,
  type Start,
  type StartedRun,
  type StartMessage,
} from "./checked-start.ts";
import type { Temporal } from "./temporal.ts";

const payloadHeader = "tenuto-signal-payload";

/** @throws what {@link TenutoClient.start} throws. */
export async function signalWithStart(temporal: Temporal, plain: Start, signal: StartMessage): Promise<StartedRun> {
  const { workflowId, contract } = plain;
  const type = contract.name;
  const schema = ownMember(contract.signals, signal.name);
  if (!schema) throw new UnknownSignal(signal.name, { type, known: Object.keys(contract.signals) });
  const what = `The input of signal "${signal.name}" of workflow "${type}"`;
  const parsed = await parseInput(schema, signal.input, { what, redact: contract.redact, side: "/signal/input" });
  const payload = encodeWithinLimit(parsed, what);
  const start = joined(plain, { signal: signal.name, input: parsed });
  const { key, payload: hash } = start.fingerprint;
  const fields = { ...start.request.header.fields, [payloadHeader]: encode(hash) };
  const request = {
    ...start.request,
    namespace: temporal.namespace,
    identity: temporal.identity,
    signalName: signal.name,
    signalInput: { payloads: [payload] },
    header: { fields: { ...fields, ...(key !== undefined && { [signalKeyHeaderName]: encode(key) }) } },
  };
  const contractPolicy = reusePolicies[contract.idempotency];
  const requestId = key === undefined ? randomUUID() : sha256([workflowId, key, hash]);
  for (;;) {
    const found = await findRun(temporal, start);
    const isOpen = found?.status === "running";
    if (found && (isRepeat(found, start) || (await isSent(temporal, { workflowId, found, key, hash }))))
      return { workflowId, type, runId: found.runId, status: found.status, existing: true };
    // The signal is not one of its contract.
    if (isOpen && found.type !== type) throw new RunAlreadyStarted({ workflowId, runId: found.runId });
    // Of a run that closes just now, it must be known first whether the signal had reached it.
    const policy = found && !isOpen ? contractPolicy : reusePolicies["once-per-id"];
    const answer = await trySignal(temporal, start, { ...request, requestId, workflowIdReusePolicy: policy });
    if (answer) return { workflowId, type, runId: answer.runId ?? "", status: "running", existing: !answer.started };
    if (found && !isOpen) throw new RunAlreadyStarted({ workflowId, runId: found.runId });
  }
}

type Request = Parameters<Temporal["connection"]["workflowService"]["signalWithStartWorkflowExecution"]>[0];

/** The server's answer, or `undefined` when a run that is closed has the workflow id. */
async function trySignal(temporal: Temporal, { workflowId, deadline }: Start, request: Request) {
  const isTaken = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  try {
    return await temporal.call((service) => service.signalWithStartWorkflowExecution(request), {
      run: { workflowId },
      deadline,
      keep: isTaken,
    });
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

interface SentSignal {
  readonly workflowId: string;
  readonly found: FoundRun;
  readonly key: string | undefined;
  readonly hash: string;
}

/** @throws {@link IdempotencyKeyReused} when the key came with something else. */
async function isSent(temporal: Temporal, { workflowId, found, key, hash }: SentSignal): Promise<boolean> {
  if (key === undefined) return false;
  const { runId } = found;
  for (const event of await fetchHistory(temporal, { workflowId, runId })) {
    const signaled = event["workflowExecutionSignaledEventAttributes"] as
      { readonly header?: { readonly fields?: Readonly<Record<string, unknown>> } } | undefined;
    if (signaled?.header?.fields?.[signalKeyHeaderName] !== key) continue;
    if (signaled.header.fields[payloadHeader] === hash) return true;
    throw new IdempotencyKeyReused({ workflowId, runId }, { what: "The start with a signal" });
  }
  return false;
}

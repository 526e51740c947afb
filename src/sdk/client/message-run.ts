import { randomUUID } from "node:crypto";
import { RunClosed } from "../core/errors/run-closed.ts";
import { UnknownSignal } from "../core/errors/unknown-signal.ts";
import { describeRaw, executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { encode, encodeWithinLimit, signalHeader } from "./payloads.ts";
import { sha256 } from "./run-ids.ts";
import { runStatusOf } from "./run-status.ts";
import { findTarget, ownMember, type Reach } from "./run-target.ts";
import { hasTakenSignal } from "./taken-before.ts";
import type { Temporal } from "./temporal.ts";

export interface Signal {
  readonly run: RunReference;
  readonly name: string;
  readonly input: unknown;
  /** The same signal under the same key is taken once. @default it is another one */
  readonly idempotencyKey?: string | undefined;
}

/** @throws what {@link TenutoClient.signal} throws. */
export async function signalRun(reach: Reach, { run, name, input, idempotencyKey }: Signal): Promise<void> {
  const { temporal } = reach;
  const deadline = temporal.deadline();
  const { workflowId, runId, type, contract, isRunning } = await findTarget(reach, run, deadline);
  const schemas = contract?.signals ?? {};
  const schema = ownMember(schemas, name);
  if (!schema) throw new UnknownSignal(name, { type, known: Object.keys(schemas) });
  const what = `The input of signal "${name}" of workflow "${type}"`;
  const parsed = await parseInput(schema, input, { what, redact: contract?.redact });
  const payload = encodeWithinLimit(parsed, what);
  // Of one key, signals of other names and with other inputs are others.
  const key = idempotencyKey === undefined ? undefined : sha256([name, parsed ?? null, idempotencyKey]);
  if (!isRunning) {
    if (key !== undefined && (await hasTakenSignal(temporal, { workflowId, runId }, key))) return;
    throw new RunClosed(run);
  }
  const request = {
    ...requestOf(temporal, run, key),
    signalName: name,
    input: { payloads: [payload] },
    header: signalHeader(key),
  };
  await temporal.call((service) => service.signalWorkflowExecution(request), { run, deadline });
}

/** @throws what {@link TenutoClient.cancel} throws. */
export async function cancelRun(temporal: Temporal, run: RunReference, reason: string): Promise<void> {
  const deadline = temporal.deadline();
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run, deadline);
  // Temporal takes the cancellation of a closed run for done.
  if (runStatusOf(info?.status) !== "running") throw new RunClosed(run);
  const request = { ...requestOf(temporal, run), reason };
  await temporal.call((service) => service.requestCancelWorkflowExecution(request), { run, deadline });
}

/** @throws what {@link TenutoClient.terminate} throws. */
export async function terminateRun(
  temporal: Temporal,
  run: RunReference,
  { reason, by }: { readonly reason: string; readonly by?: string | undefined },
): Promise<void> {
  const { namespace, identity } = temporal;
  const details = { payloads: [encode({ by: by ?? identity })] };
  const request = { namespace, identity, workflowExecution: executionOf(run), reason, details };
  await temporal.call((service) => service.terminateWorkflowExecution(request), { run });
}

/** The request id makes the repeats of a call whose answer was lost one message. */
export function requestOf({ namespace, identity }: Temporal, run: RunReference, requestId = randomUUID() as string) {
  return { namespace, identity, requestId, workflowExecution: executionOf(run) };
}

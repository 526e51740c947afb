/**
 * Sends an update to a run, once for each update id. Until a worker accepts it, an update lives in the server's memory
 * only: one that was not accepted is never reported as taken, but as a run that does not answer, and can be sent again
 * under its id. A refused update leaves no trace, which is what tells it from one that was accepted and then failed.
 */
import { randomUUID } from "node:crypto";
import type { Payload } from "@temporalio/common";
import type { z } from "zod";
import type { temporal as api } from "@temporalio/proto";
import { type AnsweredBefore, answeredBeforeType } from "../core/intake.ts";
import { DecryptionFailed } from "../core/errors/decryption-failed.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { UnknownUpdate } from "../core/errors/unknown-update.ts";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { UpdateRejected } from "../core/errors/update-rejected.ts";
import { redacted, secretsIn } from "../core/redacted.ts";
import { eventsOfVersions } from "../core/state-machine/previous-version.ts";
import { executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { machineErrorOf, machineRefusalIn } from "./machine-refused.ts";
import { parseInput } from "./parse-input.ts";
import { decode, encodeWithinLimit, onceHeader, parsedHeader } from "./payloads.ts";
import { pollUpdate, type PollOptions, stages, type UpdateState as State } from "./poll-update.ts";
import { hiddenUnder } from "./recorded-values.ts";
import { errorOf, type RunError, runErrorOf, shownError } from "./run-failure.ts";
import { fetchHistory, type HistoryEvent } from "./run-history.ts";
import { isSendable, sha256 } from "./run-ids.ts";
import { type CallSchema, findTarget, ownMember, type Reach, type RunTarget, silenceOf } from "./run-target.ts";
import { sendToMachine } from "./send-machine-event.ts";
import { answeredBefore } from "./taken-before.ts";
import type { Temporal } from "./temporal.ts";
import { machineOfVersion } from "./told-machine.ts";

/** Where an update that a run accepted stands. */
export interface UpdateResult<Output = unknown> {
  readonly updateId: string;
  /** The run that has it. */
  readonly runId: string;
  readonly status: "running" | "completed" | "failed";
  /** Of an update that completed with a value. */
  readonly result?: Output;
  /** Of an update that failed. */
  readonly error?: RunError;
}

/** An update's result, and the failure that Temporal recorded for it. */
export interface UpdateOutcome {
  readonly result: UpdateResult;
  readonly failure?: api.api.failure.v1.IFailure | undefined;
}

export interface Update {
  readonly run: RunReference;
  readonly name: string;
  readonly input: unknown;
  readonly updateId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Who sends it: state machines keep that. */
  readonly by?: string | undefined;
}

/** @throws what {@link TenutoClient.update} throws. */
export async function updateRun(reach: Reach, update: Update): Promise<UpdateOutcome> {
  const { temporal } = reach;
  const { run, name, input, waitMs, signal } = update;
  const wait: Wait = { until: Date.now() + waitMs, signal };
  const acceptBy = temporal.deadline();
  const target = await findTarget(reach, run, acceptBy);
  const schema = schemaOf(target, name);
  const event = eventSchemaOf(target, name);
  const what = `The input of update "${name}" of workflow "${target.type}"`;
  const parsed = await parseInput(event ?? schema.input, input, { what, redact: target.contract?.redact });
  const payload = encodeWithinLimit(parsed, what);
  const sent: Sent = { target, updateId: updateIdOf(update), runId: target.runId };
  if (isOfKey(update)) await assertNotReused(temporal, sent, { name, payload });
  if (!target.isRunning) return earlierOutcome(temporal, sent, wait);
  if (event) return tellMachine(reach, { update, sent, payload, wait: { ...wait, acceptBy } });
  const request = {
    namespace: temporal.namespace,
    workflowExecution: executionOf(run),
    waitPolicy: { lifecycleStage: waitMs > 0 ? stages.completed : stages.accepted },
    request: {
      meta: { updateId: sent.updateId, identity: temporal.identity },
      input: { name, args: { payloads: [payload] }, header: isOnce(update) ? onceHeader : parsedHeader },
    },
  };
  const options = waitMs > 0 ? { run, deadline: wait.until, signal: ofThisCall(signal) } : { run, deadline: acceptBy };
  const answer = await unlessLate(temporal.call((service) => service.updateWorkflowExecution(request), options));
  const outcome = await settled(temporal, sent, { name, answer, wait: { ...wait, acceptBy } });
  const { runId } = outcome.result;
  if (isOfKey(update) && runId !== sent.runId) await assertNotReused(temporal, { ...sent, runId }, { name, payload });
  return outcome;
}

interface Telling {
  readonly update: Update;
  readonly sent: Sent;
  readonly payload: Payload;
  readonly wait: Wait;
}

async function tellMachine(reach: Reach, { update, sent, payload, wait }: Telling): Promise<UpdateOutcome> {
  const { temporal } = reach;
  const { run, name, by = temporal.identity } = update;
  const { target, updateId } = sent;
  const stage = stages.accepted;
  const taken = await sendToMachine(reach, { run, target, name, payload, updateId, by, stage });
  if ("answer" in taken) return settled(temporal, sent, { name, answer: taken.answer, wait });
  return { result: { updateId, runId: target.runId, status: "completed", result: taken.before } };
}

/** Of an event of the run's state machine, by the version that it is in. */
function eventSchemaOf({ contract, machine }: RunTarget, name: string): z.ZodType | undefined {
  const newest = contract?.machine;
  if (!newest) return undefined;
  const own = machine && machineOfVersion(newest, machine);
  return ownMember((own ?? newest).events, name) ?? ownMember(eventsOfVersions(newest), name);
}

interface Answered {
  readonly name: string;
  readonly answer: api.api.workflowservice.v1.IUpdateWorkflowExecutionResponse | null | undefined;
  readonly wait: Wait;
}

/** What becomes of an update that was sent, of which the server said something, or nothing yet. */
export async function settled(
  temporal: Temporal,
  sent: Sent,
  { name, answer, wait }: Answered,
): Promise<UpdateOutcome> {
  const { target } = sent;
  const runId = answer?.updateRef?.workflowExecution?.runId || target.runId;
  if (answer?.outcome?.failure)
    return failedOrRejected(temporal, { ...sent, runId }, { name, outcome: answer.outcome });
  if (answer?.outcome) return outcomeOf({ ...sent, runId }, answer.outcome);
  const silence = () => silenceOf(temporal, { what: `update "${name}"`, target });
  const state = await stateUntil(temporal, { ...sent, runId }, wait).catch(async (error: unknown) => {
    throw error instanceof UpdateNotFound ? await silence() : error;
  });
  if (!state.outcome && (state.stage ?? 0) < stages.accepted) throw await silence();
  return outcomeOf({ ...sent, runId }, state.outcome);
}

export interface UpdateReference {
  readonly run: RunReference;
  readonly name: string;
  readonly updateId: string;
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws what {@link TenutoClient.updateResult} throws. */
export async function waitForUpdate(reach: Reach, reference: UpdateReference): Promise<UpdateOutcome> {
  const { run, name, updateId, waitMs, signal } = reference;
  const wait: Wait = { until: Date.now() + waitMs, signal };
  const target = await findTarget(reach, run, reach.temporal.deadline());
  schemaOf(target, name);
  if (!isUsableId(updateId)) throw new UpdateNotFound({ workflowId: run.workflowId, updateId });
  const sent: Sent = { target, updateId, runId: target.runId };
  const { outcome } = await stateUntil(reach.temporal, sent, wait);
  return outcomeOf(sent, outcome);
}

/** An update's result as it is shown: without what contracts redact. */
export function shownUpdate(shown: UpdateResult, { redact, input }: { redact: readonly string[]; input?: unknown }) {
  const { error } = shown;
  return {
    ...shown,
    ...("result" in shown && { result: redacted(shown.result, redact) }),
    ...(error && { error: shownError(error, { redact, secrets: secretsIn(input, redact) }) }),
  };
}

export interface Sent {
  readonly target: RunTarget;
  readonly updateId: string;
  readonly runId: string;
}

interface Wait {
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
  /** Until when to wait at least for a worker to accept the update. */
  readonly acceptBy?: number;
}

type Outcome = api.api.update.v1.IOutcome;

/** Where an update stands when it is over, or else at the end of the wait. */
async function stateUntil(temporal: Temporal, sent: Sent, { until, signal, acceptBy = 0 }: Wait): Promise<State> {
  for (;;) {
    const isOver = Date.now() >= until || signal?.aborted === true;
    if (isOver) break;
    const state = await unlessLate(
      poll(temporal, sent, { stage: stages.completed, deadline: until, signal: ofThisCall(signal) }),
    );
    if (state?.outcome) return state;
  }
  const state = await poll(temporal, sent, { stage: stages.now, deadline: temporal.deadline() });
  const isWaiting = !state.outcome && (state.stage ?? 0) < stages.accepted && Date.now() < acceptBy;
  if (!isWaiting) return state;
  return (await unlessLate(poll(temporal, sent, { stage: stages.accepted, deadline: acceptBy }))) ?? state;
}

function poll(temporal: Temporal, { target, runId, updateId }: Sent, options: PollOptions): Promise<State> {
  return pollUpdate(temporal, { workflowId: target.workflowId, runId, updateId }, options);
}

/** The connection leaves its listener on the signal of a call. */
export function ofThisCall(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal && AbortSignal.any([signal]);
}

function isOnce({ updateId, idempotencyKey }: Update): boolean {
  return updateId !== undefined || idempotencyKey !== undefined;
}

function isOfKey({ updateId, idempotencyKey }: Update): boolean {
  return updateId === undefined && idempotencyKey !== undefined;
}

/**
 * The server answers a repeat by its update id, whatever its input; what the first one sent is in the history. Of two
 * at the same instant with different inputs, one answers for both.
 */
async function assertNotReused(
  temporal: Temporal,
  sent: Sent,
  { name, payload }: { readonly name: string; readonly payload: Payload },
): Promise<void> {
  const { updateId, runId, target } = sent;
  const { workflowId } = target;
  try {
    await poll(temporal, sent, { stage: stages.now, deadline: temporal.deadline() });
  } catch (error) {
    if (error instanceof UpdateNotFound) return;
    throw error;
  }
  const events = await fetchHistory(temporal, { workflowId, runId });
  const first = events.map(acceptedRequestOf).find((request) => request?.meta?.updateId === updateId);
  const hidden = hiddenUnder(first?.input?.args?.payloads?.[0]);
  if (hidden !== undefined) throw new DecryptionFailed(hidden);
  if (!first || sha256(first.input?.args?.payloads?.[0] ?? null) === sha256(decode(payload) ?? null)) return;
  throw new IdempotencyKeyReused({ workflowId, runId }, { what: `Update "${name}"` });
}

interface AcceptedRequest {
  readonly meta?: { readonly updateId?: string };
  readonly input?: { readonly args?: { readonly payloads?: readonly unknown[] } };
}

function acceptedRequestOf(event: HistoryEvent): AcceptedRequest | undefined {
  const attributes = event["workflowExecutionUpdateAcceptedEventAttributes"] as
    { readonly acceptedRequest?: AcceptedRequest } | undefined;
  return attributes?.acceptedRequest;
}

/** The server was there a moment ago: that it has not answered yet is no news about the update. */
export async function unlessLate<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TemporalUnavailable) return undefined;
    throw error;
  }
}

async function earlierOutcome(temporal: Temporal, sent: Sent, wait: Wait): Promise<UpdateOutcome> {
  try {
    return outcomeOf(sent, (await stateUntil(temporal, sent, wait)).outcome);
  } catch (error) {
    if (!(error instanceof UpdateNotFound)) throw error;
    const { target, updateId } = sent;
    const before = await answeredBefore(temporal, target, updateId);
    if (before) return answerBefore(temporal, { ...sent, runId: before.runId });
    throw new RunClosed(target);
  }
}

async function failedOrRejected(
  temporal: Temporal,
  sent: Sent,
  { name, outcome }: { readonly name: string; readonly outcome: Outcome },
): Promise<UpdateOutcome> {
  try {
    await poll(temporal, sent, { stage: stages.now, deadline: temporal.deadline() });
    return outcomeOf(sent, outcome);
  } catch (error) {
    if (!(error instanceof UpdateNotFound)) throw error;
    const before = answeredBeforeIn(outcome.failure);
    if (before) return answerBefore(temporal, { ...sent, ...before });
    const refusal = machineRefusalIn(outcome.failure);
    const refused = refusal && machineErrorOf(refusal, sent.target.workflowId);
    if (refused) throw refused;
    const cause = errorOf(outcome.failure ?? {});
    throw new UpdateRejected(name, { workflowId: sent.target.workflowId, reason: cause.message }, { cause });
  }
}

function answeredBeforeIn(failure: Outcome["failure"]): AnsweredBefore | undefined {
  if (failure?.applicationFailureInfo?.type !== answeredBeforeType) return undefined;
  return runErrorOf(failure).data as AnsweredBefore | undefined;
}

/** What an earlier run of the chain has answered; when the server keeps it no more, only that it did. */
async function answerBefore(temporal: Temporal, sent: Sent): Promise<UpdateOutcome> {
  try {
    const { outcome } = await poll(temporal, sent, { stage: stages.now, deadline: temporal.deadline() });
    return outcomeOf(sent, outcome);
  } catch (error) {
    if (!(error instanceof UpdateNotFound)) throw error;
    return { result: { updateId: sent.updateId, runId: sent.runId, status: "completed" } };
  }
}

function outcomeOf({ updateId, runId }: Sent, outcome: Outcome | null | undefined): UpdateOutcome {
  if (!outcome) return { result: { updateId, runId, status: "running" } };
  const { failure, success } = outcome;
  if (failure) return { result: { updateId, runId, status: "failed", error: runErrorOf(failure) }, failure };
  const value = decode(success?.payloads?.[0]);
  return { result: { updateId, runId, status: "completed", ...(value !== undefined && { result: value }) } };
}

export function schemaOf({ contract, type }: Pick<RunTarget, "contract" | "type">, name: string): CallSchema {
  const updates = contract?.updates ?? {};
  const schema = ownMember(updates, name);
  if (!schema) throw new UnknownUpdate(name, { type, known: Object.keys(updates) });
  return schema;
}

/** The caller's, else one made from the idempotency key, else random. */
function updateIdOf({ updateId, idempotencyKey, name }: Update): string {
  if (updateId === undefined) return idempotencyKey === undefined ? randomUUID() : idOfKey(name, idempotencyKey);
  if (isUsableId(updateId)) return updateId;
  const message = 'An update id has 1 to 255 characters, none of them NUL, and isn\'t "." or ".."';
  throw new InvalidInput("The update id", [{ pointer: "/updateId", message }]);
}

export function idOfKey(name: string, key: string): string {
  return sha256([name, key]).slice(0, 32);
}

function isUsableId(id: string): boolean {
  return isSendable(id) && id.length <= 255 && id !== "." && id !== "..";
}

// Everything that comes into a run passes here: its start, signals, updates.
// What its sender parsed is taken as it is and adds nothing to the history; the rest is parsed by a local activity, whose
// marker is the verdict. So a replay asks no contract, and a deploy that tightens one breaks no run.
// Signals form one chain: each is parsed and delivered before the next, whoever sent them.
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  ContinueAsNew,
  type Next,
  type QueryInput,
  setDefaultUpdateHandler,
  type SignalInput,
  type UpdateInput,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
} from "@temporalio/workflow";
import type { FailedQuery } from "../core/intake.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import { deadlineIn, underDeadline } from "./deadline.ts";
import { drop, handOver, takeUp } from "./inbox.ts";
import { laneIn, slotGiven, untilLeft } from "./lane.ts";
import { updateHandlers } from "./messages.ts";
import { endTasks } from "./open-tasks.ts";
import { isOperatorCall, parsedCall } from "./operator-calls.ts";
import { isParsed, parse, refusal } from "./parse.ts";
import { arePayloadsCoded } from "./payloads-coded.ts";
import { isRepeated } from "./taken-signals.ts";
import { keepStartInput } from "./start-input.ts";
import { asSender, currentSender, sentBy } from "./update-sender.ts";
import { closeIncidents } from "./waiting.ts";

type Execute = Next<WorkflowInboundCallsInterceptor, "execute">;
type HandleSignal = Next<WorkflowInboundCallsInterceptor, "handleSignal">;
type HandleQuery = Next<WorkflowInboundCallsInterceptor, "handleQuery">;
type HandleUpdate = Next<WorkflowInboundCallsInterceptor, "handleUpdate">;
// Module state belongs to one run. Nothing is delivered before the workflow function had its chance to set handlers.
let begin: (refused?: ApplicationFailure) => void;
const begun = new Promise<ApplicationFailure | undefined>((resolve) => (begin = resolve));
let chain: Promise<unknown> = begun;
let queued = 0;
let isHolding = false;

/** Runs the workflow function on an input that fits its contract, and lets the run close when its signals are handled. */
export async function takeStart(given: WorkflowExecuteInput, next: Execute): Promise<unknown> {
  const input = takeUp(given);
  const deadlineMs = deadlineIn(input.headers);
  const lane = laneIn(input.headers);
  if (isParsed(input.headers)) {
    const slot = slotGiven(lane);
    if (slot) await untilGiven(slot);
    return untilLeft(closing(started(input, next, deadlineMs)));
  }
  holdUpdates();
  const outcome = await parse({ kind: "start", input: input.args[0] });
  if (outcome.status === "invalid") throw await neverBegun(refusal(outcome));
  const valid = outcome.status === "valid" ? outcome : undefined;
  const slot = slotGiven(lane ?? valid?.lane);
  if (slot) await untilGiven(slot);
  const args = valid ? [valid.value] : input.args;
  return untilLeft(closing(started({ ...input, args }, next, deadlineMs ?? valid?.deadlineMs)));
}

/** Waits for this run's slot; what comes meanwhile waits as well. A run that ends before never begins. */
async function untilGiven(slot: Promise<void>): Promise<void> {
  holdUpdates();
  try {
    await slot;
  } catch (error) {
    const failure = error instanceof ApplicationFailure ? error : undefined;
    await neverBegun(
      failure ?? ApplicationFailure.nonRetryable("The run ended while it waited for its slot", "RunClosed"),
    );
    throw error;
  }
}

/** An update without a handler is refused, and there are none before the workflow function runs. */
function holdUpdates(): void {
  isHolding = true;
  setDefaultUpdateHandler(heldUpdate);
}

/** Refuses what waits for the beginning of this run, which there won't be. */
async function neverBegun(failure: ApplicationFailure): Promise<ApplicationFailure> {
  begin(failure);
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return failure;
}

/** Parses a signal when it is its turn, and delivers or drops it. */
export async function takeSignal(input: SignalInput, next: HandleSignal): Promise<void> {
  queued += 1;
  const delivery = chain.then(async () => {
    const refused = await begun;
    // Asked here, since what the run before has taken is known from the start on.
    if (refused || isRepeated(input.headers)) return undefined;
    return await deliver(input, next);
  });
  chain = delivery
    .catch(() => undefined)
    .then(() => {
      queued -= 1;
    });
  // Wrapped, so that the chain goes on while a handler is at work.
  await (
    await delivery
  )?.handled;
}

/** Parses an update where its sender didn't. */
export async function takeUpdate(input: UpdateInput, next: HandleUpdate): Promise<unknown> {
  if (isParsed(input.headers)) return sentBy(input, next);
  if (isOperatorCall(input.name)) return next({ ...input, args: [await parsedCall(input.name, input.args[0])] });
  const outcome = await parse({ kind: "update", name: input.name, input: input.args[0] });
  if (outcome.status === "invalid") throw refusal(outcome);
  return sentBy(outcome.status === "valid" ? { ...input, args: [outcome.value] } : input, next);
}

/** Answers a query; what its handler threw goes as an answer to a Tenuto client that would not get its message otherwise. */
export async function takeQuery(input: QueryInput, next: HandleQuery): Promise<unknown> {
  try {
    return await next(input);
  } catch (error) {
    if (!arePayloadsCoded() || !isParsed(input.headers)) throw error;
    const failed: FailedQuery = { tenutoQueryFailed: error instanceof Error ? error.message : String(error) };
    return failed;
  }
}

/** Waits until every signal that has come is parsed and delivered. */
export async function signalsDelivered(): Promise<void> {
  if (queued > 0) await CancellationScope.nonCancellable(() => condition(() => queued === 0));
}

function started(input: WorkflowExecuteInput, next: Execute, deadlineMs: number | undefined): Promise<unknown> {
  keepStartInput(input.args[0]);
  const running = underDeadline(deadlineMs, () => next(input));
  begin();
  if (isHolding) setDefaultUpdateHandler(undefined);
  return running;
}

async function closing(running: Promise<unknown>): Promise<unknown> {
  try {
    const result = await running;
    if (queued > 0 || !allHandlersFinished()) {
      await CancellationScope.nonCancellable(() => condition(() => queued === 0 && allHandlersFinished()));
    }
    closeIncidents();
    const telling = endTasks();
    if (telling) await telling;
    return result;
  } catch (error) {
    // A run that fails does not wait for handlers: one may wait for what will never come now.
    if (!(error instanceof ContinueAsNew) && !isProgrammingError(error)) await signalsDelivered();
    if (isProgrammingError(error)) throw error;
    closeIncidents();
    const telling = endTasks();
    if (telling) await telling;
    throw error;
  }
}

async function deliver(
  input: SignalInput,
  next: HandleSignal,
): Promise<{ readonly handled: Promise<void> } | undefined> {
  const { signalName: name } = input;
  if (isParsed(input.headers)) return { handled: next(input) };
  const outcome = await parse({ kind: "signal", name, input: input.args[0] });
  if (outcome.status === "valid") return { handled: next({ ...input, args: [outcome.value] }) };
  if (outcome.status === "invalid") {
    drop({ name, issues: outcome.issues }, outcome);
    return undefined;
  }
  const handed = handOver(name, () => next(input));
  if (handed) return handed;
  drop({ name, issues: [{ pointer: "", message: "There is no such signal" }] }, outcome);
  return undefined;
}

async function heldUpdate(name: string, ...args: unknown[]): Promise<unknown> {
  const sender = currentSender();
  const refused = await begun;
  if (refused) throw refused;
  const handler = updateHandlers.get(name);
  if (handler) return asSender(sender, () => handler(args[0]));
  throw ApplicationFailure.nonRetryable(`No registered handler for update: ${name}`);
}

// The one way in which an event from outside becomes something in Temporal, whatever brought it.
// Why that is safe: the key of what is done comes from the event's own id, so an event that comes again does nothing; and who
// brings it acknowledges it only after this has answered. How it fails: what may pass by itself is thrown, and the event comes again.
import { createHash } from "node:crypto";
import type { EventSource } from "../core/define-event-source.ts";
import type { EventRule } from "../core/event-rule.ts";
import type { WindowKind } from "../core/event-window.ts";
import { EventNotAllowed } from "../core/errors/event-not-allowed.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { UpdateRejected } from "../core/errors/update-rejected.ts";
import { laneOfStart } from "../core/priority.ts";
import { issuesOf, type ValidationIssue } from "../core/errors/validation-issue.ts";
import type { TenutoClient } from "./create-client.ts";

/** An event as an adapter brings it. */
export interface IncomingEvent {
  /** The same when the event comes again. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** What became of an event: all of these are to be acknowledged. */
export type Delivery =
  /** Temporal has it. */
  | { readonly outcome: "accepted"; readonly workflowId: string; readonly runId?: string }
  /** It is in a window, by itself or since before; the run comes when that closes. `workflowId` is the window's. */
  | { readonly outcome: "accepted"; readonly workflowId: string; readonly window: WindowKind }
  /** Temporal had it already, or has a run for the same thing. */
  | { readonly outcome: "duplicate"; readonly workflowId: string }
  /** Its rule has a filter that it does not pass. */
  | { readonly outcome: "filtered" }
  /** Nothing is done with events of its type. */
  | { readonly outcome: "unmatched"; readonly known: readonly string[] }
  /** Its data is not what the source, or the workflow, takes. */
  | { readonly outcome: "invalid"; readonly issues: readonly ValidationIssue[] }
  /** The run that it is for does not take it: it is not there, over, or in a state that does not allow it. */
  | { readonly outcome: "refused"; readonly error: Error & { readonly code: string } };

/** How an event is delivered. */
export interface DeliverOptions {
  /**
   * Of an event that no run of its window took, and that is delivered once more on purpose: which time that is. Without it,
   * the window takes the event for a duplicate.
   *
   * @default it is the first time
   */
  readonly again?: string | undefined;
}

/**
 * Does what a source says with an event, once for each id of an event.
 *
 * @throws what may pass by itself: `TemporalUnavailable`, `NoWorkerPolling`, `RunNotAnswering`, `RateLimited`,
 *   `TransitionInProgress`, `WindowFull`, and bugs. The event is to be brought again.
 */
export async function deliver(
  client: TenutoClient,
  source: EventSource,
  event: IncomingEvent,
  { again }: DeliverOptions = {},
): Promise<Delivery> {
  const rule = Object.hasOwn(source.on, event.type) ? source.on[event.type] : undefined;
  if (!rule) return { outcome: "unmatched", known: Object.keys(source.on) };
  const parsed = await rule.event.safeParseAsync(event.data);
  if (!parsed.success) return { outcome: "invalid", issues: issuesOf(parsed.error, "/data") };
  const { data } = parsed;
  if (rule.filter?.(data) === false) return { outcome: "filtered" };
  const { action } = rule;
  try {
    if (action.does === "start" && action.window) {
      const { window } = action;
      const { workflowId } = await client.addToWindow({ ...event, data, source: source.name, window, again });
      return { outcome: "accepted", workflowId, window: window.terms.kind };
    }
    return await act(client, rule, { data, key: keyOf(source, event) });
  } catch (error) {
    return refusalOf(error);
  }
}

interface Keyed {
  readonly data: unknown;
  readonly key: string;
}

async function act(client: TenutoClient, { action }: EventRule, { data, key }: Keyed): Promise<Delivery> {
  const input = action.input(data);
  const idempotencyKey = key;
  if (action.does === "start") {
    const workflowId = action.workflowId?.(data);
    const lane = laneOfStart(undefined, action.lane, { input: data });
    const run = await client.start(action.workflow, input, { idempotencyKey, lane, ...(workflowId && { workflowId }) });
    if (run.existing) return { outcome: "duplicate", workflowId: run.workflowId };
    return { outcome: "accepted", workflowId: run.workflowId, runId: run.runId };
  }
  const workflowId = action.workflowId(data);
  if (action.does === "signal" && action.orStart) {
    const signal = { name: action.name, input };
    const options = { workflowId, idempotencyKey, signal } as Parameters<TenutoClient["start"]>[2];
    const run = await client.start(action.workflow, action.orStart(data), options);
    return { outcome: "accepted", workflowId, runId: run.runId };
  }
  if (action.does === "signal") {
    await client.signal(workflowId, action.name, input, { idempotencyKey });
    return { outcome: "accepted", workflowId };
  }
  const { runId } = await client.update(workflowId, action.name, input, { idempotencyKey });
  return { outcome: "accepted", workflowId, runId };
}

function refusalOf(error: unknown): Delivery {
  if (error instanceof RunAlreadyStarted) return { outcome: "duplicate", workflowId: error.workflowId };
  if (error instanceof InvalidInput) return { outcome: "invalid", issues: error.issues };
  const refusals = [RunNotFound, RunClosed, EventNotAllowed, UpdateRejected, PayloadTooLarge, IdempotencyKeyReused];
  const isRefusal = (each: unknown): each is InstanceType<(typeof refusals)[number]> =>
    refusals.some((Refusal) => each instanceof Refusal);
  if (!isRefusal(error)) throw error;
  return { outcome: "refused", error };
}

/** Of the source and the event's id: visible ASCII, whatever the id is made of. */
function keyOf({ name }: EventSource, { id }: IncomingEvent): string {
  return createHash("sha256")
    .update(JSON.stringify([name, id]))
    .digest("hex");
}

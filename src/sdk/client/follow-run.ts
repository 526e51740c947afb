/**
 * The events of a run as they come, each once, also over reconnections: an event is named by its run and its id there,
 * and a history only grows. The exception is the start of a workflow task, which the server tells before it is recorded
 * and may take back under the same id: it is held until the event after it shows whether it stayed.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { temporal as api } from "@temporalio/proto";
import { InvalidEventId } from "../core/errors/invalid-event-id.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { describeRaw } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import type { Reading } from "./recorded-values.ts";
import { decodedEvents, type HistoryEvent } from "./run-history.ts";
import { closeOf } from "./run-result.ts";
import type { RunStatus } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

/** One event of a run, or that it is over. */
export type RunEvent =
  | {
      readonly kind: "event";
      /** Where to go on after it: the id of the run and of the event. */
      readonly id: string;
      readonly runId: string;
      readonly event: HistoryEvent;
    }
  | { readonly kind: "end"; readonly id: string; readonly runId: string; readonly status: RunStatus };

export interface FollowOptions extends RunReference {
  /** The id of the last event that is known. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether the runs that continue this one as new belong to it. */
  readonly isFollowing: boolean;
  readonly redact: readonly string[];
}

/** @throws what {@link TenutoClient.events} throws. */
export async function followRun(temporal: Temporal, options: FollowOptions): Promise<AsyncGenerator<RunEvent>> {
  const { workflowId, after } = options;
  const known = after === undefined ? undefined : knownEvent(after, workflowId);
  const { workflowExecutionInfo: info } = await describeRaw(temporal, {
    workflowId,
    runId: known?.runId ?? options.runId,
  });
  if (known && known.eventId > Number(info?.historyLength)) throw new InvalidEventId({ workflowId });
  const runId = info?.execution?.runId ?? "";
  return known?.isEnd ? nothing() : eventsOfChain(temporal, { ...options, runId, knownId: known?.eventId ?? 0 });
}

interface KnownEvent {
  readonly runId: string;
  readonly eventId: number;
  readonly isEnd: boolean;
}

function knownEvent(id: string, workflowId: string): KnownEvent {
  const [, runId, eventId] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9}|end)$/.exec(id) ?? [];
  if (runId === undefined || eventId === undefined) throw new InvalidEventId({ workflowId });
  const isEnd = eventId === "end";
  return { runId, eventId: isEnd ? 0 : Number(eventId), isEnd };
}

async function* nothing(): AsyncGenerator<RunEvent> {}

type OneRun = FollowOptions & { readonly runId: string };

async function* eventsOfChain(
  temporal: Temporal,
  { knownId, ...options }: OneRun & { readonly knownId: number },
): AsyncGenerator<RunEvent> {
  let { runId } = options;
  for (let after = knownId; ; after = 0) {
    let last: HistoryEvent | undefined;
    for await (const event of eventsOfRun(temporal, { ...options, runId })) {
      last = event;
      if (Number(event.eventId) > after) yield { kind: "event", id: `${runId}:${event.eventId}`, runId, event };
    }
    const close = last && closeOf(last);
    if (!close) return;
    if (!options.isFollowing || !close.nextRunId) {
      yield { kind: "end", id: `${runId}:end`, runId, status: close.status };
      return;
    }
    runId = close.nextRunId;
  }
}

/** From the first event on: the secrets in them are taken out of later messages. */
async function* eventsOfRun(temporal: Temporal, options: OneRun): AsyncGenerator<HistoryEvent> {
  const reading: Reading = { redact: options.redact, secrets: new Set() };
  let held: readonly HistoryEvent[] = [];
  let token: Uint8Array | undefined;
  do {
    const page = await nextPage(temporal, options, token);
    if (!page) return;
    token = page.nextPageToken?.length ? page.nextPageToken : undefined;
    const events = decodedEvents(page.history?.events ?? [], reading);
    const [first] = events;
    if (!first && token) continue;
    const before = first ? held.filter(({ eventId }) => Number(eventId) < Number(first.eventId)) : held;
    const all = [...before, ...events];
    const settled = token ? all.findLastIndex(({ eventType }) => !taskStarts.has(eventType)) + 1 : all.length;
    held = all.slice(settled);
    yield* all.slice(0, settled);
  } while (token);
}

const taskStarts: ReadonlySet<string> = new Set([
  "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED",
  "EVENT_TYPE_WORKFLOW_TASK_STARTED",
]);

/** Longer than the server lets a poll hang. */
const pollMs = 60_000;

const outagePauseMs = 1_000;

type Page = api.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse;

/** The next events, or `undefined` when nobody wants them any more; an outage is waited out, as nothing is lost by it. */
async function nextPage(
  temporal: Temporal,
  { workflowId, runId, signal }: OneRun,
  token: Uint8Array | undefined,
): Promise<Page | undefined> {
  const run = { workflowId, runId };
  const request = {
    namespace: temporal.namespace,
    execution: run,
    waitNewEvent: true,
    ...(token && { nextPageToken: token }),
  };
  while (!signal?.aborted) {
    try {
      return await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
        run,
        deadline: temporal.deadline(pollMs),
        // Of this call only: the connection leaves its listener on the signal.
        signal: signal && AbortSignal.any([signal]),
      });
    } catch (error) {
      if (!(error instanceof TemporalUnavailable || error instanceof RateLimited)) throw error;
      await sleep(outagePauseMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

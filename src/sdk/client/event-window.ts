// How an event gets into its window. Why that is safe: the window takes an id once, so sending it again adds nothing; once this
// has answered, the server has it. How it fails: what is thrown has not arrived, or arrives once with the next delivery.
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { WindowFull } from "../core/errors/window-full.ts";
import type { EventWindow } from "../core/event-window.ts";
import {
  eventWindowWorkflow,
  sourceMark,
  type WindowedEvent,
  windowIdOf,
  windowMark,
  windowMemo,
  type WindowRecord,
  windowSignal,
  type WindowSubject,
} from "../core/window-record.ts";
import { recordOf, withEvent } from "../core/window-state.ts";
import { describeIfThere, type RawDescription } from "./describe-raw.ts";
import { decode, encode } from "./payloads.ts";
import type { Reach } from "./run-target.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import { isSendable } from "./run-ids.ts";

/** An event, and the window that its rule has. */
export interface EventForWindow {
  /** The name of the source. */
  readonly source: string;
  readonly type: string;
  /** The same when the event comes again. */
  readonly id: string;
  /** Parsed by the rule's schema. */
  readonly data: unknown;
  // What its key takes was checked where the rule was written.
  readonly window: EventWindow<unknown>;
  /** Of an event that no run took, delivered once more on purpose: which time that is. @default it is the first */
  readonly again?: string | undefined;
}

/** So that lists and state are far below the 2 MB that Temporal takes. */
const mostBytesOfEvent = 256_000;
const mostBytesOfNames = 4_000;
const mostBytesWaiting = 1_000_000;
const mostEventsWaiting = 5_000;

/** Signals that nobody takes yet are in the history, and the server ends a workflow with one of 50 MB. */
const mostBytesOfHistory = 15_000_000;
const mostEventsOfHistory = 9_000;

/** @throws what {@link TenutoClient.addToWindow} throws. */
export async function addToWindow(reach: Reach, event: EventForWindow): Promise<{ readonly workflowId: string }> {
  const { temporal } = reach;
  const subject = subjectOf(reach, event);
  const workflowId = windowIdOf(subject);
  const signal = signalOf(event);
  const now = new Date();
  const found = await describeIfThere(temporal, { workflowId });
  assertRoom(workflowId, found);
  const record = recordOf(subject, withEvent(undefined, signal, { nowMs: now.getTime() }));
  await signalSystemWorkflow(temporal, {
    workflowId,
    type: eventWindowWorkflow,
    signal: windowSignal,
    value: signal,
    input: subject,
    memo: { [windowMemo]: record },
    marks: [windowMark, sourceMark(subject.source)],
  });
  return { workflowId };
}

function subjectOf({ temporal, app }: Reach, { source, type, window, data }: EventForWindow): WindowSubject {
  if (!app.sources?.some(({ name }) => name === source)) {
    const what = `Event source "${source}" of app "${app.name}"`;
    const remedy = "List it in `sources` of defineApp: the app's worker makes the runs of its windows.";
    throw new InvalidDefinition({ what, got: app.sources?.map(({ name }) => name), remedy });
  }
  const { tenant } = temporal;
  const key = window.key?.(data);
  if (key !== undefined && (typeof key !== "string" || !isSendable(key))) {
    const what = `The key of a window of "${type}" of event source "${source}"`;
    throw new InvalidDefinition({ what, got: key, remedy: "Give a text of one character at least." });
  }
  return { app: app.name, source, type, ...(key !== undefined && { key }), ...(tenant !== undefined && { tenant }) };
}

function signalOf({ id, data, window: { terms }, again, ...event }: EventForWindow): WindowedEvent {
  const bytes = encode({ id, data }).data?.length ?? 0;
  const what = `An event "${event.type}" of source "${event.source}"`;
  if (bytes > mostBytesOfEvent) throw new PayloadTooLarge(what, { bytes, maxBytes: mostBytesOfEvent });
  const ofNames = Buffer.byteLength(JSON.stringify([id, event.type]));
  // A dead letter must be able to keep it.
  if (ofNames > mostBytesOfNames) throw new PayloadTooLarge(what, { bytes: ofNames, maxBytes: mostBytesOfNames });
  return { id, data, bytes, at: new Date().toISOString(), terms, ...(again !== undefined && { again }) };
}

function assertRoom(workflowId: string, found: RawDescription | undefined): void {
  const info = found?.workflowExecutionInfo;
  // One that is over begins anew.
  if (!info || info.closeTime) return;
  const { events, bytes } = windowRecordIn(info.memo)?.waiting ?? { events: 0, bytes: 0 };
  const isFull = events >= mostEventsWaiting || bytes >= mostBytesWaiting;
  const historyBytes = Number(info.historySizeBytes ?? 0);
  const isUnread = historyBytes >= mostBytesOfHistory || Number(info.historyLength ?? 0) >= mostEventsOfHistory;
  if (isFull || isUnread)
    throw new WindowFull({ workflowId, events, bytes: Math.max(bytes, isUnread ? historyBytes : 0) });
}

/** @throws what {@link TenutoClient.eventWindow} throws. */
export async function showEventWindow({ temporal }: Reach, workflowId: string): Promise<WindowRecord> {
  const found = await describeIfThere(temporal, { workflowId });
  const record = windowRecordIn(found?.workflowExecutionInfo?.memo);
  if (record) return record;
  throw new RunNotFound({ workflowId });
}

/** What a window keeps of itself in its memo. */
export function windowRecordIn(
  memo: NonNullable<RawDescription["workflowExecutionInfo"]>["memo"],
): WindowRecord | undefined {
  return decode(memo?.fields?.[windowMemo]) as WindowRecord | undefined;
}

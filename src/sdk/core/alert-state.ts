// What becomes of an alert by what it is told, and by time: pure, so that its workflow and who raises it agree. What is to
// be sent is put into the outbox in the same step that makes it due, so that no order of signals loses or doubles it.
import type { AlertEnd, AlertRecord, RaisedAlert } from "./alert.ts";
import type { AlertDelivery, AlertMessageKind } from "./alert-delivery.ts";
import { alertIdOf } from "./alert-id.ts";
import { hashJson } from "./idempotency-key.ts";
import type { OperatorNote } from "./incident.ts";

/** A message that is to be brought to a channel. */
export interface OutgoingMessage extends AlertDelivery {
  /** What the workflow id of its delivery has after the alert's. */
  readonly suffix: string;
}

/** All that an alert knows. An episode is from when it is raised until it is over. */
export interface AlertState {
  readonly record: AlertRecord;
  /** The occurrence that began the episode. */
  readonly opened: string;
  /** The channels that were told in the episode. */
  readonly told: readonly string[];
  /** When those of the episode were told; milliseconds since the epoch. */
  readonly toldAt?: number;
  /** Until when nobody is told; milliseconds since the epoch. */
  readonly quietUntil?: number;
  readonly outbox: readonly OutgoingMessage[];
}

const keptOccurrences = 20;

/** An alert after something was raised; the same one after a repeat. `now` is in milliseconds since the epoch. */
export function withRaised(state: AlertState | undefined, raised: RaisedAlert, now: number): AlertState {
  const { occurrence, at, ...said } = raised;
  const before = state?.record;
  if (state && before?.occurrences.includes(occurrence)) return state;
  const isOver = before?.status === "resolved";
  const isQuiet = isOver && now < (state?.quietUntil ?? 0);
  const occurrences = [...(before?.occurrences ?? []), occurrence].slice(-keptOccurrences);
  const id = alertIdOf(raised);
  if (!state || !before || (isOver && !isQuiet)) {
    const lastMessages = before?.lastMessages ?? {};
    const record: AlertRecord = {
      ...{ ...said, id, status: "open", count: 1, occurrences, lastMessages, firstAt: at, lastAt: at },
    };
    return told({ record, opened: occurrence, told: [], outbox: state?.outbox ?? [] }, now);
  }
  const { firstAt, lastMessages, status, acknowledged, escalatedAt } = before;
  const known = {
    ...{ id, count: before.count + 1, occurrences, lastMessages, firstAt },
    lastAt: at > before.lastAt ? at : before.lastAt,
  };
  if (isQuiet) {
    const { toldAt: _, ...rest } = state;
    return { ...rest, record: { ...said, ...known, status: "open" }, opened: occurrence, told: [] };
  }
  const standing = { status, ...(acknowledged && { acknowledged }), ...(escalatedAt !== undefined && { escalatedAt }) };
  return { ...state, record: { ...said, ...known, ...standing } };
}

/** One that is over and forgotten, as it begins anew when something is raised. */
export function forgotten(record: AlertRecord): AlertState {
  return { record: { ...record, status: "resolved" }, opened: "", told: [], outbox: [] };
}

/** An alert that somebody takes on. */
export function withAcknowledgement(state: AlertState, { by, reason }: OperatorNote, now: number): AlertState {
  const at = timeOf(now);
  const record: AlertRecord = { ...state.record, status: "acknowledged", acknowledged: { by, reason, at } };
  return sent({ ...state, record }, { kind: "acknowledged", channels: state.told, at });
}

/** An alert whose reason is gone: those who were told are told so. The same one when it is over already. */
export function withEnd(state: AlertState, end: AlertEnd, now: number): AlertState {
  const { record } = state;
  if (record.status === "resolved") return state;
  const channels = state.told;
  const ended: AlertState = { ...state, record: { ...record, status: "resolved", resolved: end } };
  // One of which nobody was told was within the cool-down of one before, which goes on.
  if (channels.length === 0) return ended;
  return sent({ ...ended, quietUntil: now + record.coolDownMs }, { kind: "resolved", channels, at: end.at });
}

/** An alert at that time: its cool-down may be over, or its escalation due. */
export function withTime(state: AlertState, now: number): AlertState {
  const dueAt = nextDueAt(state);
  if (dueAt === undefined || now < dueAt) return state;
  if (state.toldAt === undefined) return told(state, now);
  const at = timeOf(now);
  const { escalation } = state.record;
  const escalated: AlertState = { ...state, record: { ...state.record, escalatedAt: at } };
  return sent(escalated, { kind: "escalated", channels: escalation?.channels ?? [], at });
}

/** When something is to be sent by itself; `undefined` when nothing is. */
export function nextDueAt({ record, toldAt, quietUntil = 0 }: AlertState): number | undefined {
  if (record.status !== "open") return undefined;
  if (toldAt === undefined) return quietUntil;
  const { escalation, escalatedAt } = record;
  return escalation && escalatedAt === undefined ? toldAt + escalation.afterMs : undefined;
}

/** When an alert that is over may be forgotten: its cool-down is kept until then. `undefined` of one that is not over. */
export function forgettableAt({ record, outbox, quietUntil = 0 }: AlertState): number | undefined {
  return record.status === "resolved" && outbox.length === 0 ? quietUntil : undefined;
}

function told(state: AlertState, now: number): AlertState {
  const { channels } = state.record;
  return sent({ ...state, toldAt: now }, { kind: "raised", channels, at: timeOf(now) });
}

interface Sending {
  readonly kind: AlertMessageKind;
  readonly channels: readonly string[];
  readonly at: string;
}

function sent(state: AlertState, { kind, channels, at }: Sending): AlertState {
  const { record, opened, outbox } = state;
  const { occurrences: _, lastMessages, patience, ...alert } = record;
  // Of the occurrence, so that one which is raised again after its alert was forgotten is the same message.
  const suffix = `${hashJson([opened]).slice(0, 12)}-${kind}`;
  const message = { id: `${alert.id}-${suffix}`, kind, at, alert };
  const names = [...new Set(channels)];
  const outgoing = names.map((channel): OutgoingMessage => {
    const after = lastMessages[channel];
    return {
      suffix: `${suffix}-${channel}`,
      channel,
      message,
      ...(after !== undefined && { after }),
      ...(patience && { patience }),
    };
  });
  const sentNow = Object.fromEntries(outgoing.map((each) => [each.channel, each.suffix]));
  return {
    ...state,
    record: { ...record, lastMessages: { ...lastMessages, ...sentNow } },
    told: [...new Set([...state.told, ...names])],
    outbox: [...outbox, ...outgoing],
  };
}

function timeOf(now: number): string {
  return new Date(now).toISOString();
}

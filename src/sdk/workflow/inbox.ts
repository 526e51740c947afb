// What a run was sent and has not taken yet. Module state belongs to one run.
import { defaultPayloadConverter, type Headers, setDefaultSignalHandler, upsertMemo } from "@temporalio/workflow";
import {
  carriedArgumentHeaderName,
  carriedHeaderName,
  type DroppedSignal,
  type DroppedSignals,
  droppedSignalsMemo,
  type TakenBefore,
} from "../core/intake.ts";
import { poisonMark } from "../core/run-mark.ts";
import type { MachineRecord } from "../core/state-machine/machine-record.ts";
import { answeredUpdates, restoreAnsweredUpdates } from "./answered-updates.ts";
import { machineLeft, receiveMachine } from "./carried-machine.ts";
import { setMarks } from "./marks.ts";
import { arePayloadsCoded } from "./payloads-coded.ts";
import { restoreTakenSignals, takenSignals } from "./taken-signals.ts";
import { pause, type Paused, pausedBy } from "./waiting.ts";

interface Carried extends TakenBefore {
  readonly received: Readonly<Record<string, readonly unknown[]>>;
  readonly dropped: DroppedSignals;
  readonly paused?: Paused;
  readonly machine?: MachineRecord;
}

const inboxes = new Map<string, unknown[]>();
let dropped: DroppedSignals = { count: 0, last: [] };
let unclaimed = 0;

const keptDropped = 20;
const keptIssues = 3;
/** A memo that is too large would fail the workflow task, and who sends a signal chooses how long its names are. */
const keptCharacters = 200;

/** Takes every signal from the run's first moment on: one without a handler waits in its inbox. */
export function openInbox(): void {
  setDefaultSignalHandler((name, payload) => {
    unclaimed += 1;
    inboxOf(name).push(payload);
  });
}

/** The signals of one name that nobody has taken, oldest first. */
export function inboxOf(name: string): unknown[] {
  const queue = inboxes.get(name) ?? [];
  inboxes.set(name, queue);
  return queue;
}

/** Counts a signal that is not taken, and tells it in the run's memo. */
export function drop(
  signal: DroppedSignal,
  { isTold, isMarked }: { readonly isTold?: boolean; readonly isMarked?: boolean },
): void {
  dropped = { count: dropped.count + 1, last: [...dropped.last, shortened(signal)].slice(-keptDropped) };
  // By the marker of the parse, and not by a patch: a patch that is first asked about after a local activity is not known
  // yet when a replay gets there, if that activity outlasted its workflow task.
  if (isTold) upsertMemo({ [droppedSignalsMemo]: dropped });
  if (isMarked) setMarks({ [poisonMark]: true });
}

function shortened({ name, issues }: DroppedSignal): DroppedSignal {
  const cut = (text: string) => (text.length > keptCharacters ? `${text.slice(0, keptCharacters)}…` : text);
  return {
    name: cut(name),
    issues: issues
      .slice(0, keptIssues)
      .map(({ pointer, message }) => ({ pointer: cut(pointer), message: cut(message) })),
  };
}

/** Hands a signal that no contract declares to the handler that workflow code set for it; `false` when there is none. */
export function handOver<T>(name: string, deliver: () => T): { readonly handled: T } | false {
  const before = unclaimed;
  const handled = deliver();
  if (unclaimed === before) return { handled };
  inboxOf(name).pop();
  return false;
}

/** What a run is started with. */
interface StartOfRun {
  readonly headers: Headers;
  readonly args: unknown[];
}

/**
 * The start of a continue-as-new, with what was not taken; a paused run stays paused. It goes in a header, except where
 * payloads are encrypted, which headers never are.
 */
export function carryOver({ headers, args }: StartOfRun): StartOfRun {
  const waiting = [...inboxes].filter(([, queue]) => queue.length > 0);
  const paused = pausedBy();
  const machine = machineLeft();
  const signals = takenSignals();
  const updates = answeredUpdates();
  const isEmpty = waiting.length === 0 && dropped.count === 0 && signals.length === 0 && updates.length === 0;
  if (isEmpty && !paused && !machine) return { headers, args };
  const received = Object.fromEntries(waiting);
  const carried: Carried = {
    ...{ received, dropped },
    ...(paused && { paused }),
    ...(machine && { machine }),
    ...(signals.length > 0 && { signals }),
    ...(updates.length > 0 && { updates }),
  };
  if (!arePayloadsCoded()) {
    return { headers: { ...headers, [carriedHeaderName]: defaultPayloadConverter.toPayload(carried) }, args };
  }
  const mark = { [carriedArgumentHeaderName]: defaultPayloadConverter.toPayload(true) };
  return { headers: { ...headers, ...mark }, args: [args[0], carried] };
}

/** Takes up what the run before a continue-as-new has left; the start without it. */
export function takeUp<Start extends StartOfRun>(start: Start): Start {
  const { headers, args } = start;
  const header = headers[carriedHeaderName];
  if (header) restore(defaultPayloadConverter.fromPayload<Carried>(header));
  if (!headers[carriedArgumentHeaderName]) return start;
  restore(args[1] as Carried);
  return { ...start, args: args.slice(0, 1) };
}

function restore(carried: Carried): void {
  for (const [name, queue] of Object.entries(carried.received)) inboxOf(name).unshift(...queue);
  dropped = carried.dropped;
  if (carried.paused) pause(carried.paused);
  if (carried.machine) receiveMachine(carried.machine);
  if (carried.signals) restoreTakenSignals(carried.signals);
  if (carried.updates) restoreAnsweredUpdates(carried.updates);
}

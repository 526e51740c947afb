// What a window of events knows, and what becomes of it by what comes: pure, with the clock as a parameter, so that it can be
// carried to a new run. Each event that is taken is in one list, and each list is started under one ordinal.
import type { BriefError } from "./dead-letter.ts";
import { mostEventsOfRun, type WindowTerms } from "./event-window.ts";
import { isoOf } from "./iso-of.ts";
import { idHash, isRemembered, type MemoryLimits, type RememberedIds, withId } from "./remembered-ids.ts";
import type {
  WaitingEvent,
  WindowCounts,
  WindowedEvent,
  WindowRecord,
  WindowRefusal,
  WindowRun,
  WindowSubject,
} from "./window-record.ts";

/** Events that may still get company. */
interface OpenList {
  readonly events: readonly WaitingEvent[];
  readonly bytes: number;
  readonly sinceMs: number;
  readonly lastMs: number;
}

/** A list under its ordinal, which stays the same until there is an answer. */
interface StartingList {
  readonly ordinal: number;
  readonly events: readonly WaitingEvent[];
  readonly sinceMs: number;
  readonly failure?: BriefError & { readonly at: string };
}

export interface WindowState {
  readonly terms: WindowTerms;
  readonly open?: OpenList;
  /** Lists that get no more events, and wait for their start; oldest first. */
  readonly closed: readonly (readonly WaitingEvent[])[];
  readonly starting?: StartingList;
  /** The run that the next one waits for. */
  readonly run?: WindowRun & { readonly sinceMs: number; readonly cancelAskedMs?: number };
  readonly lastRun?: WindowRun & { readonly at: string };
  readonly nextOrdinal: number;
  readonly seen: RememberedIds;
  readonly lastEventMs: number;
  readonly counts: WindowCounts;
  readonly refusals: readonly WindowRefusal[];
}

/** Events of one list as JSON: the input of its run, and the state of its window, are single payloads. */
export const mostBytesOfList = 1_000_000;

/** A state is one payload, of which Temporal takes 2 MB; what it remembers is 190 KB at most. */
const mostBytesCarried = 1_500_000;

const keptRefusals = 20;

export const defaultMemory: MemoryLimits = { rememberedMs: 86_400_000, rememberedIds: 10_000 };

/** A window after an event came; one that came before changes nothing but a count. */
export function withEvent(
  before: WindowState | undefined,
  { terms, ...event }: WindowedEvent,
  { nowMs, memory = defaultMemory }: { readonly nowMs: number; readonly memory?: MemoryLimits },
): WindowState {
  const known: WindowState = { ...(before ?? emptyWindow(terms, nowMs)), terms };
  const { id, again } = event;
  const hash = again === undefined ? idHash(id) : idHash(id, again);
  const { counts } = known;
  if (isRemembered(known.seen, hash)) return { ...known, counts: { ...counts, duplicates: counts.duplicates + 1 } };
  // What is due closes first: an event that is late opens a new window.
  const due = terms.kind === "latestWins" ? known : withTime(known, nowMs);
  const taken: WindowState = {
    ...due,
    // One that comes by itself later is still a repeat of it.
    seen: [...new Set([hash, idHash(id)])].reduce(
      (seen, each) => (isRemembered(seen, each) ? seen : withId(seen, each, nowMs, memory)),
      due.seen,
    ),
    lastEventMs: nowMs,
    counts: { ...counts, events: counts.events + 1 },
  };
  return terms.kind === "latestWins" ? withNewest(taken, event, nowMs) : withOneMore(taken, event, nowMs);
}

function emptyWindow(terms: WindowTerms, nowMs: number): WindowState {
  const counts = { events: 0, duplicates: 0, superseded: 0, started: 0, refused: 0 };
  return { terms, closed: [], nextOrdinal: 0, seen: [], lastEventMs: nowMs, counts, refusals: [] };
}

function withNewest(state: WindowState, event: WaitingEvent, nowMs: number): WindowState {
  const { counts, open } = state;
  const superseded = counts.superseded + (open?.events.length ?? 0);
  const sinceMs = open?.sinceMs ?? nowMs;
  return {
    ...state,
    open: { events: [event], bytes: event.bytes, sinceMs, lastMs: nowMs },
    counts: { ...counts, superseded },
  };
}

function withOneMore(state: WindowState, event: WaitingEvent, nowMs: number): WindowState {
  const isFull = state.open !== undefined && state.open.bytes + event.bytes > mostBytesOfList;
  const { open, ...rest } = isFull ? withOpenClosed(state) : state;
  const events = [...(open?.events ?? []), event];
  const bytes = (open?.bytes ?? 0) + event.bytes;
  const next = { ...rest, open: { events, bytes, sinceMs: open?.sinceMs ?? nowMs, lastMs: nowMs } };
  const most = state.terms.kind === "batch" ? state.terms.atMost : mostEventsOfRun;
  return events.length >= most ? withOpenClosed(next) : next;
}

function withOpenClosed({ open, ...rest }: WindowState): WindowState {
  return open ? { ...rest, closed: [...rest.closed, open.events] } : rest;
}

/** A window when it is so late: what is due is closed, and the first list that may be started is being started. */
export function withTime(state: WindowState, nowMs: number): WindowState {
  let next = state.run && !waitsForRuns(state) ? withRunClosed(state) : state;
  if (next.open && closesAt(next) <= nowMs) next = withOpenClosed(next);
  const [events] = next.closed;
  if (!events || next.starting || next.run) return next;
  const starting = { ordinal: next.nextOrdinal, events, sinceMs: nowMs };
  return { ...next, closed: next.closed.slice(1), starting, nextOrdinal: next.nextOrdinal + 1 };
}

/** Whether its runs go one after the other. */
function waitsForRuns({ terms: { kind } }: Pick<WindowState, "terms">): boolean {
  return kind === "singleton" || kind === "latestWins";
}

/** When its open list closes; `Infinity` while that depends on a run, or nothing is open. */
export function closesAt({ terms, open, closed, starting, run }: WindowState): number {
  if (!open) return Infinity;
  switch (terms.kind) {
    case "debounce":
      return Math.min(open.lastMs + terms.quietMs, open.sinceMs + (terms.atMostMs ?? Infinity));
    case "batch":
      return open.events.length >= terms.atMost ? open.lastMs : open.sinceMs + terms.withinMs;
    case "singleton":
    case "latestWins":
      return closed.length === 0 && !starting && !run ? open.sinceMs : Infinity;
  }
}

/** Whether the run under way is to be canceled, for what is newer. */
export function isSuperseded({ terms, run, open }: WindowState): boolean {
  return terms.kind === "latestWins" && run !== undefined && open !== undefined;
}

export function withCancelAsked(state: WindowState, nowMs: number): WindowState {
  const { run } = state;
  if (!run || run.cancelAskedMs !== undefined) return state;
  return { ...state, run: { ...run, cancelAskedMs: nowMs } };
}

/** After the run of the list that is being started was begun. */
export function withStarted({ starting: _, ...rest }: WindowState, run: WindowRun, nowMs: number): WindowState {
  const { counts } = rest;
  return {
    ...rest,
    ...(waitsForRuns(rest) && { run: { ...run, sinceMs: nowMs } }),
    lastRun: { ...run, at: isoOf(nowMs) },
    counts: { ...counts, started: counts.started + 1 },
  };
}

/** After starting it did not work; it is tried again. */
export function withFailure(state: WindowState, error: BriefError, nowMs: number): WindowState {
  const { starting } = state;
  return starting ? { ...state, starting: { ...starting, failure: { ...error, at: isoOf(nowMs) } } } : state;
}

/** After the list that is being started was given to dead letters. */
export function withRefusal(
  { starting, ...rest }: WindowState,
  { error, deadLetterIds }: Pick<WindowRefusal, "error" | "deadLetterIds">,
  nowMs: number,
): WindowState {
  const events = starting?.events.length ?? 0;
  const { counts } = rest;
  const refusal = { at: isoOf(nowMs), events, error, deadLetterIds: deadLetterIds.slice(0, keptRefusals) };
  return {
    ...rest,
    counts: { ...counts, refused: counts.refused + events },
    refusals: [...rest.refusals, refusal].slice(-keptRefusals),
  };
}

export function withRunClosed({ run: _, ...rest }: WindowState): WindowState {
  return rest;
}

/** When nothing waits any more, and all ids may be forgotten; `Infinity` while something does. */
export function endsAt(
  { open, closed, starting, run, lastEventMs }: WindowState,
  { rememberedMs }: MemoryLimits = defaultMemory,
): number {
  return open || closed.length > 0 || starting || run ? Infinity : lastEventMs + rememberedMs;
}

/** Whether it can go on as a new run: else the lists that are closed are started first. */
export function isCarriable(state: WindowState): boolean {
  return waitingIn(state).reduce((sum, { bytes }) => sum + bytes, 0) <= mostBytesCarried;
}

/** In the order in which they came. */
function waitingIn({ open, closed, starting }: WindowState): readonly WaitingEvent[] {
  return [...(starting?.events ?? []), ...closed.flat(), ...(open?.events ?? [])];
}

/** What its memo is told. */
export function recordOf({ tenant: _, ...subject }: WindowSubject, state: WindowState): WindowRecord {
  const { terms, starting, run, lastRun, counts, refusals } = state;
  const waiting = waitingIn(state);
  const closesMs = closesAt(state);
  const [first] = waiting;
  return {
    ...subject,
    ...(subject.key !== undefined && { key: subject.key.slice(0, 200) }),
    kind: terms.kind,
    waiting: {
      events: waiting.length,
      bytes: waiting.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(first && { since: first.at }),
      ...(closesMs !== Infinity && { closesAt: isoOf(closesMs) }),
    },
    ...(starting && {
      starting: {
        events: starting.events.length,
        since: isoOf(starting.sinceMs),
        ...(starting.failure && { failure: starting.failure }),
      },
    }),
    ...(run && { run: runIn(run) }),
    ...(lastRun && { lastRun }),
    counts,
    refusals,
  };
}

function runIn({ workflowId, runId, sinceMs, cancelAskedMs }: NonNullable<WindowState["run"]>) {
  const cancelAskedAt = cancelAskedMs === undefined ? {} : { cancelAskedAt: isoOf(cancelAskedMs) };
  return { workflowId, runId, since: isoOf(sinceMs), ...cancelAskedAt };
}

// What a lane knows, and what becomes of it by what comes: pure, with the clock as a parameter, so that it can be carried to a
// new run. Why the limit holds: a run becomes a holder only here, only while there are fewer of them than the limit, and is
// one until somebody has seen its chain closed.
import { isoOf } from "./iso-of.ts";
import type { LaneSubject, LaneTerms } from "./lane.ts";
import type {
  LaneAsk,
  LaneChain,
  LaneClosed,
  LaneCounts,
  LaneRecord,
  LaneReservation,
  LaneWaiter,
} from "./lane-record.ts";

interface LaneEntry extends LaneChain {
  /** Whose activity waits, where that is not the first run of its chain. */
  readonly waiter?: LaneWaiter;
  readonly sinceMs: number;
}

export interface LaneHolder extends LaneEntry {
  /** Whether it knows. */
  readonly isTold: boolean;
  readonly cancelAskedMs?: number;
  /** Of a start that has not shown itself yet; its first run is not known then. */
  readonly reservedUntilMs?: number;
  /** The run of its chain that was closed when it got the slot: a reset is under way. */
  readonly closedRunId?: string;
}

interface LaneWaiting extends LaneEntry {
  /** Of one that does not stay: the look at the holders after which it is refused. */
  readonly refusedAfterLook?: number;
  /** Whether it is a start that is not made yet. */
  readonly isReservation?: true;
  readonly closedRunId?: string;
}

export interface LaneState {
  readonly terms: LaneTerms;
  /** Longest in the lane first. */
  readonly holders: readonly LaneHolder[];
  /** In the order of arrival. */
  readonly waiting: readonly LaneWaiting[];
  /** Runs that do not know yet that they were refused. */
  readonly refused: readonly LaneEntry[];
  /** How many looks at all holders were begun, and the number of the last that has ended. */
  readonly looks: number;
  readonly looked: number;
  readonly counts: LaneCounts;
}

/** A state is one payload, of which Temporal takes 2 MB. */
const mostWaiting = 5_000;
const mostCharactersWaiting = 300_000;

/** How long a slot is kept for a start, or a reset, that nobody has seen yet. */
export const reservedMs = 60_000;

function emptyLane(terms: LaneTerms): LaneState {
  const counts = { granted: 0, refused: 0, canceled: 0, turnedAway: 0 };
  return { terms, holders: [], waiting: [], refused: [], looks: 0, looked: 0, counts };
}

/** After a run has asked for its slot; one that has asked before keeps its place, one that has a slot is told once more. */
export function withAsk(before: LaneState | undefined, ask: LaneAsk, nowMs: number): LaneState {
  const { terms, workflowId, firstRunId, closedRunId } = ask;
  const state = { ...(before ?? emptyLane(terms)), terms };
  const isSame = (other: LaneChain) => isChain(other, ask);
  if (state.holders.some(isSame)) {
    const holders = state.holders.map((each) => (isSame(each) ? asked(each, ask, nowMs) : each));
    return { ...state, holders };
  }
  const reserved = state.holders.find((each) => each.firstRunId === "" && each.workflowId === ask.workflowId);
  if (reserved) {
    const holders = state.holders.map((each) => (each === reserved ? claimed(each, ask) : each));
    return { ...state, holders };
  }
  if (state.waiting.some(isSame)) {
    const waiting = state.waiting.map((each) => (isSame(each) ? { ...each, ...waiterOf(ask) } : each));
    return { ...state, waiting };
  }
  // A redrive stays: somebody has asked for it.
  const isRefusable = terms.onLimit === "reject" && closedRunId === undefined;
  return arrived(state, {
    ...{ workflowId, firstRunId, sinceMs: nowMs },
    ...waiterOf(ask),
    ...(closedRunId !== undefined && { closedRunId }),
    ...(isRefusable && { refusedAfterLook: state.looks + 1 }),
  });
}

/** After a start has asked for a slot; one that has asked before, or whose run is in the lane, changes nothing. */
export function withReservation(
  before: LaneState | undefined,
  { workflowId, terms }: LaneReservation,
  nowMs: number,
): LaneState {
  const state = { ...(before ?? emptyLane(terms)), terms };
  if (standingOf(state, workflowId) !== "unknown") return state;
  const refusedAfterLook = state.looks + 1;
  return arrived(state, { workflowId, firstRunId: "", sinceMs: nowMs, refusedAfterLook, isReservation: true });
}

/** After a start was looked for that had a slot kept: the chain of its run has it now, and without one nobody. */
export function withReservationOver(state: LaneState, workflowId: string, firstRunId: string | undefined): LaneState {
  const isReserved = (each: LaneChain) => each.firstRunId === "" && each.workflowId === workflowId;
  const isKnown = [...state.holders, ...state.waiting].some((each) =>
    isChain(each, { workflowId, firstRunId: firstRunId ?? "" }),
  );
  const holders = state.holders.flatMap((each) => {
    if (!isReserved(each)) return [each];
    const { reservedUntilMs: _, ...rest } = each;
    return firstRunId === undefined || isKnown ? [] : [{ ...rest, firstRunId }];
  });
  return { ...state, holders };
}

/** After the time is over in which a reset is expected: its chain counts as any other. */
export function withResetOver(state: LaneState, chain: LaneChain): LaneState {
  const holders = state.holders.map((each) => {
    const { reservedUntilMs: _, closedRunId: __, ...rest } = each;
    return isChain(each, chain) ? rest : each;
  });
  return { ...state, holders };
}

/** Whether any run of a workflow id has a slot, or waits for one. */
export function standingOf({ holders, waiting }: LaneState, workflowId: string): "holds" | "waits" | "unknown" {
  const isIt = (each: LaneChain) => each.workflowId === workflowId;
  return holders.some(isIt) ? "holds" : waiting.some(isIt) ? "waits" : "unknown";
}

function arrived(state: LaneState, entry: LaneWaiting): LaneState {
  const characters = state.waiting.reduce((sum, { workflowId }) => sum + workflowId.length, entry.workflowId.length);
  if (state.waiting.length < mostWaiting && characters <= mostCharactersWaiting)
    return { ...state, waiting: [...state.waiting, entry] };
  const { counts } = state;
  return { ...state, counts: { ...counts, turnedAway: counts.turnedAway + 1 } };
}

function asked(holder: LaneHolder, ask: LaneAsk, nowMs: number): LaneHolder {
  const { waiter: _, ...rest } = holder;
  const { closedRunId } = ask;
  const reset = closedRunId !== undefined && { closedRunId, reservedUntilMs: nowMs + reservedMs };
  return { ...rest, ...waiterOf(ask), ...reset, isTold: false };
}

function claimed(holder: LaneHolder, ask: LaneAsk): LaneHolder {
  const { reservedUntilMs: _, ...rest } = holder;
  return { ...rest, firstRunId: ask.firstRunId, ...waiterOf(ask), isTold: false };
}

function waiterOf({ workflowId, firstRunId, waiter }: LaneAsk): { readonly waiter?: LaneWaiter } {
  return waiter.runId === firstRunId && waiter.workflowId === workflowId ? {} : { waiter };
}

/** With the free slots given to who waits, in order, and refused who does not stay and was too late. */
export function withSlots(state: LaneState, nowMs: number): LaneState {
  const free = Math.max(0, state.terms.limit - state.holders.length);
  const next = state.waiting.slice(0, free).map(({ refusedAfterLook: _, isReservation, ...entry }) => ({
    ...entry,
    sinceMs: nowMs,
    isTold: isReservation ?? false,
    ...((isReservation || entry.closedRunId !== undefined) && { reservedUntilMs: nowMs + reservedMs }),
  }));
  const left = state.waiting.slice(free);
  const isLate = ({ refusedAfterLook }: LaneWaiting) => (refusedAfterLook ?? Infinity) <= state.looked;
  const late = left.filter(isLate);
  if (next.length === 0 && late.length === 0) return state;
  const { counts } = state;
  return {
    ...state,
    holders: [...state.holders, ...next],
    waiting: late.length === 0 ? left : left.filter((each) => !isLate(each)),
    refused: [...state.refused, ...late.filter(({ isReservation }) => !isReservation)],
    counts: { ...counts, granted: counts.granted + next.length, refused: counts.refused + late.length },
  };
}

/** Whether somebody waits to hear that there is no slot: the holders are to be looked at for that. */
export function needsLook({ waiting, looks }: LaneState): boolean {
  return waiting.some(({ refusedAfterLook = 0 }) => refusedAfterLook > looks);
}

export function withLookBegun(state: LaneState): LaneState {
  return { ...state, looks: state.looks + 1 };
}

export function withLooked(state: LaneState, look: number): LaneState {
  return { ...state, looked: Math.max(state.looked, look) };
}

/** After a holder has heard of its slot, unless it has asked once more since. */
export function withTold(state: LaneState, told: LaneHolder): LaneState {
  const holders = state.holders.map((each) =>
    isChain(each, told) && each.waiter?.runId === told.waiter?.runId ? { ...each, isTold: true } : each,
  );
  return { ...state, holders };
}

/** After a run has heard that it was refused. */
export function withRefusalTold(state: LaneState, told: LaneChain): LaneState {
  return { ...state, refused: state.refused.filter((each) => !isChain(each, told)) };
}

/** After these were seen closed: their slots are free, and they wait no more. What a reset goes on with is known to be closed. */
export function withClosed(state: LaneState, closed: readonly LaneClosed[]): LaneState {
  if (closed.length === 0) return state;
  const isOpen = (each: LaneHolder | LaneWaiting) =>
    !closed.some((other) => isChain(other, each) && (other.runId ?? "") !== each.closedRunId);
  return { ...state, holders: state.holders.filter(isOpen), waiting: state.waiting.filter(isOpen) };
}

/** Of those that are in the lane the ones that leave for who waits: as many as wait, longest in the lane first. */
export function victimsOf({ terms, holders, waiting }: LaneState): readonly LaneHolder[] {
  if (terms.onLimit !== "cancel-oldest") return [];
  const leaving = holders.filter(({ cancelAskedMs }) => cancelAskedMs !== undefined).length;
  const staying = holders.filter(({ cancelAskedMs, firstRunId }) => cancelAskedMs === undefined && firstRunId !== "");
  return staying.slice(0, Math.max(0, waiting.length - leaving));
}

export function withCancelAsked(state: LaneState, victim: LaneChain, nowMs: number): LaneState {
  const { counts } = state;
  const holders = state.holders.map((each) => (isChain(each, victim) ? { ...each, cancelAskedMs: nowMs } : each));
  return { ...state, holders, counts: { ...counts, canceled: counts.canceled + 1 } };
}

/** Whether nobody is in the lane. */
export function isEmpty({ holders, waiting, refused }: LaneState): boolean {
  return holders.length === 0 && waiting.length === 0 && refused.length === 0;
}

export function isChain(one: LaneChain, other: LaneChain): boolean {
  return one.firstRunId === other.firstRunId && one.workflowId === other.workflowId;
}

/** What a lane begins with that was ended by somebody: who had a slot may have it still. Who waited asks again. */
export function restoredFrom({ limit, onLimit, holders }: LaneRecord): LaneState {
  return {
    ...emptyLane({ limit, onLimit }),
    holders: holders
      .filter(({ runId }) => runId !== "")
      .map(({ workflowId, runId, since }) => {
        return { workflowId, firstRunId: runId, sinceMs: Date.parse(since), isTold: false };
      }),
  };
}

const listedWaiting = 20;

/** What its memo is told. */
export function recordOf({ tenant: _, ...subject }: LaneSubject, state: LaneState): LaneRecord {
  const { terms, holders, waiting, counts } = state;
  return {
    ...subject,
    ...terms,
    holders: holders.map(({ cancelAskedMs, ...entry }) => ({
      ...listed(entry),
      ...(cancelAskedMs !== undefined && { cancelAskedAt: isoOf(cancelAskedMs) }),
    })),
    waiting: { runs: waiting.length, first: waiting.slice(0, listedWaiting).map(listed) },
    counts,
  };
}

function listed({ workflowId, firstRunId, sinceMs }: LaneEntry) {
  return { workflowId, runId: firstRunId, since: isoOf(sinceMs) };
}

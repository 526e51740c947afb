// What the isolate and Node agree on about the workflow that keeps a lane.
import type { LaneSubject, LaneTerms, OnLimit } from "./lane.ts";

/** The type of the workflow that keeps the slots of one lane. */
export const laneWorkflow = "tenutoLane";

/**
 * The signals of a lane: a run asks for its slot, as {@link LaneAsk}; a run was seen closed, as {@link LaneClosed}. Older
 * workers only hint that a run may have left, as {@link LaneHint}.
 */
export const laneSignals = { ask: "ask", closed: "closed", hint: "hint" } as const;

/** The update by which a start reserves a slot; takes a {@link LaneReservation}, answers with a {@link LaneVerdict}. */
export const laneReserveUpdate = "reserve";

/** The memo field in which a lane keeps its {@link LaneRecord}, readable without a worker. */
export const laneMemo = "tenutoLane";

/** The mark of every lane. */
export const laneMark = "lane";

/** Activities of Tenuto's own worker. */
export const laneActivityTypes = {
  /** Of a run: begins to wait, and ends when the lane gives the run its slot. */
  wait: "tenuto.waitInLane",
  grant: "tenuto.grantSlot",
  refuse: "tenuto.refuseSlot",
  follow: "tenuto.followSlots",
  /** Looks for the run of a start that was kept a slot. */
  find: "tenuto.findReserved",
  cancel: "tenuto.cancelForLane",
} as const;

/** The id of the activity by which a run waits for its slot: the lane ends it by that. */
export const waitActivityId = "tenuto-lane";

/** The activity by which a slot is waited for, as its callers see it. */
export interface WaitActivity {
  readonly [laneActivityTypes.wait]: (wait: LaneWait) => Promise<void>;
}

/** An attempt to wait that has longer is under way for as long as the run waits. */
export const longestAskMs = 10_000;

/**
 * How that activity is scheduled. An attempt asks, and then the activity waits for its next one, so that an ask that was lost with
 * its worker is soon made again. One that may be refused stays under way: the server takes a refusal of no other.
 */
export function waitOptionsOf({ terms }: Pick<LaneWait, "terms">) {
  return {
    activityId: waitActivityId,
    startToCloseTimeout: terms.onLimit === "reject" ? 120_000 : longestAskMs,
    retry: { initialInterval: "1s", maximumInterval: "2m" },
  } as const;
}

/** Runs that continue each other, by continue-as-new, a retry or a reset: all have the same first run. */
export interface LaneChain {
  /** As the server knows it, with a tenant's prefix. */
  readonly workflowId: string;
  readonly firstRunId: string;
}

/** A chain that the server says is over. */
export interface LaneClosed extends LaneChain {
  /** Its last run; a reset of that one goes on with the chain. `undefined` where nothing is left of it. */
  readonly runId?: string | undefined;
}

/** A run that asks for its slot, or a dead letter that asks for a run which it is to reset. */
export interface LaneAsk extends LaneChain {
  /** Whose activity it is that waits. */
  readonly waiter: LaneWaiter;
  readonly terms: LaneTerms;
  /** Of a reset: the run that is closed, and is no end of its chain. */
  readonly closedRunId?: string;
}

export interface LaneWaiter {
  readonly workflowId: string;
  readonly runId: string;
}

/** What the activity gets by which a slot is waited for. */
export interface LaneWait extends Omit<LaneAsk, "waiter"> {
  readonly lane: LaneSubject;
}

/** Who is to hear of a slot, or that there is none. */
export interface LaneTelling {
  readonly waiter: LaneWaiter;
}

/** A start that wants to know whether there is a slot. */
export interface LaneReservation {
  readonly workflowId: string;
  readonly terms: LaneTerms;
}

/** Whether there was one; of a refusal, how many runs are in the lane. */
export type LaneVerdict = { readonly outcome: "reserved" } | { readonly outcome: "refused"; readonly holders: number };

/** A run that has closed, or is about to. */
export interface LaneHint {
  readonly firstRunId: string;
}

/** By which a run tells that it is about to close: nothing of it is in its history, and nothing depends on it. */
export type LaneSinks = Readonly<Record<"tenutoLane", { left(lane: LaneSubject, hint: LaneHint): void }>>;

/** What a lane's runs are looked after by. */
export interface LaneFollow {
  readonly chains: readonly LaneChain[];
  /** For how long it may wait that one of them closes, in milliseconds. */
  readonly waitMs: number;
}

/** Who is to leave the lane for whom. */
export interface LaneCancel {
  readonly victim: LaneChain;
  readonly newcomer: LaneChain;
}

/** What a lane's memo has. Times are RFC 3339. */
export interface LaneRecord extends Omit<LaneSubject, "tenant"> {
  readonly limit: number;
  readonly onLimit: OnLimit;
  /** The runs at work, the one that has been longest in the lane first. */
  readonly holders: readonly LaneHolderRecord[];
  readonly waiting: {
    readonly runs: number;
    /** The first 20. */
    readonly first: readonly LaneWaitingRecord[];
  };
  readonly counts: LaneCounts;
}

export interface LaneHolderRecord {
  readonly workflowId: string;
  /** Of the first of the runs that continue each other; empty of a start that is under way. */
  readonly runId: string;
  readonly since: string;
  readonly cancelAskedAt?: string;
}

export interface LaneWaitingRecord {
  readonly workflowId: string;
  readonly runId: string;
  readonly since: string;
}

/** Since the lane is there; one that nobody is in ends, and begins anew. */
export interface LaneCounts {
  /** Runs that got a slot. */
  readonly granted: number;
  readonly refused: number;
  /** Runs that were asked to leave for others. */
  readonly canceled: number;
  /** Asks for which the lane had no room; those runs ask again. */
  readonly turnedAway: number;
}

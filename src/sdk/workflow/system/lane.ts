// One lane: which runs are at work, and which wait for their turn. Why the limit holds: who gets a slot is in the memo before it
// hears of it, and has it until the server has said of its chain that it is closed: to an activity, or to the worker that had it end. How it
// fails: a worker that dies costs time. A lane that somebody ends begins anew with the holders of its memo, at the next ask.
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from "@temporalio/workflow";
import type { LaneSubject } from "../../core/lane.ts";
import {
  laneActivityTypes as types,
  type LaneAsk,
  type LaneCancel,
  type LaneChain,
  type LaneClosed,
  type LaneFollow,
  type LaneHint,
  laneMemo,
  type LaneRecord,
  type LaneReservation,
  laneReserveUpdate,
  laneSignals,
  type LaneTelling,
  type LaneVerdict,
  type LaneWaiter,
} from "../../core/lane-record.ts";
import {
  isChain,
  isEmpty,
  type LaneHolder,
  type LaneState,
  needsLook,
  recordOf,
  standingOf,
  victimsOf,
  withAsk,
  withCancelAsked,
  withClosed,
  withLookBegun,
  withLooked,
  withRefusalTold,
  withReservation,
  withReservationOver,
  withResetOver,
  withSlots,
  withTold,
} from "../../core/lane-state.ts";
import { continuedWith, isLong } from "./continued-with.ts";
import { ToldMemo } from "./told-memo.ts";

/** What a lane begins with. */
export interface LaneBeginning {
  readonly subject: LaneSubject;
  readonly state?: LaneState;
  /** How long a history gets. @default 1500, which lanes have that began before they were told: a running one keeps what it began with */
  readonly eventsPerRun?: number;
  /** For so long a run that got its slot is not followed, in milliseconds. @default 0, as lanes have that began before they were told */
  readonly followAfterMs?: number;
}

interface Activities {
  readonly [types.grant]: (telling: LaneTelling) => Promise<"taken" | "gone">;
  readonly [types.refuse]: (telling: LaneTelling) => Promise<void>;
  readonly [types.follow]: (follow: LaneFollow) => Promise<readonly LaneClosed[]>;
  readonly [types.find]: (start: { readonly workflowId: string }) => Promise<string | undefined>;
  readonly [types.cancel]: (cancel: LaneCancel) => Promise<"asked" | "closed" | "alone">;
}

const retry = { initialInterval: "200ms", maximumInterval: "10s" } as const;
// Short, since a slot is free for as long as a worker that was killed is waited for; each may be done twice.
// Ahead of the asks of many runs that begin at once, which a free slot would wait for otherwise.
const priority = { priorityKey: 1 } as const;
const brief = proxyActivities<Activities>({ startToCloseTimeout: "2s", retry, priority });
const patient = proxyActivities<Activities>({ startToCloseTimeout: "30m", heartbeatTimeout: "3s", retry, priority });

/** Below the time that an activity has. */
const longestWaitMs = 20 * 60_000;

/** How long until holders are looked at again that are not waited for: for who waits, and for the end of the lane. */
const rests = { wanted: [250, 5_000], idle: [2_000, 600_000] } as const;

/** Holders that one activity follows. */
const followedAtOnce = 10;

/** It can't be canceled, so that no run is at work without a slot by mistake. */
export async function tenutoLane(beginning: LaneBeginning): Promise<LaneRecord> {
  return CancellationScope.nonCancellable(() => keep(new Lane(beginning)));
}

async function keep(lane: Lane): Promise<LaneRecord> {
  await condition(() => lane.state !== undefined);
  for (;;) {
    const now = withSlots(lane.known(), Date.now());
    lane.state = now;
    lane.publish();
    if (lane.isToContinue()) return lane.continued();
    if (isEmpty(now) && allHandlersFinished()) return lane.record();
    lane.tell();
    lane.look();
    lane.follow();
    lane.makeRoom();
    lane.lookForStarts();
    await lane.changeOf(now);
  }
}

/** A lane at work: what goes on beside the taking of asks. */
class Lane {
  state: LaneState | undefined;
  readonly #subject: LaneSubject;
  readonly #eventsPerRun: number;
  readonly #followAfterMs: number;
  readonly #given: LaneBeginning;
  /** Runs that are being told, followed, or asked to leave, by their chains. */
  readonly #busy = {
    telling: new Set<string>(),
    following: new Set<string>(),
    leaving: new Set<string>(),
    expected: new Set<string>(),
  };
  readonly #memo = new ToldMemo(laneMemo);
  #isLooking = false;
  #wakes = 0;

  constructor(given: LaneBeginning) {
    this.#given = given;
    this.#subject = given.subject;
    this.#eventsPerRun = given.eventsPerRun ?? 1_500;
    this.#followAfterMs = given.followAfterMs ?? 0;
    this.state = given.state;
    setHandler(defineSignal<[LaneAsk]>(laneSignals.ask), (ask) => {
      this.state = withAsk(this.state, ask, Date.now());
    });
    setHandler(defineSignal<[LaneClosed]>(laneSignals.closed), (closed) => {
      if (this.state) this.state = withClosed(this.state, [closed]);
    });
    setHandler(defineSignal<[LaneHint]>(laneSignals.hint), (hint) => {
      this.#lookAt(hint);
    });
    setHandler(defineUpdate<LaneVerdict, [LaneReservation]>(laneReserveUpdate), async (asked) => {
      this.state = withReservation(this.state, asked, Date.now());
      await condition(() => standingOf(this.known(), asked.workflowId) !== "waits");
      const isThere = standingOf(this.known(), asked.workflowId) === "holds";
      return isThere ? { outcome: "reserved" } : { outcome: "refused", holders: this.known().holders.length };
    });
  }

  known(): LaneState {
    if (this.state) return this.state;
    throw new TypeError("Nobody has asked yet");
  }

  record(): LaneRecord {
    return recordOf(this.#subject, this.known());
  }

  /** Once for all that came together. */
  publish(): void {
    this.#memo.tell(this.record());
  }

  isToContinue(): boolean {
    return isLong(this.#eventsPerRun) && allHandlersFinished();
  }

  continued(): Promise<never> {
    const now = { [laneMemo]: this.record() };
    return continuedWith<typeof tenutoLane>(now, { ...this.#given, state: this.known() });
  }

  async changeOf(before: LaneState): Promise<void> {
    const wakes = this.#wakes;
    await condition(() => this.state !== before || this.#wakes !== wakes || this.isToContinue());
  }

  /** Tells runs that they have their slots, or get none. */
  tell(): void {
    for (const holder of this.known().holders) {
      if (holder.isTold || holder.firstRunId === "") continue;
      this.#beside(this.#busy.telling, holder, () => this.#grant(holder));
    }
    for (const entry of this.known().refused) {
      this.#beside(this.#busy.telling, entry, async () => {
        await brief[types.refuse]({ waiter: waiterOf(entry) });
        this.state = withRefusalTold(this.known(), entry);
      });
    }
  }

  async #grant(holder: LaneHolder): Promise<void> {
    const outcome = await brief[types.grant]({ waiter: waiterOf(holder) });
    this.state = outcome === "gone" ? withClosed(this.known(), [holder]) : withTold(this.known(), holder);
  }

  /** Looks at all holders for who does not stay when they are at work. */
  look(): void {
    if (this.#isLooking || !needsLook(this.known())) return;
    this.#isLooking = true;
    void this.#lookOnce().finally(() => {
      this.#isLooking = false;
      this.#wakes += 1;
    });
  }

  async #lookOnce(): Promise<void> {
    this.state = withLookBegun(this.known());
    const { looks } = this.known();
    const closed = await patient[types.follow]({ chains: this.#chains(), waitMs: 0 });
    this.state = withLooked(withClosed(this.known(), closed), looks);
  }

  /** Follows those that nobody follows, until one of them is closed. */
  follow(): void {
    const { following } = this.#busy;
    const free = this.#chains().filter((chain) => !following.has(nameOf(chain)));
    for (let first = 0; first < free.length; first += followedAtOnce) {
      const chains = free.slice(first, first + followedAtOnce);
      for (const chain of chains) following.add(nameOf(chain));
      void this.#untilOneClosed(chains).finally(() => {
        for (const chain of chains) following.delete(nameOf(chain));
        this.#wakes += 1;
      });
    }
  }

  async #untilOneClosed(chains: readonly LaneChain[]): Promise<void> {
    // Without a word in between where it is not asked for: the order of commands is that of the histories of before.
    if (this.#followAfterMs > 0 && (await this.#areSoonGone(chains))) return;
    for (let rest = 0; ; rest += 1) {
      const isAwaited = () => this.#isWanted() || !this.#holdsAny(chains);
      if (!isAwaited()) await condition(isAwaited, restMs("idle", rest));
      const left = chains.filter((chain) => this.#holds(chain));
      if (left.length === 0) return;
      const wants = this.#isWanted();
      const closed = await patient[types.follow]({ chains: left, waitMs: wants ? longestWaitMs : 0 });
      this.state = withClosed(this.known(), closed);
      if (closed.length > 0) return;
      if (wants) await sleep(restMs("wanted", rest));
    }
  }

  /** Whether they are over before it is time to follow them: most runs end by a worker, which tells the lane. */
  async #areSoonGone(chains: readonly LaneChain[]): Promise<boolean> {
    const held = this.known().holders.filter((each) => chains.some((chain) => isChain(each, chain)));
    const restMs = Math.min(...held.map(({ sinceMs }) => sinceMs)) + this.#followAfterMs - Date.now();
    return restMs > 0 && condition(() => !this.#holdsAny(chains), restMs);
  }

  /** A run is about to close: that is soon seen. */
  #lookAt({ firstRunId }: LaneHint): void {
    const chain = this.state?.holders.find((each) => each.firstRunId === firstRunId && firstRunId !== "");
    if (!chain) return;
    const { workflowId } = chain;
    void patient[types.follow]({ chains: [{ workflowId, firstRunId }], waitMs: 5_000 }).then((closed) => {
      this.state = withClosed(this.known(), closed);
    });
  }

  /** Has the runs that were in the lane longest leave for who waits. */
  makeRoom(): void {
    for (const victim of victimsOf(this.known())) {
      const newcomer = this.known().waiting[0];
      if (!newcomer) return;
      this.#beside(this.#busy.leaving, victim, async () => {
        const outcome = await brief[types.cancel]({ victim: chainOf(victim), newcomer: chainOf(newcomer) });
        if (outcome === "asked") this.state = withCancelAsked(this.known(), victim, Date.now());
        else this.state = withClosed(this.known(), [outcome === "closed" ? victim : newcomer]);
      });
    }
  }

  /** Looks, when it is time, for the starts and the resets that have slots kept. */
  lookForStarts(): void {
    for (const { workflowId, firstRunId, reservedUntilMs } of this.known().holders) {
      if (reservedUntilMs === undefined) continue;
      this.#beside(this.#busy.expected, { workflowId, firstRunId }, async () => {
        const isGone = () => !this.#holds({ workflowId, firstRunId });
        if (await condition(isGone, Math.max(1, reservedUntilMs - Date.now()))) return;
        if (firstRunId !== "") {
          this.state = withResetOver(this.known(), { workflowId, firstRunId });
          return;
        }
        const found = await brief[types.find]({ workflowId });
        this.state = withReservationOver(this.known(), workflowId, found);
      });
    }
  }

  /** Does it once at a time for a chain, and looks around when it is done. */
  #beside(busy: Set<string>, chain: LaneChain, work: () => Promise<void>): void {
    const name = nameOf(chain);
    if (busy.has(name)) return;
    busy.add(name);
    void work().finally(() => {
      busy.delete(name);
      this.#wakes += 1;
    });
  }

  #chains(): readonly LaneChain[] {
    return this.known()
      .holders.filter(({ firstRunId, reservedUntilMs }) => firstRunId !== "" && reservedUntilMs === undefined)
      .map(chainOf);
  }

  #isWanted(): boolean {
    return this.known().waiting.length > 0;
  }

  #holds(chain: LaneChain): boolean {
    return this.known().holders.some((each) => isChain(each, chain));
  }

  #holdsAny(chains: readonly LaneChain[]): boolean {
    return chains.some((chain) => this.#holds(chain));
  }
}

/** How long a rest is, in milliseconds: each twice as long as the one before. */
function restMs(kind: keyof typeof rests, nth: number): number {
  const [firstMs, longestMs] = rests[kind];
  return Math.min(firstMs * 2 ** nth, longestMs);
}

function waiterOf({ workflowId, firstRunId, waiter }: LaneChain & { readonly waiter?: LaneWaiter }): LaneWaiter {
  return waiter ?? { workflowId, runId: firstRunId };
}

function chainOf({ workflowId, firstRunId }: LaneChain): LaneChain {
  return { workflowId, firstRunId };
}

function nameOf({ workflowId, firstRunId }: LaneChain): string {
  return `${firstRunId} ${workflowId}`;
}

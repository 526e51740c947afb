// One window of events: what comes for one key, until it is the input of a run. Why each event is in exactly one run's list: an
// event changes the state when its signal is taken, once for its id; a list is started under an ordinal of its own, and
// starting it again begins nothing. How it fails: a worker that dies costs time, and so does what does not start; what
// no run takes is a dead letter before the window goes on.
import {
  ActivityFailure,
  CancellationScope,
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from "@temporalio/workflow";
import type { BriefError } from "../../core/dead-letter.ts";
import { hashJson } from "../../core/idempotency-key.ts";
import type { MemoryLimits } from "../../core/remembered-ids.ts";
import {
  type RefusedWindow,
  windowActivityTypes as types,
  type WindowedEvent,
  type WindowFollow,
  windowMemo,
  type WindowRecord,
  windowSignal,
  type WindowStart,
  type WindowStarted,
  type WindowSubject,
} from "../../core/window-record.ts";
import {
  closesAt,
  defaultMemory,
  endsAt,
  isCarriable,
  isSuperseded,
  recordOf,
  withCancelAsked,
  withEvent,
  withFailure,
  withRefusal,
  withRunClosed,
  withStarted,
  withTime,
  type WindowState,
} from "../../core/window-state.ts";
import { continuedWith, isLong } from "./continued-with.ts";
import { ToldMemo } from "./told-memo.ts";

/** How long a history gets, and what is remembered. */
export interface WindowLimits extends MemoryLimits {
  readonly eventsPerRun: number;
}

const defaultLimits: WindowLimits = { ...defaultMemory, eventsPerRun: 1_500 };

interface OwnActivities {
  readonly [types.follow]: (task: WindowFollow) => Promise<"closed" | "running">;
}

interface AppActivities {
  readonly [types.start]: (task: WindowStart) => Promise<WindowStarted>;
  readonly [types.report]: (task: RefusedWindow) => Promise<readonly string[]>;
}

const patient = {
  startToCloseTimeout: "30m",
  heartbeatTimeout: "10s",
  retry: { initialInterval: "1s", maximumInterval: "15s" },
} as const;
const tenuto = proxyActivities<OwnActivities>(patient);

/** The memo tells of a failure when these are used up; each time the list is in the history once more. */
const attempts = [3, 10, 60] as const;

/** How long until a run is looked after again that is not waited for. */
const longestRestMs = 30_000;

/** It can't be canceled, so that no event is lost by mistake. */
export async function tenutoEventWindow(
  subject: WindowSubject,
  carried?: WindowState,
  limits = defaultLimits,
): Promise<WindowRecord | undefined> {
  return CancellationScope.nonCancellable(() => gather(new Gathering(subject, carried, limits)));
}

async function gather(window: Gathering): Promise<WindowRecord | undefined> {
  await condition(() => window.state !== undefined);
  for (;;) {
    const now = withTime(window.known(), Date.now());
    window.state = now;
    window.publish();
    if (window.isToContinue()) return window.continued();
    if (endsAt(now, window.limits) <= Date.now()) return window.record();
    window.begin();
    window.follow();
    window.wakeAt(Math.min(closesAt(now), endsAt(now, window.limits)));
    await window.changeOf(now);
  }
}

/** A window at work: what goes on beside the taking of events. */
class Gathering {
  state: WindowState | undefined;
  readonly limits: WindowLimits;
  readonly #subject: WindowSubject;
  readonly #app;
  readonly #reporter;
  readonly #memo = new ToldMemo(windowMemo);
  #isStarting = false;
  #isFollowing = false;
  #wakes = 0;
  #timers: readonly number[] = [];

  constructor(subject: WindowSubject, carried: WindowState | undefined, limits: WindowLimits) {
    this.#subject = subject;
    this.state = carried;
    this.limits = limits;
    this.#app = attempts.map((maximumAttempts) =>
      proxyActivities<AppActivities>({
        taskQueue: subject.app,
        startToCloseTimeout: "30s",
        heartbeatTimeout: "5s",
        retry: { initialInterval: "1s", maximumInterval: "1m", maximumAttempts },
      }),
    );
    this.#reporter = proxyActivities<AppActivities>({ ...patient, taskQueue: subject.app });
    setHandler(defineSignal<[WindowedEvent]>(windowSignal), (event) => {
      this.state = withEvent(this.state, event, { nowMs: Date.now(), memory: limits });
    });
  }

  known(): WindowState {
    if (this.state) return this.state;
    throw new TypeError("No event came yet");
  }

  record(): WindowRecord {
    return recordOf(this.#subject, this.known());
  }

  /** Once for all that came together. */
  publish(): void {
    this.#memo.tell(this.record());
  }

  isToContinue(): boolean {
    return isLong(this.limits.eventsPerRun) && isCarriable(this.known());
  }

  continued(): Promise<never> {
    const { limits } = this;
    return continuedWith<typeof tenutoEventWindow>({ [windowMemo]: this.record() }, this.#subject, this.state, limits);
  }

  /** One timer does for events that put the end off: when it is early, there is another. */
  wakeAt(atMs: number): void {
    if (atMs === Infinity || this.#timers.some((other) => other <= atMs)) return;
    this.#timers = [...this.#timers, atMs];
    void sleep(Math.max(1, atMs - Date.now())).then(() => {
      this.#timers = this.#timers.filter((other) => other !== atMs);
      this.#wakes += 1;
    });
  }

  async changeOf(before: WindowState): Promise<void> {
    const wakes = this.#wakes;
    await condition(() => this.state !== before || this.#wakes !== wakes || this.isToContinue());
  }

  /** Starts the run of the list that is next, however long that takes. */
  begin(): void {
    if (this.#isStarting || !this.known().starting) return;
    this.#isStarting = true;
    void this.#start().finally(() => {
      this.#isStarting = false;
      this.#wakes += 1;
    });
  }

  async #start(): Promise<void> {
    for (let cycle = 0; ; cycle += 1) {
      const { starting } = this.known();
      if (!starting) return;
      const { workflowId, firstExecutionRunId } = workflowInfo();
      const subject = this.#subject;
      // A window that begins anew counts from 0 again, under another first run.
      const idempotencyKey = hashJson([workflowId, firstExecutionRunId, starting.ordinal]);
      const data = starting.events.map((event) => event.data);
      try {
        const app = this.#app[Math.min(cycle, attempts.length - 1)];
        const answer = await app?.[types.start]({ subject, idempotencyKey, data });
        if (!answer) return;
        if ("workflowId" in answer) {
          this.state = withStarted(this.known(), answer, Date.now());
          return;
        }
        const { refused: error } = answer;
        const { events } = starting;
        const deadLetterIds = await this.#reporter[types.report]({ subject, events, error });
        this.state = withRefusal(this.known(), { error, deadLetterIds }, Date.now());
        return;
      } catch (error) {
        this.state = withFailure(this.known(), briefOf(error), Date.now());
      }
    }
  }

  /** Waits for the end of the run that the next one waits for; one that is superseded is asked to cancel. */
  follow(): void {
    if (this.#isFollowing || !this.known().run) return;
    this.#isFollowing = true;
    void this.#untilClosed().finally(() => {
      this.#isFollowing = false;
      this.#wakes += 1;
    });
  }

  async #untilClosed(): Promise<void> {
    for (let restMs = 250; ; restMs = Math.min(restMs * 2, longestRestMs)) {
      const { run } = this.known();
      if (!run) return;
      const cancels = isSuperseded(this.known());
      if (cancels) this.state = withCancelAsked(this.known(), Date.now());
      const isTold = () => isSuperseded(this.known()) !== cancels;
      const status = await this.#endOf({ ...run, cancels }, isTold);
      if (status === "closed") {
        this.state = withRunClosed(this.known());
        return;
      }
      if (status === "running") await condition(isTold, restMs);
    }
  }

  /** How it is with a run, at its end or after a while; `told` when something else is to be done first. */
  async #endOf(
    { workflowId, runId, cancels }: WindowFollow,
    isTold: () => boolean,
  ): Promise<"closed" | "running" | "told"> {
    const { tenant } = this.#subject;
    const scope = new CancellationScope();
    const task = { workflowId, runId, cancels, ...(tenant !== undefined && { tenant }) };
    const end = scope.run(() => tenuto[types.follow](task));
    end.catch(() => undefined);
    const first = await Promise.race([end, condition(isTold).then(() => "told" as const)]);
    if (first === "told") scope.cancel();
    return first;
  }
}

function briefOf(error: unknown): BriefError {
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  const type = cause && "type" in cause && typeof cause.type === "string" ? cause.type : (cause?.name ?? error.name);
  return { type, message: (cause?.message ?? error.message).slice(0, 500) };
}

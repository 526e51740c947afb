import { setTimeout as sleep } from "node:timers/promises";

/** Signals are told to who waits, and this is only how long a timer may be. */
const longestMs = 60_000;

/** Whether a consumer takes nothing; who waits goes on at once when it is resumed. */
export class PauseSwitch {
  #isPaused: boolean;
  #resumed = new AbortController();

  constructor(isPaused = false) {
    this.#isPaused = isPaused;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#resumed.abort();
    this.#resumed = new AbortController();
  }

  /** Waits until it is resumed, or the signal fires; for a minute at most. */
  async untilResumed(signal: AbortSignal): Promise<void> {
    const ends = AbortSignal.any([signal, this.#resumed.signal]);
    await sleep(longestMs, undefined, { signal: ends }).catch(() => undefined);
  }
}

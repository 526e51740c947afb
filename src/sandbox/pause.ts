import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** The longest a timer can wait, in milliseconds; Node fires a longer one at once. */
export const longestPauseMs = 2 ** 31 - 1;

/** Waits that many milliseconds; rejects when the sandbox closes meanwhile. */
export type Pause = (ms: number) => Promise<void>;

/** A pause that the signal ends, so that closing leaves no timer behind. */
export function createPause(signal: AbortSignal): Pause {
  setMaxListeners(0, signal);
  return (ms) => sleep(Math.min(ms, longestPauseMs), undefined, { signal });
}

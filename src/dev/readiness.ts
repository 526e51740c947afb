import { setTimeout as sleep } from "node:timers/promises";

/** Whose readiness is awaited. */
export interface ReadinessOptions {
  /** A name for each URL that must answer with a 2xx. */
  readonly urls: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told every `everyMs` which ones are missing. */
  readonly onWait: (missing: readonly string[]) => void;
  /** @default 15000 */
  readonly everyMs?: number;
}

/** Waits until every URL answers with a 2xx; false when `signal` ended the wait. */
export async function becomesReady({ urls, signal, onWait, everyMs = 15_000 }: ReadinessOptions): Promise<boolean> {
  let toldAt = Date.now();
  while (!signal.aborted) {
    const answers = await Promise.all(
      Object.entries(urls).map(async ([name, url]) => ({ name, isReady: await isReady(url, signal) })),
    );
    const missing = answers.filter(({ isReady }) => !isReady).map(({ name }) => name);
    if (missing.length === 0) return true;
    if (Date.now() - toldAt >= everyMs) {
      toldAt = Date.now();
      onWait(missing);
    }
    await sleep(250, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

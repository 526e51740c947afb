import { setTimeout as sleep } from "node:timers/promises";

/** What some work gives within so many milliseconds; `undefined` when it is late, or fails. */
export async function within<Given>(ms: number, work: Promise<Given>): Promise<Given | undefined> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal }).catch(() => undefined);
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    done.abort();
  }
}

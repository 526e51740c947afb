/**
 * Says every `everyMs` that the work is still going on, for how long, and what it does at the moment.
 *
 * @template T
 * @param {{ log: (line: string) => void, what: string, everyMs?: number }} options
 * @param {(doing: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress({ log, what, everyMs = 10_000 }, work) {
  const startedAt = Date.now();
  let detail = "";
  const timer = setInterval(() => {
    log(`${what}: ${elapsed(startedAt)}${detail && `, ${detail}`}`);
  }, everyMs);
  try {
    return await work((now) => {
      detail = now;
    });
  } finally {
    clearInterval(timer);
  }
}

/** @param {number} sinceMs a time in ms @returns {string} for example `40 s` or `3 min 5 s` */
export function elapsed(sinceMs) {
  const seconds = Math.round((Date.now() - sinceMs) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

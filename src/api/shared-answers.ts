import type { Reply } from "./context.ts";

/** However many open pages read a list again and again, each says how old its answer may be, and they share those. */
const most = 1_000;

interface Kept {
  readonly atMs: number;
  readonly reply: Promise<Reply>;
}

/**
 * Answers that several callers may have who take one that is not quite new, as they say by the request's `Cache-Control:
 * max-age` (RFC 9111, section 5.2.1.1). Who says nothing is always answered anew.
 */
export class SharedAnswers {
  readonly #kept = new Map<string, Kept>();

  /** The answer to what `key` stands for; one that is not new has an `Age`, in seconds. */
  async get(key: string, maxAgeMs: number, ask: () => Promise<Reply>): Promise<Reply> {
    const known = this.#kept.get(key);
    const ageMs = known ? Date.now() - known.atMs : Infinity;
    if (!known || ageMs > maxAgeMs) return this.#ask(key, ask);
    const reply = await known.reply;
    return { ...reply, headers: { ...reply.headers, Age: String(Math.floor(ageMs / 1_000)) } };
  }

  #ask(key: string, ask: () => Promise<Reply>): Promise<Reply> {
    const kept = { atMs: Date.now(), reply: ask() };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest);
    // A refusal is nobody else's.
    kept.reply.catch(() => this.#kept.get(key) === kept && this.#kept.delete(key));
    return kept.reply;
  }
}

/** How old an answer may be, in milliseconds, by a request's `Cache-Control`; without it, new. */
export function maxAgeMsOf(cacheControl: string | undefined): number {
  const [, seconds = "0"] = /(?:^|[\s,])max-age=(\d{1,9})(?=$|[\s,])/i.exec(cacheControl ?? "") ?? [];
  return Number(seconds) * 1_000;
}

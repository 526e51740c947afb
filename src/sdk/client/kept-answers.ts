// Answers of the server that many ask for. One that is fresh is given as it is; one that is not quite is given as it is, too,
// and asked for anew behind it: one after the other, however many ask, at three requests in four seconds. What is too old to be given
// is waited for. So the cost does not grow with the number of pages that are open, and nothing is shown older than it may be.
import { setTimeout as sleep } from "node:timers/promises";

/** Something to be known. */
export interface Question<Value> {
  /** The same for the same question. */
  readonly key: string;
  /** Until when nobody asks anew. */
  readonly freshMs: number;
  /** From when on it is no answer any more. */
  readonly deadMs: number;
  /** Asks the server; says so before each request that the server allows few of. */
  readonly ask: (onRequest: () => void) => Promise<Value>;
}

/** An answer, and when it was asked for. */
export interface Answer<Value> {
  readonly value: Value;
  readonly atMs: number;
}

/** How much is kept, and asked. */
export interface KeepingOptions {
  /** Requests in a second, of those behind answers. @default 0.75 */
  readonly perSecond?: number;
  /** Answers. @default 2000 */
  readonly most?: number;
}

/** A question whose answer is not fresh, and when somebody wanted it last. */
interface Due {
  readonly question: Question<unknown>;
  readonly wantedMs: number;
}

/** Nothing is asked for who has gone: whoever stays asks again within seconds. */
const wantedForMs = 10_000;

/** Keeps answers. */
export class KeptAnswers {
  readonly #answers = new Map<string, Answer<unknown>>();
  readonly #asking = new Map<string, Promise<Answer<unknown>>>();
  readonly #due = new Map<string, Due>();
  readonly #perSecond: number;
  readonly #most: number;
  #isRefreshing = false;

  constructor({ perSecond = 0.75, most = 2_000 }: KeepingOptions = {}) {
    this.#perSecond = perSecond;
    this.#most = most;
  }

  /** `isPatient`: an old answer is one, too, as long as there is one. */
  async get<Value>(question: Question<Value>, { isPatient = false } = {}): Promise<Answer<Value>> {
    const { key, freshMs, deadMs } = question;
    const known = this.#answers.get(key) as Answer<Value> | undefined;
    const ageMs = known ? Date.now() - known.atMs : Infinity;
    if (known && ageMs < freshMs) return known;
    if (!known || (ageMs >= deadMs && !isPatient)) return this.#ask(question);
    if (!this.#asking.has(key)) this.#due.set(key, { question, wantedMs: Date.now() });
    if (!this.#isRefreshing) void this.#refresh();
    return known;
  }

  #ask<Value>(question: Question<Value>, onRequest: () => void = () => undefined): Promise<Answer<Value>> {
    const { key, ask } = question;
    this.#due.delete(key);
    const underway = this.#asking.get(key) as Promise<Answer<Value>> | undefined;
    if (underway) return underway;
    const atMs = Date.now();
    const asked = ask(onRequest)
      .then((value) => {
        const answer = { value, atMs };
        this.#keep(key, answer);
        return answer;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  /** The one that was asked for longest ago goes first when there are too many. */
  #keep(key: string, answer: Answer<unknown>): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest);
  }

  async #refresh(): Promise<void> {
    this.#isRefreshing = true;
    for (let next = this.#mostDue(); next; next = this.#mostDue()) {
      let requests = 0;
      // Who asks when it is too old to be given is told why it can't be had.
      await this.#ask(next, () => (requests += 1)).catch(() => undefined);
      if (requests > 0) await sleep((requests * 1_000) / this.#perSecond, undefined, { ref: false });
    }
    this.#isRefreshing = false;
  }

  /** The one that is the most out of date, for how fresh it should be. */
  #mostDue(): Question<unknown> | undefined {
    const nowMs = Date.now();
    for (const [key, { wantedMs }] of this.#due) if (nowMs - wantedMs > wantedForMs) this.#due.delete(key);
    const [next] = [...this.#due.values()]
      .map(({ question }) => ({ question, late: (nowMs - this.#askedMs(question)) / question.freshMs }))
      .toSorted((a, b) => b.late - a.late);
    return next?.question;
  }

  #askedMs({ key }: Question<unknown>): number {
    return this.#answers.get(key)?.atMs ?? 0;
  }
}

/** How much may wait for one who reads slowly; what is older is dropped. */
const most = 50;

/** What one who watches has not taken yet. */
export class Watcher<Told> implements AsyncIterable<Told> {
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: Told[] = [];
  #wake: () => void = () => undefined;
  #hasDropped = false;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  tell(told: Told): void {
    this.#waiting.push(told);
    if (this.#waiting.length > most) {
      this.#waiting.shift();
      this.#hasDropped = true;
    }
    this.#wake();
  }

  /** Whether something was dropped since this was asked last. */
  takeDropped(): boolean {
    const hasDropped = this.#hasDropped;
    this.#hasDropped = false;
    return hasDropped;
  }

  /** Ends with its signal. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Told> {
    const signal = this.#signal;
    const stop = () => this.#wake();
    signal?.addEventListener("abort", stop);
    try {
      while (!signal?.aborted) {
        const next = this.#waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }
}

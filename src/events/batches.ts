import { setTimeout as sleep } from "node:timers/promises";

/** How calls are put together. */
export interface BatchesOptions {
  /** How many go into one batch. */
  readonly size: number;
  /** For how long the first one waits for others, in milliseconds. */
  readonly lingerMs: number;
}

/** Does things in batches that are asked for one by one. Batches go one after the other; a call has the answer of its batch. */
export class Batches<Item, Answer> {
  readonly #act: (items: readonly Item[]) => Promise<Answer>;
  readonly #options: BatchesOptions;
  #waiting: { readonly item: Item; readonly resolve: (answer: Promise<Answer>) => void }[] = [];
  #isRunning = false;

  constructor(act: (items: readonly Item[]) => Promise<Answer>, options: BatchesOptions) {
    this.#act = act;
    this.#options = options;
  }

  add(item: Item): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting.push({ item, resolve });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < this.#options.size) await sleep(this.#options.lingerMs);
      const batch = this.#waiting.splice(0, this.#options.size);
      const answer = this.#act(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve(answer);
      await answer.catch(() => undefined);
    }
    this.#isRunning = false;
  }
}

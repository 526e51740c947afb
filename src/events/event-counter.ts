const windowSeconds = 60;

/** Counts events, in all and those of the last minute. */
export class EventCounter {
  #total = 0;
  #lastAt: number | undefined;
  /** How many in which second since 1970. */
  readonly #bySecond = new Map<number, number>();

  /** Counts one, at that time in milliseconds since 1970. */
  count(now: number): void {
    const second = Math.floor(now / 1_000);
    this.#total += 1;
    this.#lastAt = now;
    this.#forgetBefore(second);
    this.#bySecond.set(second, (this.#bySecond.get(second) ?? 0) + 1);
  }

  get total(): number {
    return this.#total;
  }

  /** When the last one was, in milliseconds since 1970. */
  get lastAt(): number | undefined {
    return this.#lastAt;
  }

  ofLastMinute(now: number): number {
    this.#forgetBefore(Math.floor(now / 1_000));
    return [...this.#bySecond.values()].reduce((sum, each) => sum + each, 0);
  }

  #forgetBefore(second: number): void {
    for (const known of this.#bySecond.keys()) {
      if (known > second - windowSeconds) break;
      this.#bySecond.delete(known);
    }
  }
}

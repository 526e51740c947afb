import { setTimeout as sleep } from "node:timers/promises";

/** How much room a consumer has. */
export interface RoomOptions {
  /** For so many at once. */
  readonly size: number;
  /** As many as one read brings. @default any number */
  readonly mostAtOnce?: number;
}

/** For how long a read waits for more room: a busy consumer reads several at once, and an idle one has room. */
const lingerMs = 25;

/** Counts what is at work, and tells when it is worth a read: that costs a broker, and its disk, as much for one message as for ten. */
export class Room {
  readonly #size: number;
  readonly #several: number;
  #taken = 0;
  #wake: (() => void) | undefined;

  constructor({ size, mostAtOnce = size }: RoomOptions) {
    this.#size = size;
    this.#several = Math.min(mostAtOnce, Math.ceil(size / 4));
  }

  get free(): number {
    return Math.max(0, this.#size - this.#taken);
  }

  take(): void {
    this.#taken += 1;
  }

  leave(): void {
    this.#taken -= 1;
    if (this.free === 1 || this.free >= this.#several) this.#wake?.();
  }

  /** Waits for room for several, or for one when no more comes for a moment. */
  async forSeveral(): Promise<void> {
    if (this.free === 0) await this.#change();
    if (this.free < this.#several) await Promise.race([this.#change(), sleep(lingerMs)]);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

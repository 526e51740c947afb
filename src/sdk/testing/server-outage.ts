import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./test-server.ts";

/** The times in which a fault has taken a rig's server away; there is one at a time. */
export class ServerOutage {
  readonly #server: Pick<TestServer, "kill" | "restart">;
  #current: { readonly begun: Promise<void>; readonly over: Promise<void> } | undefined;

  constructor(server: Pick<TestServer, "kill" | "restart">) {
    this.#server = server;
  }

  /** Takes the server away and returns; one that is away already stays as long as it was to. */
  async begin(awayMs: number): Promise<void> {
    this.#current ??= this.#start(awayMs);
    await this.#current.begun;
  }

  /**
   * Waits until the server is back, if it is away.
   *
   * @throws Error when it did not come back.
   */
  async over(): Promise<void> {
    await this.#current?.over;
  }

  #start(awayMs: number) {
    const begun = this.#server.kill();
    const over = begun.then(async () => {
      await sleep(awayMs);
      await this.#server.restart();
      this.#current = undefined;
    });
    over.catch(() => undefined); // Told by over().
    return { begun, over };
  }
}

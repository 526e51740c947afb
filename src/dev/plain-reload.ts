import type { NodeProcess } from "./node-process.ts";
import type { SupervisedProcess } from "./supervised-process.ts";

/** Restarts a process when its sources change; one that ends while it loads waits for the next change. */
export class PlainReload {
  readonly #process: SupervisedProcess<NodeProcess>;
  readonly #say: (line: string) => void;
  #restarting: Promise<void> | undefined;
  #changedMeanwhile = false;

  constructor(supervised: SupervisedProcess<NodeProcess>, say: (line: string) => void) {
    this.#process = supervised;
    this.#say = say;
  }

  /** The sources have changed. */
  changed(): void {
    if (this.#restarting) {
      this.#changedMeanwhile = true;
      return;
    }
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = undefined;
      if (!this.#changedMeanwhile) return;
      this.#changedMeanwhile = false;
      this.changed();
    });
  }

  async #restart(): Promise<void> {
    this.#say("the sources changed; restarting");
    await this.#process.halt();
    this.#process.start(() => this.#say("the change does not load; waiting for the next change"));
  }
}

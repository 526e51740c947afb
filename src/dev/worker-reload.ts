// Replaces the worker by one with the changed code. The new one bundles and loads everything before it opens its port or
// polls, and says so; only then is the old one stopped, and only when that has ended may the new one go. So a change that
// doesn't load costs nothing, and at no time do two workers poll.
import type { NodeProcess } from "./node-process.ts";
import { stopProcess } from "./running-process.ts";
import type { SupervisedProcess } from "./supervised-process.ts";

/** What a reload needs of the worker. */
export interface WorkerReloadOptions {
  readonly worker: SupervisedProcess<NodeProcess>;
  /** Starts a worker with `TENUTO_WORKER_HANDOVER=1`. */
  readonly spawnCandidate: () => NodeProcess;
  readonly say: (line: string) => void;
}

/** Puts a changed worker in the place of the running one. */
export class WorkerReload {
  readonly #options: WorkerReloadOptions;
  #candidate: NodeProcess | undefined;
  #isHandingOver = false;
  #changedMeanwhile = false;
  #isStopped = false;

  constructor(options: WorkerReloadOptions) {
    this.#options = options;
  }

  /** The sources have changed: prepares a new worker, in place of one that is still being prepared. */
  changed(): void {
    const { worker, say, spawnCandidate } = this.#options;
    if (this.#isStopped) return;
    if (this.#isHandingOver) {
      this.#changedMeanwhile = true;
      return;
    }
    this.#candidate?.kill("SIGKILL");
    if (!worker.isRunning) {
      this.#candidate = undefined;
      say("the sources changed; starting");
      worker.start();
      return;
    }
    say("the sources changed; preparing a new worker");
    const candidate = spawnCandidate();
    this.#candidate = candidate;
    const prepared = candidate.received("prepared").then(() => true);
    const failed = candidate.exited.then(() => false);
    void Promise.race([prepared, failed]).then(async (isPrepared) => {
      if (candidate !== this.#candidate || this.#isStopped) return;
      if (isPrepared) await this.#handOver(candidate);
      else this.#refuse();
    });
  }

  /** Ends a worker that is being prepared. */
  async stop(patienceMs: number): Promise<void> {
    this.#isStopped = true;
    if (this.#candidate) await stopProcess(this.#candidate, patienceMs);
  }

  /** Ends a worker that is being prepared, at once. */
  kill(): void {
    this.#isStopped = true;
    this.#candidate?.kill("SIGKILL");
  }

  async #handOver(candidate: NodeProcess): Promise<void> {
    const { worker, say } = this.#options;
    this.#isHandingOver = true;
    await worker.halt();
    this.#isHandingOver = false;
    if (this.#isStopped) return;
    this.#candidate = undefined;
    worker.adopt(candidate);
    candidate.send({ kind: "go" });
    say("reloaded");
    if (this.#changedMeanwhile) {
      this.#changedMeanwhile = false;
      this.changed();
    }
  }

  #refuse(): void {
    const { worker, say } = this.#options;
    this.#candidate = undefined;
    say(
      `the change does not load; ${worker.isRunning ? "the previous worker goes on" : "waiting for the next change"}`,
    );
  }
}

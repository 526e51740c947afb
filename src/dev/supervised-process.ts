import { describeExit, stopProcess, type Exit, type RunningProcess } from "./running-process.ts";

const STABLE_AFTER_MS = 30_000;
const LOADED_AFTER_MS = 10_000;

/** How a process is started and kept going. */
export interface SupervisedOptions<P extends RunningProcess> {
  readonly spawn: () => P;
  /** Tells the developer what happens, in one line. */
  readonly say: (line: string) => void;
  /** How long SIGTERM has until SIGKILL. @default 15000 */
  readonly patienceMs?: number;
  /** The wait before restart number `failures`, from 0. @default 1, 2, 4, 8, 10, 10 … s */
  readonly backoffMs?: (failures: number) => number;
}

/** A process that is started again, after a growing wait, whenever it ends by itself. */
export class SupervisedProcess<P extends RunningProcess> {
  readonly #options: SupervisedOptions<P>;
  readonly #alive = new Set<RunningProcess>();
  #current: P | undefined;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: SupervisedOptions<P>) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /**
   * Starts the process, at once also when it was waiting for a restart. With `onFailedLoad`, one that fails in its first
   * ten seconds is not started again: its code doesn't load.
   */
  start(onFailedLoad?: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.adopt(this.#options.spawn(), onFailedLoad);
  }

  /** Keeps a process going that somebody else started, in place of the current one. */
  adopt(running: P, onFailedLoad?: () => void): void {
    clearTimeout(this.#timer);
    this.#current = running;
    const startedAt = Date.now();
    this.#alive.add(running);
    void running.exited.then((exit) => {
      this.#alive.delete(running);
      if (running !== this.#current) return;
      this.#current = undefined;
      const livedMs = Date.now() - startedAt;
      if (this.#isStopped) return;
      if (onFailedLoad && exit.code && livedMs < LOADED_AFTER_MS) onFailedLoad();
      else this.#restartLater(exit, livedMs);
    });
    if (this.#isStopped) void stopProcess(running, this.#patienceMs);
  }

  /** Ends the current process and keeps it down until `start` or `adopt`. */
  async halt(): Promise<void> {
    clearTimeout(this.#timer);
    const running = this.#current;
    this.#current = undefined;
    this.#failures = 0;
    if (running) await stopProcess(running, this.#patienceMs);
  }

  /** Ends it for good, by SIGKILL after `patienceMs`. */
  async stop(patienceMs = this.#patienceMs): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#alive].map((running) => stopProcess(running, patienceMs)));
  }

  /** Ends it for good and at once. */
  kill(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const running of this.#alive) running.kill("SIGKILL");
  }

  get #patienceMs(): number {
    return this.#options.patienceMs ?? 15_000;
  }

  #restartLater(exit: Exit, livedMs: number): void {
    if (livedMs > STABLE_AFTER_MS) this.#failures = 0;
    const waitMs = (this.#options.backoffMs ?? defaultBackoffMs)(this.#failures++);
    this.#options.say(`ended unexpectedly (${describeExit(exit)}); starts again in ${waitMs / 1000} s`);
    this.#timer = setTimeout(() => this.start(), waitMs);
  }
}

function defaultBackoffMs(failures: number): number {
  return Math.min(2 ** failures, 10) * 1000;
}

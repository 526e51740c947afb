// Keeps a process and the event sources' workflow in touch: which sources are paused, every two seconds by one describe of its memo,
// and how the sources stand here, when that is due. While Temporal is away a process keeps what it knows.
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { SourceReport } from "tenuto";
import type { TenutoClient } from "tenuto/client";
import type { ConsumerLogger } from "./consumer.ts";
import { changedAfterMs, reportNow, type Told } from "./report-pace.ts";
import { within } from "./within.ts";

/** Who looks, and tells. */
export interface SourceWatchOptions {
  readonly client: TenutoClient;
  readonly logger?: ConsumerLogger | undefined;
  /** The name of the process in reports. @default its id and the host's name */
  readonly process?: string;
  /** How often it is looked which sources are paused, in milliseconds. @default 2000 */
  readonly lookEveryMs?: number;
}

interface Watched {
  /** Told at each look which sources are paused. */
  readonly onLook: (paused: ReadonlySet<string>) => void;
  readonly statuses: () => Promise<readonly SourceReport[]>;
}

const goodbyeWithinMs = 2_000;

/** Looks and tells until it is stopped. */
export class SourceWatch {
  readonly #options: SourceWatchOptions;
  readonly #watched: Watched;
  readonly #stopping = new AbortController();
  readonly #process: string;
  #isKnown = false;
  #isAway = false;
  #told: Told | undefined;
  #running = Promise.resolve();

  constructor(options: SourceWatchOptions, watched: Watched) {
    this.#options = options;
    this.#watched = watched;
    this.#process = options.process ?? `${process.pid}@${hostname()}`;
  }

  begin(): void {
    this.#running = this.#run();
  }

  /** Whether it is known which sources are paused. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Looks which sources are paused. @throws what `eventSources` of a client throws */
  async look(): Promise<void> {
    const sources = await this.#options.client.eventSources();
    if (this.#stopping.signal.aborted) return;
    this.#isKnown = true;
    this.#watched.onLook(new Set(sources.filter(({ paused }) => paused).map(({ name }) => name)));
  }

  /** Looks no more, and says that the process takes nothing, once the work is done that is to be done before. */
  async stop(before: () => Promise<void> = async () => undefined): Promise<void> {
    this.#stopping.abort();
    await before();
    await within(goodbyeWithinMs, this.#goodbye());
  }

  async #goodbye(): Promise<void> {
    // What is under way came first.
    await this.#running;
    if (!this.#told) return;
    const sources = await this.#watched.statuses();
    const last = sources.map((each) => ({ ...each, state: each.state === "off" ? each.state : "stopped" }) as const);
    await this.#tell(last, 0);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.look();
        await this.#tellIfDue();
        this.#isAway = false;
      } catch (error) {
        if (!this.#isAway && !signal.aborted)
          this.#options.logger?.warn({ err: error }, "How event sources stand can't be asked or told now");
        this.#isAway = true;
      }
      await sleep(this.#options.lookEveryMs ?? 2_000, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tellIfDue(): Promise<void> {
    if (this.#stopping.signal.aborted || !this.#isKnown) return;
    if (this.#told && Date.now() - this.#told.atMs < changedAfterMs) return;
    const sources = await this.#watched.statuses();
    const nextWithinMs = reportNow(this.#told, sources, Date.now());
    if (nextWithinMs !== undefined) await this.#tell(sources, nextWithinMs);
  }

  async #tell(sources: readonly SourceReport[], nextWithinMs: number): Promise<void> {
    const atMs = Date.now();
    const at = new Date(atMs).toISOString();
    await this.#options.client.reportEventSources({ process: this.#process, at, nextWithinMs, sources });
    this.#told = { atMs, nextWithinMs, sources };
  }
}

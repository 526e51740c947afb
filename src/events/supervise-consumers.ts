// Consumers that people can see and pause. Nothing is taken before it is known what is paused: every consumer starts paused, and the
// first look resumes it. Who pauses it later is heard at the next look.
import type { SourceReport } from "tenuto";
import type { ConsumerLogger, EventConsumer } from "./consumer.ts";
import { SourceWatch, type SourceWatchOptions } from "./source-watch.ts";
import { type Consumers, type ConsumersOptions, startConsumers } from "./start-consumers.ts";
import { within } from "./within.ts";

/** What an app's consumers need to be seen and paused. */
export interface SuperviseOptions extends ConsumersOptions, Pick<SourceWatchOptions, "process" | "lookEveryMs"> {}

/**
 * Begins to take the events of all of an app's sources that come from a broker, as {@link startConsumers} does; those that somebody
 * has paused stay so, also over restarts. It tells how they stand, for `client.eventSources()` and `GET /v1/event-sources`. A
 * source that is off is told as such.
 *
 * @throws `InvalidDefinition` when no adapter takes a source's kind.
 * @example
 * ```ts
 * const consumers = await superviseConsumers({ app, client, variables: process.env });
 * await consumers.stop();
 * ```
 */
export async function superviseConsumers(options: SuperviseOptions): Promise<Consumers> {
  const { logger } = options;
  const off: SourceReport[] = [];
  const consumers = await startConsumers({
    ...options,
    startsPaused: true,
    onOff: (source, error) => {
      const { message } = error;
      off.push({ source, state: "off", inFlight: 0, settled: 0, settledLastMinute: 0, lastError: message });
      if (options.onOff) options.onOff(source, error);
      else logger?.warn({ source }, message);
    },
  });
  const switches = consumers.all.map((consumer) => new PauseSwitch(consumer, logger));
  const watch = new SourceWatch(options, {
    onLook: (paused) => {
      for (const each of switches) each.set(paused.has(each.source));
    },
    statuses: async () => [...off, ...(await Promise.all(consumers.all.map(reportOf)))],
  });
  watch.begin();
  return {
    all: consumers.all,
    stop: (withinMs) => watch.stop(() => consumers.stop(withinMs)),
  };
}

/** Whether a consumer is to be paused; what does not work is tried again at the next look. */
class PauseSwitch {
  readonly #consumer: EventConsumer;
  readonly #logger: ConsumerLogger | undefined;
  /** Not known of an adapter that may not begin paused: the first look says it in any case. */
  #isPaused: boolean | undefined;
  #isMoving = false;

  constructor(consumer: EventConsumer, logger: ConsumerLogger | undefined) {
    this.#consumer = consumer;
    this.#logger = logger;
  }

  get source(): string {
    return this.#consumer.source;
  }

  set(isPaused: boolean): void {
    if (this.#isMoving || this.#isPaused === isPaused) return;
    this.#isMoving = true;
    void this.#move(isPaused).finally(() => (this.#isMoving = false));
  }

  async #move(isPaused: boolean): Promise<void> {
    const { source } = this;
    try {
      await (isPaused ? this.#consumer.pause() : this.#consumer.resume());
      this.#isPaused = isPaused;
      if (isPaused) this.#logger?.info({ source }, `event source "${source}" is paused`);
    } catch (error) {
      this.#logger?.warn({ source, err: error }, `event source "${source}" can't be paused or resumed now`);
    }
  }
}

const backlogWithinMs = 1_000;

async function reportOf(consumer: EventConsumer): Promise<SourceReport> {
  // A broker that is away does not tell; its consumer's state says that.
  const backlog = await within(backlogWithinMs, consumer.backlog());
  return { source: consumer.source, ...consumer.status(), ...(backlog !== undefined && { backlog }) };
}

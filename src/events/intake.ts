import type { EventSource } from "tenuto";
import type { ConsumerHost, ConsumerStatus } from "./consumer.ts";
import { errorText } from "./error-text.ts";
import { EventCounter } from "./event-counter.ts";
import { settle, type Settled, type Settling } from "./settle.ts";

/** Where a consumer stands with its broker. */
export interface Standing {
  readonly isStopped: boolean;
  readonly isPaused: boolean;
  readonly isConnected: boolean;
  /** Messages that are under way. */
  readonly inFlight: number;
}

/** A message that an adapter has taken. */
export type TakenMessage = Pick<Settling, "read" | "content" | "signal">;

/**
 * What the consumers of every kind have in common: it settles their messages, and knows how that goes.
 *
 * @example
 * ```ts
 * import { EventIntake, redisStream } from "tenuto/events";
 *
 * const noted = onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order });
 * const source = defineEventSource("orders", { from: redisStream({ stream: "orders", url: "REDIS" }), on: { noted } });
 * const intake = new EventIntake(source, { client });
 * const { signal } = new AbortController();
 * const content = Buffer.from("{}");
 * const settled = await intake.take({ read: () => ({ id: "1", type: "noted", data: {} }), content, signal });
 * if (settled?.status === "done") console.log("acknowledge it");
 * ```
 */
export class EventIntake {
  readonly #source: EventSource;
  readonly #host: Pick<ConsumerHost, "client" | "logger">;
  readonly #settled = new EventCounter();
  /** How many Temporal does not take now. */
  #held = 0;
  #lastError: Pick<ConsumerStatus, "lastError" | "lastErrorAt"> = {};

  constructor(source: EventSource, host: Pick<ConsumerHost, "client" | "logger">) {
    this.#source = source;
    this.#host = host;
  }

  /** Settles a message; `undefined` when its signal fires before that: then it is not to be acknowledged. */
  async take(message: TakenMessage): Promise<Settled | undefined> {
    let isHeld = false;
    const onHeld = (error: unknown) => {
      if (isHeld) return;
      isHeld = true;
      this.#held += 1;
      this.failed(error, `An event of "${this.#source.name}" is held`);
    };
    try {
      const settled = await settle({ ...message, client: this.#host.client, source: this.#source, onHeld });
      if (settled) this.#settled.count(Date.now());
      return settled;
    } finally {
      if (isHeld) this.#held -= 1;
    }
  }

  /** Tells of what does not work now and is tried again. */
  failed(error: unknown, message: string): void {
    this.#lastError = { lastError: errorText(error), lastErrorAt: new Date().toISOString() };
    this.#host.logger?.warn({ source: this.#source.name, err: error }, message);
  }

  /** How its consumer stands. */
  status(standing: Standing): ConsumerStatus {
    const { lastAt, total } = this.#settled;
    return {
      state: this.#stateOf(standing),
      inFlight: standing.inFlight,
      settled: total,
      settledLastMinute: this.#settled.ofLastMinute(Date.now()),
      ...(lastAt !== undefined && { lastEventAt: new Date(lastAt).toISOString() }),
      ...this.#lastError,
    };
  }

  #stateOf({ isStopped, isPaused, isConnected }: Standing): ConsumerStatus["state"] {
    if (isStopped) return "stopped";
    if (!isConnected) return "reconnecting";
    if (this.#held > 0) return "holding";
    return isPaused ? "paused" : "consuming";
  }
}

// What a consumer does with one message, whatever the broker. A message is done when Temporal has what it does, or keeps it as a
// dead letter. While Temporal is away it is held, and with it the consumer's room for others: nothing is given back to the
// broker, which would count that against the message.
import { setTimeout as sleep } from "node:timers/promises";
import { type EventSource, PayloadTooLarge } from "tenuto";
import {
  deliver,
  type Delivery,
  type IncomingEvent,
  isPassing,
  type RefusedEvent,
  refusalOf,
  type TenutoClient,
} from "tenuto/client";
import { unreadable } from "./unreadable.ts";

/** What is to be done with a message: it is acknowledged in both cases. */
export type Settled =
  /** Temporal has what it does, or keeps it as the dead letter of that id. */
  | { readonly status: "done"; readonly delivery?: Delivery; readonly deadLetterId?: string }
  /** It will never work as it is, and Temporal can't keep it: it is to be kept, with why, before it is acknowledged. */
  | { readonly status: "poison"; readonly why: string };

/** What settling a message needs. */
export interface Settling {
  readonly client: TenutoClient;
  readonly source: EventSource;
  /** What came: that is kept when it can't be read. */
  readonly content: Uint8Array;
  /** Reads the event. @throws what makes it poison */
  readonly read: () => IncomingEvent;
  /** Aborted when the consumer is to end: a message that is held is then left to the broker. */
  readonly signal: AbortSignal;
  /** Is told why a message is held, each time. */
  readonly onHeld?: (error: unknown) => void;
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;
const mostFailures = 5;

/** `undefined` when the consumer ends before the message is settled: it is not to be acknowledged. */
export async function settle({ signal, onHeld, ...settling }: Settling): Promise<Settled | undefined> {
  const message = new Message(settling);
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      return await message.settled();
    } catch (error) {
      message.failed(error);
      onHeld?.(error);
      await sleep(waitMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

/** One message, on its way to a run or to a dead letter. */
class Message {
  readonly #settling: Pick<Settling, "client" | "source">;
  readonly #event: IncomingEvent | undefined;
  #refused: RefusedEvent | undefined;
  #failures = 0;

  constructor({ client, source, content, read }: Omit<Settling, "signal" | "onHeld">) {
    this.#settling = { client, source };
    try {
      this.#event = read();
    } catch (error) {
      this.#refused = unreadable(content, error);
    }
  }

  /** @throws what may be otherwise in a moment */
  async settled(): Promise<Settled> {
    const { client, source } = this.#settling;
    if (this.#event && !this.#refused) {
      const delivery = await deliver(client, source, this.#event);
      const error = refusalOf(source, delivery);
      if (!error) return { status: "done", delivery };
      this.#refuse({ event: this.#event, error });
    }
    return this.#kept();
  }

  /** What no time heals would keep its place for ever. */
  failed(error: unknown): void {
    if (isPassing(error)) return;
    this.#failures += 1;
    if (this.#failures < mostFailures || !this.#event || this.#refused) return;
    const [type, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
    this.#refuse({ event: this.#event, error: { type, message: `It failed ${mostFailures} times: ${message}` } });
  }

  #refuse(refused: RefusedEvent): void {
    this.#refused = refused;
    this.#failures = 0;
  }

  async #kept(): Promise<Settled> {
    const { client, source } = this.#settling;
    if (!this.#refused) throw new TypeError("There is nothing to keep");
    const { message } = this.#refused.error;
    if (this.#failures === mostFailures) return { status: "poison", why: message };
    try {
      return { status: "done", deadLetterId: await client.keepEvent(source, this.#refused) };
    } catch (error) {
      if (error instanceof PayloadTooLarge) return { status: "poison", why: `${message} ${error.message}` };
      throw error;
    }
  }
}

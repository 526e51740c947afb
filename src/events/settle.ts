// What a consumer does with one message, whatever the broker. A message is done when Temporal has what it does, or when it is
// poison and kept where people find it. While Temporal is away it is held, and with it the consumer's room for others:
// nothing is given back to the broker, which would count that against the message.
import { setTimeout as sleep } from "node:timers/promises";
import { type EventSource, InvalidInput } from "tenuto";
import type { TenutoClient } from "tenuto/client";
import { deliver, type Delivery, type IncomingEvent } from "./deliver.ts";

/** What is to be done with a message: it is acknowledged in both cases. */
export type Settled =
  | { readonly status: "done"; readonly delivery: Delivery }
  /** It will never work as it is: it is to be kept, with why, before it is acknowledged. */
  | { readonly status: "poison"; readonly why: string };

/** What settling a message needs. */
export interface Settling {
  readonly client: TenutoClient;
  readonly source: EventSource;
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

const passing: ReadonlySet<string> = new Set([
  ...["TemporalUnavailable", "RateLimited", "NoWorkerPolling", "RunNotAnswering", "TransitionInProgress"],
]);

/** Whether time may heal it: the server, a worker or a run does not answer, or is busy. */
function isPassing(error: unknown): boolean {
  return error instanceof Error && passing.has(error.name);
}

/** `undefined` when the consumer ends before the message is settled: it is not to be acknowledged. */
export async function settle({ client, source, read, signal, onHeld }: Settling): Promise<Settled | undefined> {
  let event: IncomingEvent;
  try {
    event = read();
  } catch (error) {
    return { status: "poison", why: error instanceof Error ? error.message : String(error) };
  }
  let failures = 0;
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      const delivery = await deliver(client, source, event);
      const why = poisonIn(source, delivery);
      return why === undefined ? { status: "done", delivery } : { status: "poison", why };
    } catch (error) {
      // What no time heals would keep its place for ever.
      failures += isPassing(error) ? 0 : 1;
      if (failures === mostFailures)
        return { status: "poison", why: `It failed ${mostFailures} times: ${String(error)}` };
      onHeld?.(error);
      await sleep(waitMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

function poisonIn({ name }: EventSource, delivery: Delivery): string | undefined {
  switch (delivery.outcome) {
    case "accepted":
    case "duplicate":
    case "filtered":
      return undefined;
    case "unmatched":
      return `Source "${name}" does nothing with events of this type; it knows ${delivery.known.join(", ")}.`;
    case "invalid":
      return new InvalidInput(`The event of source "${name}"`, delivery.issues).message;
    case "refused":
      return delivery.error.message;
  }
}

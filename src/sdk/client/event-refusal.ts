import type { EventSource } from "../core/define-event-source.ts";
import type { BriefError } from "../core/dead-letter.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { Delivery } from "./deliver-event.ts";

/**
 * Why an event was not taken, so that a dead letter is to keep it; `undefined` when it was, or nothing is to be done with it.
 *
 * @example
 * ```ts
 * import { deliver, refusalOf } from "tenuto/client";
 *
 * const error = refusalOf(source, await deliver(client, source, event));
 * if (error) await client.keepEvent(source, { event, error });
 * ```
 */
export function refusalOf({ name, unmatched }: EventSource, delivery: Delivery): BriefError | undefined {
  switch (delivery.outcome) {
    case "accepted":
    case "duplicate":
    case "filtered":
      return undefined;
    case "unmatched": {
      if (unmatched === "ignore") return undefined;
      const known = delivery.known.join(", ");
      const message = `Source "${name}" does nothing with events of this type; it knows ${known}.`;
      return { type: "UnmatchedEvent", message };
    }
    case "invalid": {
      const { name: type, message } = new InvalidInput(`The event of source "${name}"`, delivery.issues);
      return { type, message };
    }
    case "refused": {
      const { name: type, message } = delivery.error;
      return { type, message };
    }
  }
}

const passing: ReadonlySet<string> = new Set([
  ...[
    "TemporalUnavailable",
    "RateLimited",
    "NoWorkerPolling",
    "RunNotAnswering",
    "TransitionInProgress",
    "WindowFull",
    "ConcurrencyLimit",
  ],
]);

/** Whether time may heal what `deliver` has thrown: the server, a worker or a run does not answer, or is busy. */
export function isPassing(error: unknown): boolean {
  return error instanceof Error && passing.has(error.name);
}

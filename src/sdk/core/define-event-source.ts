import { assertName } from "./definition-name.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import type { EventRule } from "./event-rule.ts";

/** How events come in: what `webhook` and the adapters of `tenuto/events` give. Plain data. */
export interface EventTransport {
  readonly kind: string;
}

/** What turns events from outside into starts, signals and updates, made by {@link defineEventSource}. */
export interface EventSource<Transport extends EventTransport = EventTransport> {
  readonly kind: "eventSource";
  readonly name: string;
  readonly from: Transport;
  /** What is done with events, by their types. */
  readonly on: Readonly<Record<string, EventRule>>;
  /** What becomes of events of other types. */
  readonly unmatched: "deadLetter" | "ignore";
  readonly description: string;
}

/** How events come in, and what is done with them. */
export interface EventSourceDefinition<Transport extends EventTransport> {
  readonly from: Transport;
  readonly on: Readonly<Record<string, EventRule>>;
  /**
   * What becomes of events of types that are not in `on`: each is a dead letter, to be redriven when there is a rule for it;
   * or nothing is done, as is right for a sender that sends what nobody has asked for.
   *
   * @default "deadLetter"
   */
  readonly unmatched?: "deadLetter" | "ignore";
  /** Where the events come from, in Markdown. */
  readonly description?: string;
}

/**
 * Describes where events come from and what they do; the app lists it in `sources`.
 *
 * @throws `InvalidDefinition` when the name is unusable, or nothing is done with any event.
 * @example
 * ```ts
 * import { standardWebhooks, webhook } from "tenuto/events";
 *
 * const placed = onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order });
 * const signature = standardWebhooks({ secrets: "TENUTO_WEBHOOK_SECRET_SHOP" });
 * const shop = defineEventSource("shop", { from: webhook({ signature }), on: { "order.placed": placed } });
 * ```
 */
export function defineEventSource<Transport extends EventTransport>(
  name: string,
  { from, on, unmatched = "deadLetter", description = "" }: EventSourceDefinition<Transport>,
): EventSource<Transport> {
  assertName(name, "The name of an event source");
  if (Object.keys(on).length === 0) {
    const what = `\`on\` of event source "${name}"`;
    throw new InvalidDefinition({ what, got: on, remedy: "Say what is done with one type of event at least." });
  }
  return { kind: "eventSource", name, from, on, unmatched, description };
}

import { type EventTransport, InvalidDefinition } from "tenuto";

/** Events that come in a queue of RabbitMQ. */
export interface RabbitMqTransport extends EventTransport {
  readonly kind: "rabbitmq";
  readonly queue: string;
  readonly url: string;
  readonly prefetch: number;
  readonly exchange?: string;
  readonly bindings: readonly string[];
}

/** Where a queue is, and what comes into it. */
export interface RabbitMqOptions {
  /** The queue. It is made if it is not there, and so is `{queue}.dead` for what can't be used. */
  readonly queue: string;
  /** The name of the environment variable that has the broker's URL, never the URL. */
  readonly url: string;
  /** How many messages are under way at most, in one process. @default 20 */
  readonly prefetch?: number;
  /** The exchange that the queue gets its messages from; it is its sender's, and must be there. @default none is bound */
  readonly exchange?: string;
  /** Which of the exchange's messages come into the queue, by routing key. @default ["#"] */
  readonly bindings?: readonly string[];
}

const mostUnderWay = 65_535;
/** `.dead` comes after it, and AMQP's names have 255 bytes at most. */
const longestQueue = 250;

/**
 * Events that come in a queue of RabbitMQ, which is a quorum queue. A message has the id of its event in the property
 * `messageId` and the type in `type`; then its body is the data. Without one of these the body is `{ id, type, data }`.
 *
 * @throws `InvalidDefinition` when the queue has no usable name, or `prefetch` is no number of messages.
 * @example
 * ```ts
 * const orders = rabbitMq({ queue: "orders", url: "TENUTO_RABBITMQ_URL", exchange: "shop", bindings: ["order.*"] });
 * ```
 */
export function rabbitMq({
  queue,
  url,
  prefetch = 20,
  exchange,
  bindings = ["#"],
}: RabbitMqOptions): RabbitMqTransport {
  if (queue === "" || Buffer.byteLength(queue) > longestQueue || queue.startsWith("amq.")) {
    const remedy = `Give it 1 to ${longestQueue} bytes; names that begin with "amq." are the broker's.`;
    throw new InvalidDefinition({ what: "The name of a RabbitMQ queue", got: queue, remedy });
  }
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > mostUnderWay) {
    const what = `\`prefetch\` of RabbitMQ queue "${queue}"`;
    throw new InvalidDefinition({ what, got: prefetch, remedy: `Give an integer from 1 to ${mostUnderWay}.` });
  }
  return { kind: "rabbitmq", queue, url, prefetch, bindings, ...(exchange !== undefined && { exchange }) };
}

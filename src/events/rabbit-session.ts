// One connection to RabbitMQ, from its first message to its end. A message is acknowledged when it is settled; one that is
// poison is first put where people find it, which the broker confirms. What is neither when the connection ends, the broker
// brings again.
import { setMaxListeners } from "node:events";
import type { ChannelModel, ConfirmChannel, ConsumeMessage, Options } from "amqplib";
import type { EventSource } from "tenuto";
import type { RabbitMqTransport } from "./rabbit-mq.ts";
import type { Settled } from "./settle.ts";

/** As often a message may come again before the broker itself puts it with the dead ones. */
const deliveryLimit = 50;
/** A header must fit into one frame. */
const longestWhy = 1_000;

/** Where a queue's poison is kept: an exchange and a queue of this name. */
function deadOf({ queue }: RabbitMqTransport): string {
  return `${queue}.dead`;
}

/** What a session works with. */
export interface SessionOptions {
  readonly connection: ChannelModel;
  readonly source: EventSource<RabbitMqTransport>;
  /** Settles a message; the signal is aborted when nobody waits for that any more. */
  readonly take: (message: ConsumeMessage, signal: AbortSignal) => Promise<Settled | undefined>;
  /** Aborted when no more is to be begun. */
  readonly stopping: AbortSignal;
  /** Whether it is to take no messages until it is resumed. */
  readonly isPaused: boolean;
}

/** A session that takes messages. */
export interface RabbitSession {
  /** Resolves when it is over, with the reason if it was none of ours. */
  readonly ended: Promise<Error | undefined>;
  /** How many messages are under way. */
  inFlight(): number;
  /** How many messages wait in the queue. */
  backlog(): Promise<number>;
  /** Takes no more messages. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Makes what is missing of queues, and begins to take messages. */
export async function openSession(options: SessionOptions): Promise<RabbitSession> {
  const { connection, source, take, stopping } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([stopping, ending.signal]);
  // Each message that is held listens.
  setMaxListeners(0, signal);
  let inFlight = 0;
  let reason: Error | undefined;
  const fail = (error: unknown) => {
    reason ??= error instanceof Error ? error : new Error(String(error));
    // It may be closed already, or half open.
    connection.close().catch(() => undefined);
    ending.abort();
  };
  const ended = new Promise<Error | undefined>((resolve) => {
    ending.signal.addEventListener("abort", () => resolve(reason), { once: true });
  });
  connection.on("error", fail);
  connection.on("close", () => ending.abort());
  try {
    const channel = await connection.createConfirmChannel();
    channel.on("error", fail);
    channel.on("close", () => ending.abort());
    await assertQueues(channel, source.from);
    const keep = poisonKeeper(channel, source);
    const settleOne = async (message: ConsumeMessage) => {
      inFlight += 1;
      try {
        const settled = await take(message, signal);
        if (!settled || ending.signal.aborted) return;
        if (settled.status === "poison") await keep(message, settled.why);
        channel.ack(message);
      } finally {
        inFlight -= 1;
      }
    };
    await channel.prefetch(source.from.prefetch);
    const { queue } = source.from;
    let consumerTag: string | undefined;
    const resume = async () => {
      if (consumerTag !== undefined) return;
      const begun = await channel.consume(queue, (message) => {
        if (message) settleOne(message).catch(fail);
        else fail(new Error(`RabbitMQ took the queue "${queue}" away`));
      });
      consumerTag = begun.consumerTag;
    };
    if (!options.isPaused) await resume();
    return {
      ended,
      inFlight: () => inFlight,
      backlog: async () => (await channel.checkQueue(queue)).messageCount,
      pause: async () => {
        const tag = consumerTag;
        consumerTag = undefined;
        if (tag !== undefined) await channel.cancel(tag);
      },
      resume,
      close: async () => {
        await connection.close();
        ending.abort();
      },
    };
  } catch (error) {
    fail(error);
    throw error;
  }
}

async function assertQueues(channel: ConfirmChannel, transport: RabbitMqTransport): Promise<void> {
  const { queue, exchange, bindings } = transport;
  const dead = deadOf(transport);
  const quorum = { "x-queue-type": "quorum" };
  await channel.assertExchange(dead, "fanout", { durable: true });
  await channel.assertQueue(dead, { durable: true, arguments: quorum });
  await channel.bindQueue(dead, dead, "");
  const limited = { ...quorum, "x-delivery-limit": deliveryLimit, "x-dead-letter-exchange": dead };
  await channel.assertQueue(queue, { durable: true, arguments: limited });
  if (exchange === undefined) return;
  for (const key of bindings) await channel.bindQueue(queue, exchange, key);
}

/** Puts messages with the dead ones; resolves when the broker has them there. */
function poisonKeeper(channel: ConfirmChannel, { name, from }: EventSource<RabbitMqTransport>) {
  const dead = deadOf(from);
  const returned = new Set<unknown>();
  channel.on("return", ({ properties }) => returned.add(properties.headers?.["tenuto-delivery"]));
  return async ({ content, fields, properties }: ConsumeMessage, why: string): Promise<void> => {
    const delivery = String(fields.deliveryTag);
    const headers = {
      ...properties.headers,
      "tenuto-why": why.slice(0, longestWhy),
      "tenuto-source": name,
      "tenuto-routing-key": fields.routingKey,
      "tenuto-delivery": delivery,
    };
    await new Promise<void>((resolve, reject) => {
      const options = { ...asPublished(properties), headers, persistent: true, mandatory: true };
      channel.publish(dead, fields.routingKey, content, options, (error: unknown) => {
        if (error) reject(error instanceof Error ? error : new Error("RabbitMQ did not take a dead message"));
        else resolve();
      });
    });
    // It comes before its confirmation.
    if (returned.delete(delivery)) throw new Error(`RabbitMQ has no queue for the dead messages of "${from.queue}"`);
  };
}

/** What a sender says of a message, without what the broker would act on once more. */
function asPublished(properties: ConsumeMessage["properties"]): Options.Publish {
  const { messageId, type, contentType, contentEncoding, correlationId, timestamp, appId } =
    properties as Options.Publish;
  const own = { messageId, type, contentType, contentEncoding, correlationId, timestamp, appId };
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

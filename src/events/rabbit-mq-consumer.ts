// Takes the events of a queue of RabbitMQ. Why nothing is lost: a message is acknowledged only after Temporal has what it does,
// or after it is kept with the dead ones; all others the broker brings again, and the event's id keeps that from doing things
// twice. How it fails: while Temporal is away messages are held, up to `prefetch`; while the broker is away it is tried again.
import { setTimeout as sleep } from "node:timers/promises";
import type { ConsumeMessage } from "amqplib";
import type { EventSource } from "tenuto";
import type { ConsumerHost, ConsumerStatus, EventConsumer } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import type { RabbitMqTransport } from "./rabbit-mq.ts";
import { openSession, type RabbitSession, type SessionOptions } from "./rabbit-session.ts";
import { readMessage } from "./read-message.ts";
import { settle } from "./settle.ts";

/** What the consumer of a queue works with. */
export interface RabbitMqConsumerOptions extends ConsumerHost {
  /** Where the broker's URL is that the source names, such as `process.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;
const connectWithinMs = 10_000;
/** In seconds: a peer that is gone without a word is noticed after two. */
const heartbeat = 10;
/** A broker that does not answer is not waited for. */
const goodbyeWithinMs = 1_000;

/**
 * Takes the events of a queue until it is stopped. A broker that is away is tried again, also at the start.
 *
 * @throws {@link BrokerNotUsable} when its URL is not set or none, or the package `amqplib` is not installed.
 * @example
 * ```ts
 * const orders = defineEventSource("orders", {
 *   from: rabbitMq({ queue: "orders", url: "TENUTO_RABBITMQ_URL" }),
 *   on: { "order.placed": onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order }) },
 * });
 * const consumer = await startRabbitMqConsumer(orders, { client, variables: process.env });
 * await consumer.stop();
 * ```
 */
export async function startRabbitMqConsumer(
  source: EventSource<RabbitMqTransport>,
  { client, logger, variables }: RabbitMqConsumerOptions,
): Promise<EventConsumer> {
  const connect = await connector(source, variables);
  const stopping = new AbortController();
  const held = new Set<ConsumeMessage>();
  let session: RabbitSession | undefined;
  let lastError: string | undefined;
  const failed = (error: unknown, message: string) => {
    lastError = error instanceof Error ? error.message : String(error);
    logger?.warn({ source: source.name, err: error }, message);
  };
  const take: SessionOptions["take"] = async (message, signal) => {
    try {
      return await settle({
        ...{ client, source, signal },
        read: () => eventIn(message),
        onHeld: (error) => {
          if (!held.has(message)) failed(error, `an event of "${source.name}" is held`);
          held.add(message);
        },
      });
    } finally {
      held.delete(message);
    }
  };
  const once = async () => {
    const connection = await connect();
    session = await openSession({ connection, source, take, stopping: stopping.signal });
    if (stopping.signal.aborted) return session.close();
    logger?.info({ source: source.name, queue: source.from.queue }, `taking the events of "${source.name}"`);
    const reason = await session.ended;
    if (!stopping.signal.aborted) throw reason ?? new Error("RabbitMQ closed the connection");
  };
  const running = untilStopped(once, {
    signal: stopping.signal,
    onFailed: (error) => {
      session = undefined;
      failed(error, `RabbitMQ does not give the events of "${source.name}"; it is tried again`);
    },
  });
  return {
    source: source.name,
    status: () => ({
      state: stateOf({ isStopped: stopping.signal.aborted, isConnected: session !== undefined, held: held.size }),
      inFlight: session?.inFlight() ?? 0,
      ...(lastError !== undefined && { lastError }),
    }),
    async stop(withinMs = 10_000) {
      if (session) await briefly(session.pause());
      stopping.abort();
      for (const until = Date.now() + withinMs; session?.inFlight() && Date.now() < until;) await sleep(10);
      if (session) await briefly(session.close());
      await briefly(running);
    },
  };
}

function eventIn({ content, properties }: ConsumeMessage): ReturnType<typeof readMessage> {
  const { messageId, type } = properties as { readonly messageId?: unknown; readonly type?: unknown };
  return readMessage({ content, id: messageId, type });
}

interface Standing {
  readonly isStopped: boolean;
  readonly isConnected: boolean;
  readonly held: number;
}

function stateOf({ isStopped, isConnected, held }: Standing): ConsumerStatus["state"] {
  if (isStopped) return "stopped";
  if (!isConnected) return "reconnecting";
  return held > 0 ? "holding" : "consuming";
}

async function untilStopped(
  once: () => Promise<void>,
  { signal, onFailed }: { readonly signal: AbortSignal; readonly onFailed: (error: unknown) => void },
): Promise<void> {
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    const startedAt = Date.now();
    try {
      await once();
    } catch (error) {
      onFailed(error);
      if (Date.now() - startedAt > longestWaitMs) waitMs = firstWaitMs;
      await sleep(waitMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }
}

async function briefly(work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = sleep(goodbyeWithinMs, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  done.abort();
}

async function connector(source: EventSource<RabbitMqTransport>, variables: RabbitMqConsumerOptions["variables"]) {
  const { name, from } = source;
  const url = brokerUrl(variables[from.url] ?? "");
  if (url === undefined) {
    throw new BrokerNotUsable(name, `${from.url} is not set to a URL such as amqp://user:password@host:5672. Set it.`);
  }
  const amqplib = await import("amqplib").catch((error: unknown) => {
    const problem = "the package amqplib is not installed. Install it: npm install amqplib@2";
    throw new BrokerNotUsable(name, problem, { cause: error });
  });
  return () =>
    amqplib.connect(url, { timeout: connectWithinMs, clientProperties: { connection_name: `tenuto ${name}` } });
}

function brokerUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "amqp:" && url.protocol !== "amqps:") return undefined;
  if (!url.searchParams.has("heartbeat")) url.searchParams.set("heartbeat", String(heartbeat));
  return url.href;
}

// Takes the events of a queue of RabbitMQ. Why nothing is lost: a message is acknowledged only after Temporal has what it does,
// or after it is kept with the dead ones; all others the broker brings again, and the event's id keeps that from doing things
// twice. How it fails: while Temporal is away messages are held, up to `prefetch`; while the broker is away it is tried again.
import { setTimeout as sleep } from "node:timers/promises";
import type { ConsumeMessage } from "amqplib";
import type { EventSource } from "tenuto";
import type { ConsumerHost, EventConsumer } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import { EventIntake } from "./intake.ts";
import type { RabbitMqTransport } from "./rabbit-mq.ts";
import { openSession, type RabbitSession, type SessionOptions } from "./rabbit-session.ts";
import { readMessage } from "./read-message.ts";
import { within } from "./within.ts";

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
  host: ConsumerHost,
): Promise<EventConsumer> {
  const connect = await connector(source, host.variables);
  const intake = new EventIntake(source, host);
  const stopping = new AbortController();
  let isPaused = host.startsPaused ?? false;
  let session: RabbitSession | undefined;
  const take: SessionOptions["take"] = (message, signal) =>
    intake.take({ read: () => eventIn(message), content: message.content, signal });
  const once = async () => {
    const connection = await connect();
    session = await openSession({ connection, source, take, stopping: stopping.signal, isPaused });
    if (stopping.signal.aborted) return session.close();
    // It may have been paused, or resumed, meanwhile.
    await (isPaused ? session.pause() : session.resume());
    host.logger?.info({ source: source.name, queue: source.from.queue }, `taking the events of "${source.name}"`);
    const reason = await session.ended;
    if (!stopping.signal.aborted) throw reason ?? new Error("RabbitMQ closed the connection");
  };
  const running = untilStopped(once, {
    signal: stopping.signal,
    onFailed: (error) => {
      session = undefined;
      intake.failed(error, `RabbitMQ does not give the events of "${source.name}"; it is tried again`);
    },
  });
  const inFlight = () => session?.inFlight() ?? 0;
  return {
    source: source.name,
    status: () =>
      intake.status({
        ...{ isStopped: stopping.signal.aborted, isPaused },
        ...{ isConnected: session !== undefined, inFlight: inFlight() },
      }),
    backlog: async () => session?.backlog(),
    async pause() {
      isPaused = true;
      await session?.pause();
    },
    async resume() {
      isPaused = false;
      await session?.resume();
    },
    async stop(withinMs = 10_000) {
      if (session) await within(goodbyeWithinMs, session.pause());
      stopping.abort();
      for (const until = Date.now() + withinMs; inFlight() > 0 && Date.now() < until;) await sleep(10);
      if (session) await within(goodbyeWithinMs, session.close());
      await within(goodbyeWithinMs, running);
    },
  };
}

function eventIn({ content, properties }: ConsumeMessage): ReturnType<typeof readMessage> {
  const { messageId, type } = properties as { readonly messageId?: unknown; readonly type?: unknown };
  return readMessage({ content, id: messageId, type });
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

async function connector(source: EventSource<RabbitMqTransport>, variables: ConsumerHost["variables"]) {
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

import { type App, type EventSource, InvalidDefinition } from "tenuto";
import { startRabbitMqConsumer } from "./rabbit-mq-consumer.ts";
import type { ConsumerHost, EventConsumer } from "./consumer.ts";
import type { RabbitMqTransport } from "./rabbit-mq.ts";
import { startRedisConsumer } from "./redis-consumer.ts";
import type { RedisStreamTransport } from "./redis-streams.ts";
import { isWebhook } from "./webhook.ts";

/** What an app's consumers need. */
export interface ConsumersOptions extends ConsumerHost {
  readonly app: App;
  /** Where the addresses are that sources name, such as `process.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The consumers of an app's sources, made by {@link startConsumers}. */
export interface Consumers {
  readonly all: readonly EventConsumer[];
  /** Ends them all, as `EventConsumer.stop` does. */
  stop(withinMs?: number): Promise<void>;
}

/**
 * Begins to take the events of all of an app's sources that come from a broker; what is posted, `createWebhooks` takes.
 *
 * @throws `InvalidDefinition` when a source is of a kind that is not known here, and what the adapters throw when an address is
 *   not set.
 * @example
 * ```ts
 * const consumers = await startConsumers({ app, client, variables: process.env });
 * await consumers.stop();
 * ```
 */
export async function startConsumers({ app, ...options }: ConsumersOptions): Promise<Consumers> {
  const all: EventConsumer[] = [];
  const stop = async (withinMs?: number) => {
    await Promise.all(all.map((consumer) => consumer.stop(withinMs)));
  };
  try {
    for (const source of app.sources ?? []) {
      if (!isWebhook(source.from)) all.push(await startConsumer(source, options));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { all, stop };
}

function startConsumer(source: EventSource, options: Omit<ConsumersOptions, "app">): Promise<EventConsumer> {
  const { kind } = source.from;
  // What a kind's transport is, the function that makes it says.
  if (kind === "rabbitmq") return startRabbitMqConsumer(source as EventSource<RabbitMqTransport>, options);
  if (kind === "redisStream") return startRedisConsumer(source as EventSource<RedisStreamTransport>, options);
  throw new InvalidDefinition({
    what: `\`from\` of event source "${source.name}"`,
    got: kind,
    remedy: "Use webhook, rabbitMq or redisStream, or settle the messages of your own consumer by `settle`.",
  });
}

import { type App, type EventSource, InvalidDefinition } from "tenuto";
import type { ConsumerHost, EventAdapter, EventConsumer } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import { startRabbitMqConsumer } from "./rabbit-mq-consumer.ts";
import type { RabbitMqTransport } from "./rabbit-mq.ts";
import { startRedisConsumer } from "./redis-consumer.ts";
import type { RedisStreamTransport } from "./redis-streams.ts";
import { startSqsConsumer } from "./sqs-consumer.ts";
import type { SqsTransport } from "./sqs.ts";
import { isWebhook } from "./webhook.ts";

/** What an app's consumers need. */
export interface ConsumersOptions extends ConsumerHost {
  readonly app: App;
  /** Adapters of your own; one of a kind that Tenuto has goes before it. @default none */
  readonly adapters?: readonly EventAdapter[];
  /** Is told of a source that is off, since its broker's address is not set or its package not installed. @default it is thrown */
  readonly onOff?: (source: string, error: BrokerNotUsable) => void;
}

/** The consumers of an app's sources, made by {@link startConsumers}. */
export interface Consumers {
  readonly all: readonly EventConsumer[];
  /** Ends them all, as `EventConsumer.stop` does. */
  stop(withinMs?: number): Promise<void>;
}

const rabbitMqAdapter: EventAdapter<RabbitMqTransport> = { kind: "rabbitmq", start: startRabbitMqConsumer };
const redisAdapter: EventAdapter<RedisStreamTransport> = { kind: "redisStream", start: startRedisConsumer };
const sqsAdapter: EventAdapter<SqsTransport> = { kind: "sqs", start: startSqsConsumer };
const ownAdapters: readonly EventAdapter[] = [rabbitMqAdapter, redisAdapter, sqsAdapter];

/**
 * Begins to take the events of all of an app's sources that come from a broker; what is posted, `createWebhooks` takes.
 *
 * @throws `InvalidDefinition` when no adapter takes a source's kind, `BrokerNotUsable` when an address is not set.
 * @example
 * ```ts
 * const consumers = await startConsumers({ app, client, variables: process.env });
 * await consumers.stop();
 * ```
 */
export async function startConsumers(options: ConsumersOptions): Promise<Consumers> {
  const { app, adapters = [], onOff } = options;
  const brought = broughtSources(app);
  const known = [...adapters, ...ownAdapters];
  const chosen = brought.map((source) => [source, adapterOf(source, known)] as const);
  const all: EventConsumer[] = [];
  const stop = async (withinMs?: number) => {
    await Promise.all(all.map((consumer) => consumer.stop(withinMs)));
  };
  for (const [source, adapter] of chosen) {
    try {
      all.push(await adapter.start(source, options));
    } catch (error) {
      if (onOff && error instanceof BrokerNotUsable) onOff(source.name, error);
      else {
        await stop();
        throw error;
      }
    }
  }
  return { all, stop };
}

/** The sources of an app whose events come from brokers; those of the others are posted. */
export function broughtSources({ sources = [] }: App): readonly EventSource[] {
  return sources.filter(({ from }) => !isWebhook(from));
}

function adapterOf({ name, from }: EventSource, adapters: readonly EventAdapter[]): EventAdapter {
  const adapter = adapters.find(({ kind }) => kind === from.kind);
  if (adapter) return adapter;
  throw new InvalidDefinition({
    what: `\`from\` of event source "${name}"`,
    got: from.kind,
    remedy: `Use one of ${adapters.map(({ kind }) => kind).join(", ")}, or give an adapter of your own in \`adapters\`.`,
  });
}

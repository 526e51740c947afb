import { after } from "node:test";
import { findElasticmq, findRabbit, findRedis } from "../../scripts/broker-programs.mjs";
import type { Broker } from "./broker.ts";
import { startRabbit } from "./rabbit.ts";
import { startRedis } from "./redis.ts";
import { startSqs } from "./sqs.ts";

export type BrokerKind = "rabbitmq" | "redis" | "sqs";

interface Recipe {
  readonly name: string;
  readonly find: (env: NodeJS.ProcessEnv) => unknown;
  readonly start: () => Promise<Broker>;
  readonly install: string;
}

const debian = "on Debian, apt-get install --no-install-recommends";

const recipes: Readonly<Record<BrokerKind, Recipe>> = {
  rabbitmq: { name: "RabbitMQ", find: findRabbit, start: startRabbit, install: `${debian} rabbitmq-server` },
  redis: { name: "Redis", find: findRedis, start: startRedis, install: `${debian} redis-server` },
  sqs: { name: "ElasticMQ", find: findElasticmq, start: startSqs, install: "npm run brokers" },
};

/** Starts a broker; who starts it stops it. */
export function startBrokerOf(kind: BrokerKind): Promise<Broker> {
  return recipes[kind].start();
}

/**
 * A broker for the tests of a file. The first test that asks for it starts it, and it is stopped after the last one. Where
 * this machine has none, `skip` says so, and how to get it.
 */
export function brokerOrSkip(kind: BrokerKind): {
  readonly skip: string | false;
  readonly broker: () => Promise<Broker>;
} {
  const { name, find, start, install } = recipes[kind];
  if (!find(process.env)) {
    const skip = `There is no ${name} here: ${install}`;
    return { skip, broker: () => Promise.reject(new Error(skip)) };
  }
  let started: Promise<Broker> | undefined;
  after(async () => {
    const broker = await started?.catch(() => undefined);
    await broker?.stop();
  });
  return { skip: false, broker: () => (started ??= start()) };
}

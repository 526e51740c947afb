// What the events bench does with a broker: it fills a queue from which a consumer then takes.
import { randomUUID } from "node:crypto";
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { connect } from "amqplib";
import { createClient as createRedis } from "redis";
import type { EventTransport } from "tenuto";
import { rabbitMq, redisStream, sqs } from "tenuto/events";
import type { BrokerKind } from "../../test/rig/brokers.ts";

/** A queue of a broker, and how events come into it. */
export interface Feed {
  readonly transport: EventTransport;
  /** Puts that many events of type `placed` into it; they are there when it returns. */
  fill(events: number): Promise<void>;
  close(): Promise<void>;
}

/** Makes a feed; the transport finds the broker by the variable `BROKER_URL`. */
type MakeFeed = (url: string, prefetch: number) => Promise<Feed>;

const eventOf = () => ({ id: randomUUID(), data: JSON.stringify({ id: randomUUID() }) });

const feedRabbit: MakeFeed = async (url, prefetch) => {
  const queue = "bench";
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  return {
    transport: rabbitMq({ queue, url: "BROKER_URL", prefetch }),
    async fill(events) {
      for (let count = 0; count < events; count += 1) {
        const { id, data } = eventOf();
        channel.sendToQueue(queue, Buffer.from(data), { messageId: id, type: "placed", persistent: true });
      }
      await channel.waitForConfirms();
    },
    close: () => connection.close(),
  };
};

const feedRedis: MakeFeed = async (url, prefetch) => {
  const stream = "bench";
  const redis = await createRedis({ url }).connect();
  return {
    transport: redisStream({ stream, url: "BROKER_URL", prefetch }),
    async fill(events) {
      const entries = Array.from({ length: events }, () => ({ type: "placed", ...eventOf() }));
      await Promise.all(entries.map((entry) => redis.xAdd(stream, "*", entry)));
    },
    close: () => redis.close(),
  };
};

/** In batches of ten, as many as SQS takes. */
const feedSqs: MakeFeed = async (url, prefetch) => {
  // As the AWS SDK finds them.
  Object.assign(process.env, { AWS_REGION: "bench", AWS_ACCESS_KEY_ID: "bench", AWS_SECRET_ACCESS_KEY: "bench" });
  const client = new SQSClient({ endpoint: url });
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "bench" }));
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  return {
    transport: sqs({ queue: "bench", endpoint: "BROKER_URL", prefetch }),
    async fill(events) {
      for (let sent = 0; sent < events; sent += 10) {
        const Entries = Array.from({ length: Math.min(10, events - sent) }, (_, index) => {
          const { id, data } = eventOf();
          const MessageAttributes = { id: text(id), type: text("placed") };
          return { Id: String(index), MessageBody: data, MessageAttributes };
        });
        await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    close: async () => client.destroy(),
  };
};

export const feeds = { rabbitmq: feedRabbit, redis: feedRedis, sqs: feedSqs } as const satisfies Partial<
  Record<BrokerKind, MakeFeed>
>;

import type { SQSClient } from "@aws-sdk/client-sqs";
import type { EventSource } from "tenuto";
import type { ConsumerHost, ConsumerLogger } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import { redrivePolicyOf, type SqsCommands, type SqsQueue } from "./sqs-queue.ts";
import type { SqsTransport } from "./sqs.ts";

/** Where SQS is. */
export interface SqsConnection {
  readonly client: SQSClient;
  readonly commands: SqsCommands;
  /** The queue's, where it is set. */
  readonly url: string | undefined;
}

const connectWithinMs = 5_000;
/** A poll waits for two seconds by itself. */
const answerWithinMs = 15_000;
/** Kills, and stops that came too early, count as well: a small number makes good messages dead ones. */
const fewReceives = 50;

/** @throws `BrokerNotUsable` */
export async function connectSqs(
  { name, from }: EventSource<SqsTransport>,
  variables: ConsumerHost["variables"],
): Promise<SqsConnection> {
  const addressIn = (variable: string) => {
    const address = variables[variable];
    if (!address) return undefined;
    if (/^https?:/.test(address) && URL.canParse(address)) return address;
    throw new BrokerNotUsable(
      name,
      `${variable} is not set to a URL such as https://sqs.eu-central-1.amazonaws.com. Set it.`,
    );
  };
  const endpoint = addressIn(from.endpoint);
  const url = from.url === undefined ? undefined : addressIn(from.url);
  if (from.url !== undefined && url === undefined)
    throw new BrokerNotUsable(name, `${from.url} is not set to the URL of the queue. Set it.`);
  const commands = await import("@aws-sdk/client-sqs").catch((error: unknown) => {
    const problem = "the package @aws-sdk/client-sqs is not installed. Install it: npm install @aws-sdk/client-sqs@3";
    throw new BrokerNotUsable(name, problem, { cause: error });
  });
  const client = new commands.SQSClient({
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: { connectionTimeout: connectWithinMs, requestTimeout: answerWithinMs, throwOnRequestTimeout: true },
  });
  await client.config.region().catch((error: unknown) => {
    client.destroy();
    const problem = "no AWS region is set. Set AWS_REGION, or one in the profile that AWS_PROFILE names.";
    throw new BrokerNotUsable(name, problem, { cause: error });
  });
  return { client, commands, url };
}

/** Finds the queue, and tells what its redrive policy may do to messages. @throws when it is not there */
export async function openQueue(
  { client, commands, url }: SqsConnection,
  { name, from }: EventSource<SqsTransport>,
  logger: ConsumerLogger | undefined,
): Promise<SqsQueue> {
  const { queue: QueueName } = from;
  const found = url ?? (await client.send(new commands.GetQueueUrlCommand({ QueueName }))).QueueUrl;
  if (found === undefined) throw new Error(`SQS has no queue "${QueueName}"`);
  const queue = { client, commands, url: found, visibility: from.visibilityMs / 1_000 };
  const policy = await redrivePolicyOf(queue);
  const fields = { source: name, queue: QueueName };
  if (!policy) {
    logger?.warn(fields, `SQS queue "${QueueName}" has no redrive policy: what can't be used is held until it has one`);
  } else if (policy.maxReceiveCount < fewReceives) {
    const { maxReceiveCount } = policy;
    const message = `SQS itself calls a message of "${QueueName}" dead after it was received ${maxReceiveCount} times, and processes that died count too; ${fewReceives} or more is safe`;
    logger?.warn({ ...fields, maxReceiveCount }, message);
  }
  logger?.info(fields, `taking the events of "${name}"`);
  return queue;
}

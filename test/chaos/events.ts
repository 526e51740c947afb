// Many messages of RabbitMQ, some of them poison, while the broker restarts and the consumer is killed; judged by the ledger, by the
// server's list of runs and by what is kept of the poison.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { implementActivities } from "tenuto/activity";
import { setUpNamespace } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { startBrokerOf } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { Consumer, messagesOf, Sender, type Sent } from "./events-world.ts";
import { ledger, notedApp } from "./fixtures/noted.contract.ts";
import { type Percentiles, percentilesOf } from "./percentiles.ts";
import { seeded } from "./random.ts";

/** How much chaos. */
export interface EventChaosOptions {
  readonly address: string;
  readonly messages: number;
  readonly poison: number;
  readonly brokerRestarts: number;
  readonly consumerKills: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** What became of them. */
export interface EventChaosReport {
  readonly runs: number;
  /** Messages without a run, or without a line in the ledger. */
  readonly lost: readonly string[];
  /** Messages with two runs, or two lines. */
  readonly doubled: readonly string[];
  /** Poison messages that are kept with why. */
  readonly isolated: number;
  readonly brokerRestarts: number;
  readonly consumerKills: number;
  /** Messages that are still in the queue. */
  readonly left: number;
  /** Milliseconds from the sender's confirmation to the start of the run. */
  readonly waitedMs: Readonly<Record<"all" | "behindPoison", Percentiles>>;
}

/** So long RabbitMQ takes to write down that there is a quorum queue. */
const writtenDownMs = 4_000;
/** How far the sender is ahead of the runs at most. */
const mostAhead = 400;
const within = { withinMs: 600_000 };

/** Sends them, and tells what became of them. */
export async function eventChaos(options: EventChaosOptions): Promise<EventChaosReport> {
  const { address, log } = options;
  const namespace = `chaos-${randomUUID()}`;
  const queue = `orders-${randomUUID()}`;
  const closing: (() => unknown)[] = [];
  try {
    const connection = await Connection.connect({ address });
    closing.push(() => connection.close());
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    const lines = await startWorker({ address, namespace, queue, closing });
    const broker = await startBrokerOf("rabbitmq");
    closing.push(() => broker.stop());
    const consumer = new Consumer([queue, broker.url, address, namespace]);
    closing.push(() => consumer.kill());
    await consumer.start();
    await sleep(writtenDownMs);
    const sender = new Sender(broker.url, queue);
    closing.push(() => sender.close());

    const messages = messagesOf(options.messages, options.poison, seeded(options.seed));
    log(`${options.messages} messages and ${options.poison} of poison, seed ${options.seed}`);
    const sentAt = new Map<string, number>();
    const sending = sendAll({ messages, sender, sentAt, lines, log });
    // Whoever waits below tells of it.
    sending.catch(() => undefined);
    const restarts = await troubles({ ...options, lines, broker, consumer });
    await sending;
    log("all are sent");
    const client = new Client({ connection, namespace });
    await eventually("the ledger has all", () => new Set(lines).size >= options.messages, within);
    await eventually("the queue is empty", async () => (await sender.waiting()) === 0, within);
    const letters = { query: "WorkflowType = 'tenutoDeadLetter'" };
    const isolated = async () =>
      (await client.workflow.count(letters.query)).count + (await sender.waiting(`${queue}.dead`));
    await eventually("the poison is kept", async () => (await isolated()) >= options.poison, within);
    log("all is settled");
    return {
      ...(await judged({ client, lines, messages, sentAt })),
      isolated: await isolated(),
      brokerRestarts: restarts,
      consumerKills: consumer.kills,
      left: await sender.waiting(),
    };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

interface WorkerPlace {
  readonly address: string;
  readonly namespace: string;
  readonly queue: string;
  readonly closing: (() => unknown)[];
}

/** Works on the runs; answers with the ledger, a line for each effect. */
async function startWorker({ address, namespace, queue, closing }: WorkerPlace): Promise<readonly string[]> {
  const lines: string[] = [];
  const note = async ({ id }: { readonly id: string }) => {
    lines.push(id);
    return null;
  };
  const connection = await NativeConnection.connect({ address });
  const worker = await createWorker({
    app: notedApp(queue),
    workflows: new URL("fixtures/noted-workflows.ts", import.meta.url),
    activities: [implementActivities(ledger, { note })],
    ...{ connection, namespace },
  });
  const running = worker.run();
  closing.push(async () => {
    worker.shutdown();
    await running;
    await connection.close();
  });
  return lines;
}

interface Sending {
  readonly messages: readonly Sent[];
  readonly sender: Sender;
  readonly sentAt: Map<string, number>;
  readonly lines: readonly string[];
  readonly log: (line: string) => void;
}

async function sendAll({ messages, sender, sentAt, lines, log }: Sending): Promise<void> {
  for (const [index, message] of messages.entries()) {
    while (index - lines.length > mostAhead) await sleep(20);
    await sender.send(message);
    sentAt.set(message.id, Date.now());
    if ((index + 1) % 1_000 === 0) log(`${index + 1} are sent, ${lines.length} are in the ledger`);
  }
}

interface Troubles extends Pick<EventChaosOptions, "messages" | "brokerRestarts" | "consumerKills" | "log"> {
  readonly lines: readonly string[];
  readonly broker: Awaited<ReturnType<typeof startBrokerOf>>;
  readonly consumer: Consumer;
}

/** Restarts and kills in turn, spread over the messages; every other restart follows a kill -9. */
async function troubles({ messages, brokerRestarts, consumerKills, log, ...world }: Troubles): Promise<number> {
  const { lines, broker, consumer } = world;
  const count = Math.max(brokerRestarts, consumerKills);
  let restarts = 0;
  for (let turn = 0; turn < count; turn += 1) {
    await eventually("some more runs", () => lines.length >= (messages * (turn + 0.3)) / count, within);
    if (turn < consumerKills) {
      log(`kill -9 of the consumer, ${lines.length} are in the ledger`);
      await consumer.killAndRestart();
    }
    await eventually("some more runs", () => lines.length >= (messages * (turn + 0.7)) / count, within);
    if (turn < brokerRestarts) {
      const isKill = turn % 2 === 0;
      log(`the broker ${isKill ? "is killed and started" : "restarts"}, ${lines.length} are in the ledger`);
      if (isKill) await broker.kill();
      await broker.restart();
      restarts += 1;
    }
  }
  return restarts;
}

interface Judging {
  readonly client: Client;
  readonly lines: readonly string[];
  readonly messages: readonly Sent[];
  readonly sentAt: ReadonlyMap<string, number>;
}

async function judged({ client, lines, messages, sentAt }: Judging) {
  const startedAt = new Map<string, number[]>();
  for await (const { workflowId, startTime } of client.workflow.list({ query: "WorkflowType = 'noted'" }))
    startedAt.set(workflowId, [...(startedAt.get(workflowId) ?? []), startTime.getTime()]);
  const lineCounts = new Map<string, number>();
  for (const id of lines) lineCounts.set(id, (lineCounts.get(id) ?? 0) + 1);
  const good = messages.filter(({ isPoison }) => !isPoison);
  const runsOf = ({ id }: Sent) => startedAt.get(`noted-${id}`) ?? [];
  const behindPoison = good.filter((message) => messages[messages.indexOf(message) - 1]?.isPoison);
  const waits = (some: readonly Sent[]) =>
    percentilesOf(some.map((message) => (runsOf(message)[0] ?? 0) - (sentAt.get(message.id) ?? 0)));
  return {
    runs: [...startedAt.values()].flat().length,
    lost: good.filter((each) => runsOf(each).length === 0 || !lineCounts.has(each.id)).map(({ id }) => id),
    doubled: good.filter((each) => runsOf(each).length > 1 || lineCounts.get(each.id) !== 1).map(({ id }) => id),
    waitedMs: { all: waits(good), behindPoison: waits(behindPoison) },
  };
}

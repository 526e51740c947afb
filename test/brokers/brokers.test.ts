import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { connect } from "amqplib";
import { createClient } from "redis";
import { Consumer } from "sqs-consumer";
import { type BrokerKind, brokerOrSkip, startBrokerOf } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { processesIn } from "../rig/processes-in.ts";

interface Mailbox {
  readonly put: (url: string, name: string) => Promise<void>;
  readonly take: (url: string, name: string) => Promise<string | undefined>;
}

/** One message, put and taken as each broker promises to keep it. */
const mailboxes: Readonly<Record<BrokerKind, Mailbox>> = {
  rabbitmq: {
    async put(url, name) {
      const connection = await connect(url);
      const channel = await connection.createConfirmChannel();
      await channel.assertQueue(name, { durable: true });
      channel.sendToQueue(name, Buffer.from("kept"), { persistent: true });
      await channel.waitForConfirms();
      await connection.close();
    },
    async take(url, name) {
      const connection = await connect(url);
      const channel = await connection.createChannel();
      const message = await channel.get(name, { noAck: true });
      await connection.close();
      return message ? message.content.toString() : undefined;
    },
  },
  redis: {
    async put(url, name) {
      const client = await createClient({ url }).connect();
      await client.xAdd(name, "*", { body: "kept" });
      await client.close();
    },
    async take(url, name) {
      const client = await createClient({ url }).connect();
      const entries = await client.xRange(name, "-", "+");
      await client.close();
      return entries?.[0]?.message["body"];
    },
  },
  sqs: {
    async put(url, name) {
      const sqs = sqsAt(url);
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "kept" }));
      sqs.destroy();
    },
    async take(url, name) {
      const sqs = sqsAt(url);
      const consumer = Consumer.create({
        sqs,
        queueUrl: `${url}/000000000000/${name}`,
        handleMessage: async (message) => message,
      });
      const body = await new Promise<string | undefined>((resolve, reject) => {
        consumer.on("error", reject);
        consumer.on("message_processed", (message) => resolve(message.Body));
        consumer.start();
      });
      consumer.stop();
      sqs.destroy();
      return body;
    },
  },
};

function sqsAt(endpoint: string): SQSClient {
  return new SQSClient({ endpoint, region: "test", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
}

const noProc = process.platform === "linux" ? false : "processes are looked for in /proc";

for (const kind of ["rabbitmq", "redis", "sqs"] as const) {
  const { skip } = brokerOrSkip(kind);
  const { put, take } = mailboxes[kind];

  test(`${kind} keeps a message over kill -9 and over an orderly restart, and leaves nothing`, { skip }, async (t) => {
    const broker = await startBrokerOf(kind);
    t.after(() => broker.stop());
    const [one, other] = [`one-${randomUUID()}`, `other-${randomUUID()}`];

    await put(broker.url, one);
    await put(broker.url, other);
    await broker.kill();
    await broker.restart();
    assert.equal(await take(broker.url, one), "kept");
    await broker.restart();
    assert.equal(await take(broker.url, other), "kept");

    await broker.stop();
    assert.ok(!existsSync(broker.folder));
    if (!noProc) await eventually("all its processes have ended", () => processesIn(broker.folder).length === 0);
  });

  test(`${kind} ends with its test, also when that is killed`, { skip: skip || noProc }, async (t) => {
    const file = fileURLToPath(new URL("../rig/fixtures/start-broker.ts", import.meta.url));
    const child = spawn(process.execPath, [...process.execArgv, file, kind], { stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => child.kill("SIGKILL"));
    const [folder] = (await once(createInterface(child.stdout), "line")) as [string];
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    assert.ok(processesIn(folder).length > 0);

    child.kill("SIGKILL");

    await eventually("all its processes have ended", () => processesIn(folder).length === 0);
  });
}

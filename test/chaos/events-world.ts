// What the chaos of events is made of: a broker that restarts, a sender that waits for confirmations, a consumer that is killed.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChannelModel, type ConfirmChannel, connect } from "amqplib";
import { sourceFlags } from "../../scripts/source-flags.mjs";
import { type GuardedProcess, spawnGuarded } from "../../src/dev/guarded-process.ts";

/** A message of the run; poison is none that anything can be done with. */
export interface Sent {
  readonly id: string;
  readonly isPoison: boolean;
}

/** Sends to a queue, also while its broker restarts: what was not confirmed is sent again under its id. */
export class Sender {
  readonly #url: string;
  readonly #queue: string;
  #channel: ConfirmChannel | undefined;
  #connection: ChannelModel | undefined;

  constructor(url: string, queue: string) {
    this.#url = url;
    this.#queue = queue;
  }

  /** Answers when the broker has it. */
  async send({ id, isPoison }: Sent): Promise<void> {
    for (;;) {
      try {
        await this.#publish(id, isPoison);
        return;
      } catch {
        this.#channel = undefined;
        await sleep(50);
      }
    }
  }

  async close(): Promise<void> {
    await this.#connection?.close().catch(() => undefined);
  }

  /** How many wait in a queue. */
  async waiting(queue = this.#queue): Promise<number> {
    const channel = await this.#open();
    return (await channel.checkQueue(queue)).messageCount;
  }

  async #publish(id: string, isPoison: boolean): Promise<void> {
    const channel = await this.#open();
    const content = Buffer.from(isPoison ? `{"id": "${id}"` : JSON.stringify({ id }));
    const options = { messageId: id, type: "placed", persistent: true };
    await new Promise<void>((resolve, reject) => {
      channel.once("close", () => reject(new Error("The broker is gone")));
      channel.sendToQueue(this.#queue, content, options, (error: unknown) => {
        if (error) reject(new Error("The broker did not take it"));
        else resolve();
      });
    });
  }

  async #open(): Promise<ConfirmChannel> {
    if (this.#channel) return this.#channel;
    const connection = await connect(this.#url);
    const gone = () => (this.#channel = undefined);
    connection.on("error", gone);
    connection.on("close", gone);
    this.#connection = connection;
    const channel = await connection.createConfirmChannel();
    channel.setMaxListeners(0);
    channel.on("error", gone);
    this.#channel = channel;
    return channel;
  }
}

/** The process that consumes; after a kill there is another one. */
export class Consumer {
  readonly #args: readonly string[];
  #process: GuardedProcess | undefined;
  kills = 0;

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  /** Answers when it consumes. */
  async start(): Promise<void> {
    const file = fileURLToPath(new URL("fixtures/consume-events.ts", import.meta.url));
    const env = { PATH: process.env["PATH"] ?? "" };
    const child = spawnGuarded(process.execPath, [...sourceFlags, file, ...this.#args], { env, onLine: console.error });
    this.#process = child;
    if (!child.stdout) throw new TypeError("It has no output");
    for await (const line of createInterface(child.stdout)) if (line === "consuming") return;
    throw new Error("The consumer ended before it consumed");
  }

  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.exited;
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    this.kills += 1;
    await this.start();
  }
}

/** In an order that the random numbers give. */
export function messagesOf(good: number, poison: number, random: () => number): readonly Sent[] {
  const all = [
    ...Array.from({ length: good }, () => ({ id: randomUUID(), isPoison: false })),
    ...Array.from({ length: poison }, () => ({ id: randomUUID(), isPoison: true })),
  ];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [all[at], all[other]];
    if (one && two) [all[at], all[other]] = [two, one];
  }
  return all;
}

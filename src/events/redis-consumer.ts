// Why that is safe: an entry is acknowledged when Temporal has what it does, or when it is buried, and not before; Redis gives it
// again otherwise, and what comes again does nothing. How it fails: an entry that a lost answer brought to nobody, or that a dead
// process had, waits until nobody has touched it for `claimAfterMs`.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RedisClientType } from "redis";
import type { EventSource } from "tenuto";
import type { ConsumerHost, ConsumerStatus, EventConsumer } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import { eventInEntry, type RedisEntry } from "./redis-entry.ts";
import * as entries from "./redis-group.ts";
import type { RedisStreamTransport } from "./redis-streams.ts";
import { settle, type Settled } from "./settle.ts";
import type { SecretVariables } from "./signatures/secret-keys.ts";

/** What a consumer of a stream needs. */
export interface RedisConsumerOptions extends ConsumerHost {
  /** Where the address is that the source names, such as `process.env`. */
  readonly variables: SecretVariables;
  /** For how long an entry was not touched whose consumer is taken for dead, in milliseconds. @default 30000 */
  readonly claimAfterMs?: number;
}

type RedisSource = EventSource<RedisStreamTransport>;

/**
 * Begins to consume a stream, and goes on until it is stopped, also while Redis or Temporal is away. It needs the package `redis`.
 *
 * @throws {@link BrokerNotUsable} when its address is not set, or the package `redis` is not installed.
 */
export async function startRedisConsumer(source: RedisSource, options: RedisConsumerOptions): Promise<EventConsumer> {
  const url = options.variables[source.from.url];
  if (!url) {
    const problem = `${source.from.url} is not set to an address such as redis://user:password@host:6379. Set it.`;
    throw new BrokerNotUsable(source.name, problem);
  }
  const { createClient } = await import("redis").catch((error: unknown) => {
    const problem = "the package redis is not installed. Install it: npm install redis@6";
    throw new BrokerNotUsable(source.name, problem, { cause: error });
  });
  const socket = { reconnectStrategy: (retries: number) => Math.min(50 * 2 ** Math.min(retries, 6), 2_000) };
  const connection = () => createClient({ url, socket }) as unknown as RedisClientType;
  const consumer = new RedisConsumer(source, options, { reader: connection(), commands: connection() });
  consumer.begin();
  return consumer;
}

interface Connections {
  /** Blocks while it waits for entries. */
  readonly reader: RedisClientType;
  readonly commands: RedisClientType;
}

const blockMs = 500;

class RedisConsumer implements EventConsumer {
  readonly source: string;
  readonly #source: RedisSource;
  readonly #options: RedisConsumerOptions;
  readonly #reader: RedisClientType;
  readonly #commands: RedisClientType;
  readonly #member: entries.GroupMember;
  readonly #claimAfterMs: number;
  readonly #underWay = new Map<string, Promise<void>>();
  /** Those that Temporal does not take now. */
  readonly #held = new Set<string>();
  readonly #stopReading = new AbortController();
  readonly #stopSettling = new AbortController();
  #reading = Promise.resolve();
  #touching = Promise.resolve();
  #isAway = true;
  #lastError: string | undefined;

  constructor(source: RedisSource, options: RedisConsumerOptions, { reader, commands }: Connections) {
    this.source = source.name;
    this.#source = source;
    this.#options = options;
    this.#reader = reader;
    this.#commands = commands;
    this.#claimAfterMs = options.claimAfterMs ?? 30_000;
    this.#member = { ...source.from, consumer: `tenuto-${randomUUID()}` };
    for (const connection of [reader, commands]) {
      connection.on("error", (error) => this.#failed(error));
      void connection.connect().catch((error: unknown) => this.#failed(error));
    }
    reader.on("ready", () => (this.#isAway = false));
  }

  begin(): void {
    this.#reading = this.#read();
    this.#touching = this.#touch();
  }

  status(): ConsumerStatus {
    const isStopped = this.#stopReading.signal.aborted;
    const working = this.#held.size > 0 ? "holding" : "consuming";
    const state = isStopped ? "stopped" : this.#isAway ? "reconnecting" : working;
    return { state, inFlight: this.#underWay.size, ...(this.#lastError && { lastError: this.#lastError }) };
  }

  async stop(withinMs = 10_000): Promise<void> {
    this.#stopReading.abort();
    const settled = this.#settled();
    await Promise.race([settled, sleep(withinMs, undefined, { ref: false })]);
    this.#stopSettling.abort();
    if (this.#commands.isReady) {
      const left = Promise.all([settled.then(() => entries.leaveGroup(this.#commands, this.#member)), this.#touching]);
      await Promise.race([left, sleep(2_000, undefined, { ref: false })]).catch((error: unknown) =>
        this.#failed(error),
      );
    }
    for (const connection of [this.#reader, this.#commands]) if (connection.isOpen) connection.destroy();
    await Promise.all([this.#reading, this.#touching, ...this.#underWay.values()]);
  }

  async #settled(): Promise<void> {
    await this.#reading;
    await Promise.all(this.#underWay.values());
  }

  async #read(): Promise<void> {
    const { signal } = this.#stopReading;
    let isFresh = true;
    let claimedAt = 0;
    while (!signal.aborted) {
      try {
        if (isFresh) {
          await entries.ensureGroup(this.#reader, this.#member);
          this.#take(await this.#next("0"));
          isFresh = false;
        }
        if (this.#room() === 0) await Promise.race(this.#underWay.values());
        else if (Date.now() - claimedAt >= this.#claimAfterMs / 2) {
          claimedAt = Date.now();
          const idleMs = this.#claimAfterMs;
          this.#take(await entries.claimEntries(this.#reader, this.#member, { idleMs, count: this.#room() }));
        } else this.#take(await this.#next(">"));
      } catch (error) {
        // What an answer had that did not arrive is this consumer's by now: it is asked for again.
        isFresh = true;
        this.#failed(error);
        await sleep(100, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #next(from: ">" | "0"): Promise<readonly RedisEntry[]> {
    const count = from === "0" ? 2 * this.#source.from.prefetch : this.#room();
    return entries.readEntries(this.#reader, this.#member, { from, count, blockMs });
  }

  #room(): number {
    return Math.max(0, this.#source.from.prefetch - this.#underWay.size);
  }

  #take(taken: readonly RedisEntry[]): void {
    for (const entry of taken) {
      if (this.#underWay.has(entry.id)) continue;
      const settling = this.#settle(entry).finally(() => {
        this.#underWay.delete(entry.id);
        this.#held.delete(entry.id);
      });
      this.#underWay.set(entry.id, settling);
    }
  }

  async #settle(entry: RedisEntry): Promise<void> {
    const { signal } = this.#stopSettling;
    const settled = await settle({
      client: this.#options.client,
      source: this.#source,
      read: () => eventInEntry(entry),
      signal,
      onHeld: (error) => {
        this.#held.add(entry.id);
        this.#failed(error);
      },
    });
    this.#held.delete(entry.id);
    while (settled && !signal.aborted) {
      try {
        await this.#acknowledge(entry, settled);
        return;
      } catch (error) {
        this.#failed(error);
        await sleep(100, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #acknowledge({ id }: RedisEntry, settled: Settled): Promise<void> {
    const { stream, group } = this.#member;
    if (settled.status === "done") await this.#commands.xAck(stream, group, id);
    else {
      const { why } = settled;
      await entries.buryEntry(this.#commands, this.#member, { id, why, source: this.source });
      this.#options.logger?.warn({ source: this.source, entry: id, why }, "An event was moved to the dead ones");
    }
  }

  async #touch(): Promise<void> {
    const { signal } = this.#stopSettling;
    while (!signal.aborted) {
      await sleep(this.#claimAfterMs / 3, undefined, { signal }).catch(() => undefined);
      const ids = [...this.#underWay.keys()];
      if (this.#commands.isReady)
        await entries.touchEntries(this.#commands, this.#member, ids).catch((error: unknown) => this.#failed(error));
    }
  }

  #failed(error: unknown): void {
    this.#lastError = error instanceof Error ? error.message : String(error);
    if (!this.#reader.isReady) this.#isAway = true;
    this.#options.logger?.warn({ source: this.source, err: error }, "Consuming a Redis stream met an error");
  }
}

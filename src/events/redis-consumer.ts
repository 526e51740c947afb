// Why that is safe: an entry is acknowledged when Temporal has what it does, or when it is buried, and not before; Redis gives it
// again otherwise, and what comes again does nothing. How it fails: an entry that a lost answer brought to nobody, or that a dead
// process had, waits until nobody has touched it for `claimAfter`.
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { RedisClientType } from "redis";
import type { EventSource } from "tenuto";
import { Batches } from "./batches.ts";
import type { ConsumerHost, ConsumerStatus, EventConsumer } from "./consumer.ts";
import { BrokerNotUsable } from "./errors/broker-not-usable.ts";
import { EventIntake } from "./intake.ts";
import { bytesOfEntry, eventInEntry, type RedisEntry } from "./redis-entry.ts";
import * as entries from "./redis-group.ts";
import type { RedisStreamTransport } from "./redis-streams.ts";
import { PauseSwitch } from "./pause-switch.ts";
import { Room } from "./room.ts";
import type { Settled } from "./settle.ts";

type RedisSource = EventSource<RedisStreamTransport>;

/**
 * Begins to consume a stream, and goes on until it is stopped, also while Redis or Temporal is away. It needs the package `redis`.
 *
 * @throws {@link BrokerNotUsable} when its address is not set, or the package `redis` is not installed.
 */
export async function startRedisConsumer(source: RedisSource, options: ConsumerHost): Promise<EventConsumer> {
  const url = options.variables[source.from.url];
  const unusable = () => {
    const problem = `${source.from.url} is not set to an address such as redis://user:password@host:6379. Set it.`;
    return new BrokerNotUsable(source.name, problem);
  };
  if (!url) throw unusable();
  const { createClient } = await import("redis").catch((error: unknown) => {
    const problem = "the package redis is not installed. Install it: npm install redis@6";
    throw new BrokerNotUsable(source.name, problem, { cause: error });
  });
  const socket = { reconnectStrategy: (retries: number) => Math.min(50 * 2 ** Math.min(retries, 6), 2_000) };
  const connection = () => createClient({ url, socket }) as unknown as RedisClientType;
  let connections: Connections;
  try {
    connections = { reader: connection(), commands: connection() };
  } catch {
    // The client's own error may have the address in it, with a password.
    throw unusable();
  }
  const consumer = new RedisConsumer(source, options, connections);
  consumer.begin();
  return consumer;
}

interface Connections {
  /** Blocks while it waits for entries. */
  readonly reader: RedisClientType;
  readonly commands: RedisClientType;
}

const blockMs = 500;
/** Acknowledging is a write, for one entry as for many. */
const acksAtOnce = { size: 100, lingerMs: 25 } as const;

class RedisConsumer implements EventConsumer {
  readonly source: string;
  readonly #source: RedisSource;
  readonly #options: ConsumerHost;
  readonly #intake: EventIntake;
  readonly #pauses: PauseSwitch;
  readonly #reader: RedisClientType;
  readonly #commands: RedisClientType;
  readonly #member: entries.GroupMember;
  readonly #claimAfterMs: number;
  /** Those at work, and those that are yet to be acknowledged. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #room: Room;
  readonly #acks: Batches<string, number>;
  readonly #stopReading = new AbortController();
  readonly #stopSettling = new AbortController();
  #reading = Promise.resolve();
  #touching = Promise.resolve();
  /** The read that is under way. */
  #turn = Promise.resolve();
  #isAway = true;

  constructor(source: RedisSource, options: ConsumerHost, { reader, commands }: Connections) {
    this.source = source.name;
    this.#source = source;
    this.#options = options;
    this.#pauses = new PauseSwitch(options.startsPaused);
    this.#intake = new EventIntake(source, options);
    this.#reader = reader;
    this.#commands = commands;
    this.#claimAfterMs = source.from.claimAfterMs;
    const member = { ...source.from, consumer: `tenuto-${randomUUID()}` };
    this.#member = member;
    this.#room = new Room({ size: source.from.prefetch });
    this.#acks = new Batches((ids) => commands.xAck(member.stream, member.group, [...ids]), acksAtOnce);
    // Each entry that is held listens.
    setMaxListeners(0, this.#stopSettling.signal);
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
    return this.#intake.status({
      ...{ isStopped: this.#stopReading.signal.aborted, isPaused: this.#pauses.isPaused },
      ...{ isConnected: !this.#isAway, inFlight: this.#underWay.size },
    });
  }

  async backlog(): Promise<number | undefined> {
    return entries.lagOf(this.#commands, this.#member);
  }

  async pause(): Promise<void> {
    this.#pauses.pause();
    // What the read that is under way brings is still taken.
    await this.#turn;
  }

  async resume(): Promise<void> {
    this.#pauses.resume();
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
        if (this.#pauses.isPaused) await this.#pauses.untilResumed(signal);
        else if (this.#underWay.size < 2 * this.#source.from.prefetch) await this.#room.forSeveral();
        // It does not take what is acknowledged.
        else await Promise.race(this.#underWay.values());
        if (this.#pauses.isPaused || signal.aborted) continue;
        if (Date.now() - claimedAt >= this.#claimAfterMs / 2) {
          claimedAt = Date.now();
          await this.#inTurn(() => this.#claim());
        } else await this.#inTurn(() => this.#next(">"));
      } catch (error) {
        // What an answer had that did not arrive is this consumer's by now: it is asked for again.
        isFresh = true;
        this.#failed(error);
        await sleep(100, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #inTurn(read: () => Promise<readonly RedisEntry[]>): Promise<void> {
    const turn = read().then((taken) => this.#take(taken));
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  #claim(): Promise<readonly RedisEntry[]> {
    const idleMs = this.#claimAfterMs;
    return entries.claimEntries(this.#reader, this.#member, { idleMs, count: this.#room.free });
  }

  #next(from: ">" | "0"): Promise<readonly RedisEntry[]> {
    const count = from === "0" ? 2 * this.#source.from.prefetch : this.#room.free;
    return entries.readEntries(this.#reader, this.#member, { from, count, blockMs });
  }

  #take(taken: readonly RedisEntry[]): void {
    for (const entry of taken) {
      if (this.#underWay.has(entry.id)) continue;
      const settling = this.#settle(entry).finally(() => this.#underWay.delete(entry.id));
      this.#underWay.set(entry.id, settling);
    }
  }

  async #settle(entry: RedisEntry): Promise<void> {
    const { signal } = this.#stopSettling;
    this.#room.take();
    const settled = await this.#intake
      .take({ read: () => eventInEntry(entry), content: bytesOfEntry(entry), signal })
      .finally(() => this.#room.leave());
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
    if (settled.status === "done") await this.#acks.add(id);
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
    if (!this.#reader.isReady) this.#isAway = true;
    this.#intake.failed(error, `Redis does not give the events of "${this.source}"; it is tried again`);
  }
}

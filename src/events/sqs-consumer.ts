// Takes the messages of a queue of SQS. Why nothing is lost: a message is deleted only after Temporal has what it does, or after the
// dead-letter queue has it; all others SQS gives again, and the event's id keeps that from doing things twice. How it fails: while
// Temporal is away messages are held, and hidden from the others for as long; after 12 hours SQS gives them again all the same.
// `docs/decisions/2026-11-26-sqs-without-a-consumer-library.md` says why the loop is ours.
import { setTimeout as sleep } from "node:timers/promises";
import type { EventSource } from "tenuto";
import { Batches } from "./batches.ts";
import type { ConsumerHost, ConsumerStatus, EventConsumer } from "./consumer.ts";
import { EventIntake } from "./intake.ts";
import { PauseSwitch } from "./pause-switch.ts";
import { Room } from "./room.ts";
import type { Settled } from "./settle.ts";
import { bytesOfMessage, eventInMessage } from "./sqs-message.ts";
import {
  batchSize,
  bury,
  deleteBatch,
  hideBatch,
  type Received,
  receive,
  type SqsQueue,
  waitingIn,
} from "./sqs-queue.ts";
import { connectSqs, openQueue, type SqsConnection } from "./sqs-connection.ts";
import type { SqsTransport } from "./sqs.ts";
import { within } from "./within.ts";

type SqsSource = EventSource<SqsTransport>;

/** A message that is under way. */
interface Taken extends Received {
  /** What it stays in turn with: on a FIFO queue its message group. */
  readonly lane: string;
  /** Fires when it is left to the broker. */
  readonly leaving: AbortController;
  /** Whether it is only to be deleted. */
  isSettled: boolean;
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** A place for what can't be used may be made later. */
const noPlaceWaitMs = 5_000;
/** SQS gives no more of a message group before what came of it is deleted. */
const deleteLingerMs = { standard: 40, fifo: 5 } as const;
const goodbyeWithinMs = 2_000;

/**
 * Takes the messages of a queue until it is stopped. SQS, or a queue, that is away is tried again, also at the start. It needs the
 * package `@aws-sdk/client-sqs`.
 *
 * @throws `BrokerNotUsable` when its addresses are none, no region is set, or the package is not installed.
 * @example
 * ```ts
 * const orders = defineEventSource("orders", {
 *   from: sqs({ queue: "orders" }),
 *   on: { "order.placed": onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order }) },
 * });
 * const consumer = await startSqsConsumer(orders, { client, variables: process.env });
 * await consumer.stop();
 * ```
 */
export async function startSqsConsumer(source: SqsSource, host: ConsumerHost): Promise<EventConsumer> {
  const consumer = new SqsConsumer(source, host, await connectSqs(source, host.variables));
  consumer.begin();
  return consumer;
}

class SqsConsumer implements EventConsumer {
  readonly source: string;
  readonly #source: SqsSource;
  readonly #host: ConsumerHost;
  readonly #connection: SqsConnection;
  readonly #intake: EventIntake;
  readonly #pauses: PauseSwitch;
  readonly #stopReceiving = new AbortController();
  readonly #stopSettling = new AbortController();
  readonly #stopPolling = new AbortController();
  readonly #underWay = new Set<Taken>();
  readonly #deleting = new Set<Promise<void>>();
  /** The end of the last message in each lane. */
  readonly #lanes = new Map<string, Promise<void>>();
  /** What is in turn behind another message takes no room: SQS gives no more of its group, and other groups shall not wait. */
  readonly #room: Room;
  readonly #deletes: Batches<string, ReadonlySet<string>>;
  #queue: Promise<SqsQueue> | undefined;
  #isConnected = false;
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<unknown> = Promise.resolve();

  constructor(source: SqsSource, host: ConsumerHost, connection: SqsConnection) {
    this.source = source.name;
    this.#source = source;
    this.#host = host;
    this.#connection = connection;
    this.#intake = new EventIntake(source, host);
    this.#pauses = new PauseSwitch(host.startsPaused);
    this.#room = new Room({ size: source.from.prefetch, mostAtOnce: batchSize });
    this.#deletes = new Batches(async (receipts) => deleteBatch(await this.#open(), receipts), {
      size: batchSize,
      lingerMs: deleteLingerMs[this.#isFifo ? "fifo" : "standard"],
    });
  }

  get #isFifo(): boolean {
    return this.#source.from.queue.endsWith(".fifo");
  }

  begin(): void {
    this.#running = Promise.all([this.#receive(), this.#keepHidden()]);
  }

  status(): ConsumerStatus {
    return this.#intake.status({
      ...{ isStopped: this.#stopReceiving.signal.aborted, isPaused: this.#pauses.isPaused },
      ...{ isConnected: this.#isConnected, inFlight: this.#underWay.size },
    });
  }

  async backlog(): Promise<number | undefined> {
    return waitingIn(await this.#open());
  }

  async pause(): Promise<void> {
    this.#pauses.pause();
    // What the poll that is under way brings is still taken: nobody else would see it for a while.
    await this.#turn;
  }

  async resume(): Promise<void> {
    this.#pauses.resume();
  }

  async stop(withinMs = 10_000): Promise<void> {
    this.#stopReceiving.abort();
    const settled = this.#turn.then(async () => {
      await Promise.all(this.#lanes.values());
      await Promise.all(this.#deleting);
    });
    await Promise.race([settled, sleep(withinMs, undefined, { ref: false })]);
    this.#stopPolling.abort();
    this.#stopSettling.abort();
    await within(goodbyeWithinMs, this.#turn);
    const left = [...this.#underWay];
    for (const { leaving } of left) leaving.abort();
    await within(goodbyeWithinMs, this.#giveBack(left));
    this.#connection.client.destroy();
    await within(goodbyeWithinMs, this.#running);
  }

  async #receive(): Promise<void> {
    const { signal } = this.#stopReceiving;
    let waitMs = firstWaitMs;
    while (!signal.aborted) {
      if (this.#pauses.isPaused && this.#isConnected) {
        await this.#pauses.untilResumed(signal);
        continue;
      }
      if (!this.#pauses.isPaused) await this.#room.forSeveral();
      // It does not take what is deleted.
      if (this.#deleting.size >= this.#source.from.prefetch) await Promise.race(this.#deleting);
      if (!signal.aborted && !(this.#pauses.isPaused && this.#isConnected)) {
        const turn = (this.#pauses.isPaused ? this.#find() : this.#poll()).then(
          () => (waitMs = firstWaitMs),
          async (error: unknown) => {
            if (signal.aborted) return;
            this.#lost(error);
            await quietly(waitMs * (0.5 + Math.random()), signal);
            waitMs = Math.min(2 * waitMs, longestWaitMs);
          },
        );
        this.#turn = turn;
        await turn;
      }
    }
  }

  /** One that is paused tells whether its queue is there, too. */
  async #find(): Promise<void> {
    await this.#open();
    this.#isConnected = true;
  }

  async #poll(): Promise<void> {
    const queue = await this.#open();
    const received = await receive(queue, { count: this.#room.free, signal: this.#stopPolling.signal });
    this.#isConnected = true;
    for (const each of received) this.#take(each);
  }

  #take(received: Received): void {
    const { Attributes, MessageId } = received.message;
    const lane = (this.#isFifo ? Attributes?.MessageGroupId : MessageId) ?? received.receipt;
    const taken: Taken = { ...received, lane, leaving: new AbortController(), isSettled: false };
    this.#underWay.add(taken);
    if (!this.#lanes.has(lane)) this.#room.take();
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const settling = before
      .then(() => this.#settle(taken))
      .finally(() => {
        if (this.#lanes.get(lane) !== settling) return;
        this.#lanes.delete(lane);
        this.#room.leave();
      });
    this.#lanes.set(lane, settling);
  }

  async #settle(taken: Taken): Promise<void> {
    const { message, leaving } = taken;
    const { signal } = leaving;
    if (!signal.aborted) {
      const content = bytesOfMessage(message);
      const settled = await this.#intake.take({ read: () => eventInMessage(message), content, signal });
      if (settled?.status === "poison") await this.#bury(taken, settled);
      if (settled) {
        const deleting = this.#delete(taken).finally(() => this.#deleting.delete(deleting));
        this.#deleting.add(deleting);
        return;
      }
    }
    this.#over(taken);
  }

  /** Who stops gives back what is left, and so it stays in the list. */
  #over(taken: Taken): void {
    if (!taken.leaving.signal.aborted || !this.#stopSettling.signal.aborted) this.#underWay.delete(taken);
  }

  /** It is held until there is a place for it: never dropped, and never given out again and again. */
  async #bury({ message, leaving }: Taken, { why }: Settled & { readonly status: "poison" }): Promise<void> {
    const { signal } = leaving;
    while (!signal.aborted) {
      try {
        await bury(await this.#open(), { message, why, source: this.source });
        this.#host.logger?.warn(
          { source: this.source, id: message.MessageId, why },
          "A message was moved to the dead ones",
        );
        return;
      } catch (error) {
        this.#intake.failed(error, `A message of "${this.source}" that can't be used is held (${why})`);
        await quietly(noPlaceWaitMs, signal);
      }
    }
  }

  async #delete(taken: Taken): Promise<void> {
    const { receipt, leaving } = taken;
    taken.isSettled = true;
    for (let waitMs = firstWaitMs; !leaving.signal.aborted; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
      try {
        await this.#deletes.add(receipt);
        break;
      } catch (error) {
        this.#lost(error);
        await quietly(waitMs, leaving.signal);
      }
    }
    this.#over(taken);
  }

  async #keepHidden(): Promise<void> {
    const { signal } = this.#stopSettling;
    const { visibilityMs } = this.#source.from;
    while (!signal.aborted) {
      await quietly(visibilityMs / 3, signal);
      if (signal.aborted) return;
      const held = [...this.#underWay].filter(({ isSettled }) => !isSettled);
      if (held.length > 0) await this.#hide(held, visibilityMs / 1_000).catch((error: unknown) => this.#lost(error));
    }
  }

  /** What SQS no longer knows by its receipt it gives again: it is left, and with it what is in turn behind it. */
  async #hide(messages: readonly Taken[], seconds: number): Promise<void> {
    const queue = await this.#open();
    for (let at = 0; at < messages.length; at += batchSize) {
      const receipts = messages.slice(at, at + batchSize).map(({ receipt }) => receipt);
      const lost = await hideBatch(queue, receipts, seconds);
      const lanes = new Set(
        messages.filter((each) => lost.has(each.receipt) && !each.isSettled).map(({ lane }) => lane),
      );
      for (const { lane, leaving } of this.#underWay) if (lanes.has(lane)) leaving.abort();
    }
    this.#isConnected = true;
  }

  async #giveBack(messages: readonly Taken[]): Promise<void> {
    await this.#hide(messages, 0).catch((error: unknown) => this.#lost(error));
    for (const each of messages) this.#underWay.delete(each);
  }

  #open(): Promise<SqsQueue> {
    this.#queue ??= openQueue(this.#connection, this.#source, this.#host.logger).catch((error: unknown) => {
      this.#queue = undefined;
      throw error;
    });
    return this.#queue;
  }

  #lost(error: unknown): void {
    this.#isConnected = false;
    this.#queue = undefined;
    this.#intake.failed(error, `SQS does not give the events of "${this.source}"; it is tried again`);
  }
}

async function quietly(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/**
 * How fast events of a broker become runs: a consumer of Tenuto that empties a queue, next to raw `client.workflow.start` of as many
 * runs. Both have the same server, the same concurrency, and that broker running beside them; nothing works on the runs. The rounds
 * take turns, and each begins with the other one, so that a busy spell of the machine meets both. What is posted is measured next to
 * a bare Express route that verifies by the scheme's own library and calls raw start, since HTTP itself costs; and next to raw start.
 * After `events`, a source's kind measures that alone: rabbitmq, redis, sqs, webhooks.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection } from "@temporalio/client";
import { defineApp, defineEventSource, defineWorkflow, onEvent } from "tenuto";
import { createClient } from "tenuto/client";
import { type EventConsumer, startConsumers } from "tenuto/events";
import { z } from "zod";
import { startBrokerOf } from "../test/rig/brokers.ts";
import { withCleanUp } from "./clean-up.ts";
import { type Feed, feeds } from "./events/broker-feeds.ts";
import { postedTo } from "./events/posted.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";

const rounds = 9;
/** Long enough that the beginning and the end of a round do not count. */
const eventsPerRound = 2_000;
const warmUps = 3_000;
const atOnce = 20;
/** Nine tenths of the throughput take ten ninths of the time. */
const atMost = 1.111;

const Placed = z.object({ id: z.string() });
const order = defineWorkflow("order", { input: Placed, output: z.null(), workflowId: ({ id }) => `order-${id}` });
const placed = onEvent(Placed, { start: order, input: (data) => data });

type Kind = keyof typeof feeds;
/** HTTP itself costs, so this has no bound. */
const besideRaw = "webhooks beside raw start";
const asked = process.argv.slice(2);
const isAsked = (kind: string) => asked.length === 0 || asked.includes(kind);
type Seconds = (events: number) => Promise<number>;

await withCleanUp(async (cleanUps, stopped) => {
  const server = await startTunedServer(cleanUps);
  const connection = await Connection.connect({ address: server.address });
  cleanUps.push(() => connection.close());
  const raw = rawStarts(new Client({ connection }));
  const found: Record<string, readonly Round[]> = {};
  for (const kind of (Object.keys(feeds) as Kind[]).filter(isAsked)) {
    const broker = await startBrokerOf(kind);
    try {
      const feed = await feeds[kind](broker.url, atOnce);
      const source = defineEventSource("orders", { from: feed.transport, on: { placed } });
      const app = defineApp({ name: `bench-${kind}`, workflows: [order], activities: [], sources: [source] });
      const client = await createClient(app, { connection });
      const consumers = await startConsumers({ app, client, variables: { BROKER_URL: broker.url } });
      try {
        const [consumer] = consumers.all;
        if (consumer) found[kind] = await measure({ raw, ours: consumed(feed, consumer, stopped), stopped });
      } finally {
        await consumers.stop();
        await feed.close();
      }
    } finally {
      await broker.stop();
    }
  }
  if (isAsked("webhooks")) {
    const options = { address: server.address, atOnce, cleanUps };
    const [bare, ours] = [await postedTo("bare", options), await postedTo("tenuto", options)];
    found["webhooks"] = await measure({ raw: bare, ours, stopped });
    found[besideRaw] = await measure({ raw, ours, stopped });
  }
  report(found);
});

interface Round {
  readonly raw: number;
  readonly ours: number;
}

interface Measuring {
  readonly raw: Seconds;
  readonly ours: Seconds;
  readonly stopped: AbortSignal;
}

async function measure({ raw, ours, stopped }: Measuring): Promise<readonly Round[]> {
  await raw(warmUps);
  await ours(warmUps);
  const measured: Round[] = [];
  for (let number = 0; number < rounds; number += 1) {
    stopped.throwIfAborted();
    if (number % 2 === 0) {
      const rawSeconds = await raw(eventsPerRound);
      measured.push({ raw: rawSeconds, ours: await ours(eventsPerRound) });
    } else {
      const oursSeconds = await ours(eventsPerRound);
      measured.push({ raw: await raw(eventsPerRound), ours: oursSeconds });
    }
  }
  return measured;
}

function rawStarts(client: Client): Seconds {
  return async (events) => {
    let left = events;
    const startedAt = performance.now();
    const startSome = async () => {
      while (left > 0) {
        left -= 1;
        const id = randomUUID();
        await client.workflow.start("order", { workflowId: `raw-${id}`, taskQueue: "bench-raw", args: [{ id }] });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, startSome));
    return (performance.now() - startedAt) / 1_000;
  };
}

/** From the moment that a consumer begins until all that waited is settled. */
function consumed(feed: Feed, consumer: EventConsumer, stopped: AbortSignal): Seconds {
  return async (events) => {
    while (consumer.status().state === "reconnecting") await sleep(20, undefined, { signal: stopped });
    await consumer.pause();
    await feed.fill(events);
    const until = consumer.status().settled + events;
    const startedAt = performance.now();
    await consumer.resume();
    while (consumer.status().settled < until) await sleep(2, undefined, { signal: stopped });
    return (performance.now() - startedAt) / 1_000;
  };
}

function report(found: Readonly<Record<string, readonly Round[]>>): void {
  const ratios: Record<string, number> = {};
  const figures: Record<string, unknown> = { rounds, eventsPerRound, atOnce };
  const bounds: Record<string, number> = {};
  for (const [kind, measured] of Object.entries(found)) {
    const perSecond = (who: keyof Round) =>
      round(
        eventsPerRound /
          quantile(
            measured.map((each) => each[who]),
            0.5,
          ),
        0,
      );
    const ofRounds = measured.map(({ raw, ours }) => ours / raw);
    const name = kind === "webhooks" ? "time webhooks/bare Express" : `time ${kind}/raw start`;
    ratios[name] = round(quantile(ofRounds, 0.5), 3);
    if (kind !== besideRaw) bounds[name] = atMost;
    figures[kind] = {
      throughputOfRaw: round(1 / quantile(ofRounds, 0.5), 3),
      perSecond: { ours: perSecond("ours"), raw: perSecond("raw") },
      ratioOfRounds: { min: round(Math.min(...ofRounds), 3), max: round(Math.max(...ofRounds), 3) },
    };
    console.log(`${kind}: ${perSecond("ours")} events/s, the other ${perSecond("raw")}/s`);
  }
  printReport({ bench: "events", ratios, figures, bounds });
}

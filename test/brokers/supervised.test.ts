import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { type ConfirmChannel, connect } from "amqplib";
import { type App, defineApp, defineEventSource, onEvent, type EventSourceStatus } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { type Consumers, rabbitMq, redisStream, superviseConsumers, type SuperviseOptions } from "tenuto/events";
import { z } from "zod";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { counter, parcel } from "../events/fixtures/parcels.contract.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";

const rabbit = brokerOrSkip("rabbitmq");
const why = { by: "ada", reason: "the warehouse moves" };
const lookEveryMs = 200;

describe("supervised consumers", { timeout: 300_000, skip: rabbit.skip }, () => {
  const rig = workerRig(new URL("../events/fixtures/parcels-workflows.ts", import.meta.url));
  const workflows = [parcel, counter];
  before(async () => {
    // Any app's worker works on Tenuto's own workflows.
    await rig.startWorker({ app: defineApp({ name: "supervised", workflows, activities: [] }), activities: [] });
  });

  /** An app whose one source has a queue of its own. */
  const place = async (t: TestContext) => {
    const name = `parcels-${randomUUID()}`;
    const on = {
      "parcel.new": onEvent(z.object({ id: z.string() }), { start: parcel, input: ({ id }) => ({ id }) }),
    };
    const source = defineEventSource(name, { from: rabbitMq({ queue: name, url: "RABBIT" }), on });
    const away = defineEventSource(`${name}-away`, { from: redisStream({ stream: name, url: "REDIS" }), on });
    const app = defineApp({ name, workflows, activities: [], sources: [source, away] });
    const client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    const { url } = await rabbit.broker();
    const all: Consumers[] = [];
    const start = async (more: Partial<SuperviseOptions> = {}) => {
      const variables = { RABBIT: url };
      const started = await superviseConsumers({ app, client, variables, lookEveryMs, process: "one", ...more });
      all.push(started);
      return started;
    };
    const broker = await connect(url);
    broker.on("error", () => undefined);
    t.after(async () => {
      for (const each of all) await each.stop();
      await broker.close();
    });
    const channel: ConfirmChannel = await broker.createConfirmChannel();
    const arguments_ = { "x-queue-type": "quorum", "x-delivery-limit": 50, "x-dead-letter-exchange": `${name}.dead` };
    await channel.assertQueue(name, { durable: true, arguments: arguments_ });
    const send = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const options = { persistent: true, messageId: randomUUID(), type: "parcel.new" };
        channel.sendToQueue(name, Buffer.from(JSON.stringify({ id: randomUUID() })), options);
      }
      await channel.waitForConfirms();
    };
    const waiting = async () => (await channel.checkQueue(name)).messageCount;
    const status = (of = client) => statusOf(of, name);
    return { app, client, name, start, send, waiting, status };
  };
  const statusOf = async (client: TenutoClient, name: string): Promise<EventSourceStatus> => {
    const found = (await client.eventSources()).find((each) => each.name === name);
    assert.ok(found);
    return found;
  };
  const isStill = async (waiting: () => Promise<number>, count: number) => {
    for (let times = 0; times < 20; times += 1) {
      assert.equal(await waiting(), count);
      await sleep(50);
    }
  };
  const runWorkflow = (app: App) => rig.client.workflow.getHandle(`tenuto-event-sources-${app.name}`);

  test("tell how they stand; one without an address is off, and a goodbye makes it stopped", async (t) => {
    const { app, client, name, start, send, status } = await place(t);
    t.after(await rig.startWorker({ app, activities: [] }));
    assert.deepEqual([(await status()).state, (await status()).processes], ["unknown", []]);
    const consumers = await start();
    await send(3);
    const told = await eventually("all is told", async () => {
      const now = await status();
      return now.state === "consuming" && now.ratePerMinute === 3 && now.backlog === 0 && now;
    });
    assert.deepEqual([told.kind, told.inFlight, told.processes[0]?.process], ["rabbitmq", 0, "one"]);
    assert.deepEqual(told.events, [{ type: "parcel.new", does: "start", workflow: "parcel" }]);
    assert.ok(told.asOf && told.lastEventAt);
    const off = await statusOf(client, `${name}-away`);
    assert.equal(off.state, "off");
    assert.match(off.lastError ?? "", /REDIS is not set/);
    await consumers.stop();
    await eventually("it is stopped", async () => (await status()).state === "stopped");
  });

  test("a pause holds in every process, over restarts and continue-as-new, until it is resumed", async (t) => {
    const { app, client, start, send, waiting, status } = await place(t);
    const one = await start();
    await start({ process: "two" });
    await eventually("both consume", async () => (await status()).processes.length === 2);

    const paused = await client.pauseEventSource(app.name, why);
    assert.deepEqual([paused.paused?.by, paused.paused?.reason], ["ada", "the warehouse moves"]);
    const again = await client.pauseEventSource(app.name, { by: "bob", reason: "me too" });
    assert.deepEqual(again.paused, paused.paused);
    await eventually("both are paused", async () => (await status()).state === "paused");
    await send(5);
    await isStill(waiting, 5);
    const depth = await eventually("the backlog is told", async () => (await status()).backlog === 5);
    assert.ok(depth);

    await one.stop();
    await start({ process: "three" });
    const third = await eventually("the third has told", async () =>
      (await status()).processes.find(({ process }) => process === "three"),
    );
    assert.ok(["paused", "reconnecting"].includes(third.state));
    await isStill(waiting, 5);

    const handle = runWorkflow(app);
    const before = await handle.describe();
    const kept = { paused: { [app.name]: paused.paused }, processes: [] };
    await rig.client.workflow.start("tenutoEventSources", {
      ...{ workflowId: before.workflowId, taskQueue: "tenuto-system", workflowIdConflictPolicy: "TERMINATE_EXISTING" },
      // Short histories, so that it is soon seen to continue as new.
      ...{ args: [kept, 30], memo: { tenutoEventSources: kept } },
    });
    const { runId } = await handle.describe();
    for (let n = 0; n < 8; n += 1) await client.pauseEventSource(app.name, { by: "bob", reason: "me too" });
    await eventually("it has continued as new", async () => (await handle.describe()).runId !== runId);
    assert.deepEqual((await status()).paused, paused.paused);
    await isStill(waiting, 5);

    await handle.terminate("somebody does so");
    await eventually("another has begun", async () => (await handle.describe()).status.name === "RUNNING");
    await isStill(waiting, 5);

    const resumed = await client.resumeEventSource(app.name, why);
    assert.equal(resumed.paused, undefined);
    await eventually("all is taken", async () => (await waiting()) === 0);
    await eventually("it consumes", async () => (await status()).state === "consuming");
  });

  test("nothing is taken before it is known what is paused", async (t) => {
    const { app, start, send, waiting } = await place(t);
    const proxy = await startProxy(t);
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => connection.close());
    const away = await createClient(app, { connection, namespace: rig.namespace });
    await proxy.close();
    const consumers = await start({ client: away });
    await send(3);
    await eventually("it is connected", () => consumers.all[0]?.status().state === "paused");
    await isStill(waiting, 3);
    await proxy.open();
    await eventually("all is taken", async () => (await waiting()) === 0);
  });

  test("no password of a broker that refuses it is told", async (t) => {
    const { start, status } = await place(t);
    const { url } = await rabbit.broker();
    const wrong = new URL(url);
    wrong.password = "a-secret-word";
    await start({ variables: { RABBIT: wrong.href, REDIS: "redis://u:a-secret-word@127.0.0.1:1/x" } });
    const told = await eventually("it is refused", async () => {
      const now = await status();
      return now.lastError !== undefined && now;
    });
    assert.equal(told.state, "reconnecting");
    assert.match(told.lastError ?? "", /ACCESS.REFUSED/);
    assert.ok(told.lastErrorAt);
    assert.doesNotMatch(JSON.stringify(told), /a-secret-word/);
  });
});

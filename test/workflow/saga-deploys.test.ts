import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "@temporalio/client";
import { bundleWorkflowCode, Worker } from "@temporalio/worker";
import { defineActivities, defineApp, defineWorkflow } from "tenuto";
import { type ActivityContext, implementActivities } from "tenuto/activity";
import { createClient } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { IncidentWorld } from "./fixtures/incident-world.ts";
import { branches, patientPayment, payment, provider, rounds, timedPayment } from "./fixtures/incidents.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

const workflows = new URL("./fixtures/incident-workflows.ts", import.meta.url);

describe("contracts of sagas that change while runs are waiting", () => {
  const rig = workerRig(workflows);

  test("`deadline` added and `onExhausted` flipped while 100 runs wait: all finish as they began, new ones do not", async () => {
    const name = `flipped-${randomUUID()}`;
    const world = new IncidentWorld();
    const app = defineApp({
      name,
      workflows: [payment, timedPayment, patientPayment, branches, rounds],
      activities: [provider],
    });
    const stop = await rig.startWorker({ app, activities: [world.activities()] });
    const { connection, namespace } = rig;
    const client = await createClient(app, { connection, namespace });
    const parked = Array.from({ length: 50 }, () => randomUUID());
    const waiting = Array.from({ length: 50 }, () => randomUUID());
    for (const workflowId of parked) await client.start(payment, { card: "broken-flip" }, { workflowId });
    for (const workflowId of waiting) await client.start(rounds, {}, { workflowId });
    for (const workflowId of parked)
      await eventually("it is parked", async () => (await client.describe(workflowId)).incidents.length === 1);
    await stop();

    const { charge } = provider.definitions;
    const flipped = defineActivities("provider", {
      ...provider.definitions,
      charge: { ...charge, onExhausted: "fail" },
    });
    const hurried = ({ name: type, input, output, signals }: typeof payment | typeof rounds) =>
      defineWorkflow(type, { input, output, signals, deadline: "1ms" });
    const changed = defineApp({
      name,
      workflows: [hurried(payment), timedPayment, patientPayment, branches, hurried(rounds)],
      activities: [flipped],
    });
    await rig.startWorker({ app: changed, activities: [implementActivities(flipped, world.functions())] });
    const later = await createClient(changed, { connection, namespace });
    const [hasDeadline, parksNot] = [randomUUID(), randomUUID()];
    await later.start("payment", { waitMs: 60_000 }, { workflowId: hasDeadline });
    await later.start("branches", { cards: ["broken-for-good"] }, { workflowId: parksNot });
    world.heal("broken-flip");
    for (const workflowId of parked) await later.decide(workflowId, { action: "retry", reason: "healed" });
    for (const workflowId of waiting) await later.signal(workflowId, "next", {});
    for (const workflowId of [...parked, ...waiting])
      assert.equal((await later.result(workflowId, { waitMs: 60_000 })).status, "completed");
    const ended = async (workflowId: string) => {
      const { status, error } = await later.result(workflowId, { waitMs: 60_000 });
      return [status, error?.type];
    };
    assert.deepEqual(await ended(hasDeadline), ["failed", "DeadlineExceeded"]);
    assert.deepEqual(await ended(parksNot), ["failed", "Broken"]);
  });

  test("a saga adds no event to a successful run that its sender parsed", async () => {
    const name = `events-${randomUUID()}`;
    const world = new IncidentWorld();
    const app = defineApp({
      name,
      workflows: [payment, timedPayment, patientPayment, branches, rounds],
      activities: [provider],
    });
    await rig.startWorker({ app, activities: [world.activities()] });
    const client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    const { workflowId } = await client.start(payment, {});
    assert.equal((await client.result(workflowId, { waitMs: 60_000 })).status, "completed");
    const ours = (await rig.client.workflow.getHandle(workflowId).fetchHistory()).events;

    // Not among the runs that are replayed with Tenuto's bundle.
    const elsewhere = new Client({ connection: rig.connection, namespace: "default" });
    const taskQueue = `raw-${name}`;
    const { note, charge } = world.functions();
    const context: ActivityContext = {
      workflowId: taskQueue,
      idempotencyKey: "raw",
      signal: new AbortController().signal,
      attempt: 1,
      heartbeat: () => undefined,
      lastDetails: undefined,
    };
    const raw = await Worker.create({
      connection: rig.native,
      namespace: "default",
      taskQueue,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath: fileURLToPath(new URL("./fixtures/raw-payment.ts", import.meta.url)),
      }),
      activities: {
        "provider.note": (input: { text: string }) => note(input, context),
        "provider.charge": (input: { card: string; amountCents: number }) => charge(input, context),
      },
    });
    const theirs = await raw.runUntil(async () => {
      const run = await elsewhere.workflow.start("payment", { taskQueue, workflowId: taskQueue });
      await run.result();
      return (await run.fetchHistory()).events;
    });
    const types = (events: typeof ours) => events?.map(({ eventType }) => eventType);
    assert.deepEqual(types(ours), types(theirs));
  });
});

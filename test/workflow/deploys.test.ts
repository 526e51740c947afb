import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { Client } from "@temporalio/client";
import { defaultPayloadConverter } from "@temporalio/common";
import { type ActivityInterceptorsFactory, bundleWorkflowCode, Worker } from "@temporalio/worker";
import { fileURLToPath } from "node:url";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { bundleWorkflows, tenutoPlugin } from "tenuto/worker";
import { parsedHeader } from "../../src/sdk/client/payloads.ts";
import { type DroppedSignals, droppedSignalsMemo } from "../../src/sdk/core/intake.ts";
import { createShopActivities } from "../../src/activities/index.ts";
import { app as shopApp } from "../../src/app.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { startSandbox } from "../sandbox/fixture.ts";
import { fanOut, notes, order, part, rounds, steps, tightenedOrder } from "./fixtures/intake.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

const activities = [implementActivities(notes, { write: async ({ text }) => ({ length: text.length }) })];
const workflows = new URL("./fixtures/intake-workflows.ts", import.meta.url);

/** A parse's marker did not say yet that the run's memo tells of what is dropped. */
const parsesAsBefore: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: async (input, next) => {
      const answer = (await next(input)) as { isTold?: true };
      const { isTold: _, ...before } = answer;
      return before;
    },
  },
});

describe("deploys while runs are waiting", () => {
  const rig = workerRig(workflows);
  const startOrders = (taskQueue: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        rig.client.workflow.start("order", { taskQueue, workflowId: randomUUID(), args: [{ item: "mug" }] }),
      ),
    );

  test("a contract that takes less, while 100 runs are waiting: all complete, parsed by its sender or not", async () => {
    const taskQueue = `tightened-${randomUUID()}`;
    const app = (contract: typeof order | typeof tightenedOrder) =>
      defineApp({ name: taskQueue, workflows: [contract, steps, fanOut, part, rounds], activities: [notes] });
    const stop = await rig.startWorker({ app: app(order), activities });
    const unparsed = await startOrders(taskQueue, 50);
    const parsed = await Promise.all(
      Array.from({ length: 50 }, () => startParsed(taskQueue, "order", { item: "mug", count: 1 })),
    );
    const runs = [...unparsed, ...parsed.map((workflowId) => rig.client.workflow.getHandle(workflowId))];
    await Promise.all(runs.map((run) => run.signal("answer", { text: "before" })));
    for (const run of runs) {
      const isAsking = () =>
        run.query("status").then(
          (status) => status === "asking",
          () => false,
        );
      await eventually(`run "${run.workflowId}" waits`, isAsking);
    }
    await stop();
    await rig.startWorker({ app: app(tightenedOrder), activities });
    await Promise.all(runs.map((run) => signalParsed(run.workflowId, { text: "done" })));
    for (const run of runs) {
      const { answers } = order.output.parse(await run.result());
      assert.deepEqual(answers, ["before", "done"]);
    }
  });

  test("a run that dropped signals before there was a memo for them counts on in the memo, and completes", async () => {
    const taskQueue = `memo-${randomUUID()}`;
    const app = defineApp({ name: taskQueue, workflows: [order, steps, fanOut, part, rounds], activities: [notes] });
    const today = await bundleWorkflows(workflows);
    const old = await Worker.create({
      connection: rig.native,
      namespace: rig.namespace,
      taskQueue,
      workflowBundle: today,
      plugins: [tenutoPlugin({ app, activities })],
      interceptors: { activity: [parsesAsBefore] },
    });
    const running = old.run();
    const [run] = await startOrders(taskQueue, 1);
    assert.ok(run);
    await run.signal("answer", { text: 1 });
    await run.signal("answer", { text: "before" });
    await eventually("the first is dropped", async () => {
      const { events } = await run.fetchHistory();
      const parsed = events?.filter((event) => event.markerRecordedEventAttributes);
      return parsed?.length === 3;
    });
    assert.equal((await run.describe()).memo?.[droppedSignalsMemo], undefined);
    old.shutdown();
    await running;
    await rig.startWorker({ app, activities, workflows: today, maxCachedWorkflows: 0 });
    await run.signal("answer", { text: 2 });
    await eventually("both are counted", async () => {
      const dropped = (await run.describe()).memo?.[droppedSignalsMemo] as DroppedSignals | undefined;
      return dropped?.count === 2;
    });
    await run.signal("answer", { text: "done" });
    assert.deepEqual(order.output.parse(await run.result()).answers, ["before", "done"]);
  });

  test("a run of three steps that its sender parsed has the events of the raw SDK, no more", async () => {
    const taskQueue = `events-${randomUUID()}`;
    const app = defineApp({ name: taskQueue, workflows: [order, steps, fanOut, part, rounds], activities: [notes] });
    await rig.startWorker({ app, activities });
    const workflowId = await startParsed(taskQueue, "steps", { text: "a" });
    const ours = rig.client.workflow.getHandle(workflowId);
    assert.equal(await ours.result(), 6);

    // Not among the runs that are replayed with Tenuto's bundle.
    const elsewhere = new Client({ connection: rig.client.connection, namespace: "default" });
    const rawQueue = `raw-${randomUUID()}`;
    const raw = await Worker.create({
      connection: rig.native,
      namespace: "default",
      taskQueue: rawQueue,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath: fileURLToPath(new URL("./fixtures/raw-steps.ts", import.meta.url)),
      }),
      activities: { "notes.write": async ({ text }: { text: string }) => ({ length: text.length }) },
    });
    const [theirs] = await raw.runUntil(async () => {
      const run = await elsewhere.workflow.start("steps", {
        taskQueue: rawQueue,
        workflowId: randomUUID(),
        args: [{ text: "a" }],
      });
      await run.result();
      return [(await run.fetchHistory()).events ?? []];
    });
    const { events } = await ours.fetchHistory();
    assert.deepEqual(
      events?.map(({ eventType }) => eventType),
      theirs?.map(({ eventType }) => eventType),
    );
  });

  async function startParsed(taskQueue: string, type: string, input: unknown): Promise<string> {
    const workflowId = randomUUID();
    await rig.client.workflowService.startWorkflowExecution({
      namespace: rig.namespace,
      workflowId,
      workflowType: { name: type },
      taskQueue: { name: taskQueue },
      input: { payloads: [defaultPayloadConverter.toPayload(input)] },
      header: parsedHeader,
      requestId: randomUUID(),
    });
    return workflowId;
  }

  async function signalParsed(workflowId: string, payload: unknown): Promise<void> {
    await rig.client.workflowService.signalWorkflowExecution({
      namespace: rig.namespace,
      workflowExecution: { workflowId },
      signalName: "answer",
      input: { payloads: [defaultPayloadConverter.toPayload(payload)] },
      header: parsedHeader,
      requestId: randomUUID(),
    });
  }
});

describe("a bug deployed while 50 orders are inside their sagas", { timeout: 300_000 }, () => {
  const shop = new URL("../../src/workflows/index.ts", import.meta.url);
  const rig = workerRig(shop);

  test("none fails, nothing is undone, and after the fix all complete with each effect once", async (t) => {
    const sandbox = await startSandbox(t);
    const worker = { app: shopApp, activities: createShopActivities(sandbox.url()) };
    const good = await bundleWorkflows(shop);
    const code = good.code.replace("answer.approved", "answer.by.oops.approved");
    assert.notEqual(code, good.code);

    const stop = await rig.startWorker({ ...worker, workflows: good });
    const orders = Array.from({ length: 50 }, () =>
      anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 50_001 }] }),
    );
    const runs = await Promise.all(orders.map((order) => startOrder(rig, order)));
    const charged = async () => (await sandbox.ledger()).filter(({ operation }) => operation === "charge").length;
    await eventually("all orders are charged", async () => (await charged()) === orders.length);
    await stop();
    const stopBroken = await rig.startWorker({ ...worker, workflows: { ...good, code } });
    for (const run of runs) await run.signal("approve", { approved: true, by: "grace" });
    for (const run of runs) {
      await eventually(`the bug met order "${run.workflowId}"`, async () =>
        (await run.fetchHistory()).events?.some(({ workflowTaskFailedEventAttributes: failed }) =>
          failed?.failure?.message?.includes("undefined"),
        ),
      );
    }
    const statuses = await Promise.all(runs.map(async (run) => (await run.describe()).status.name));
    assert.deepEqual(new Set(statuses), new Set(["RUNNING"]));
    const operations = (await sandbox.ledger()).map(({ operation }) => operation);
    assert.deepEqual(new Set(operations), new Set(["reserve", "charge"]), "nothing is undone");

    await stopBroken();
    await rig.startWorker({ ...worker, workflows: good });
    for (const run of runs) await run.result();
    const lines = await sandbox.ledger();
    for (const { id } of orders) {
      assert.deepEqual(
        lines.filter(({ orderId }) => orderId === id).map(({ operation }) => operation),
        ["reserve", "charge", "book", "send"],
      );
    }
  });
});

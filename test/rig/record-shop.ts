// Run by `npm run histories`: plays the shop's main paths, for test/histories.
import { createClient, type TenutoClient } from "tenuto/client";
import { historyFixture } from "tenuto/testing";
import { app } from "../../src/app.ts";
import { eventually } from "./eventually.ts";
import type { HistoryFolder } from "./history-folder.ts";
import { anOrder, startOrder } from "./orders.ts";
import { changeService, effectOf, type Stack, startStack } from "./stack.ts";

type OrderChanges = Parameters<typeof anOrder>[0];
type Run = Awaited<ReturnType<typeof startOrder>>;

/** A path that an order can take. */
interface Path {
  readonly order?: OrderChanges;
  /** What somebody does to the run. */
  readonly then?: (run: Run, stack: Stack, orderId: string, client: TenutoClient) => Promise<unknown>;
}

const sofa = [{ sku: "sofa", quantity: 1, unitCents: 50_001 }];

const grace = { name: "grace", isOperator: false, taskRoles: ["approver"] };

/** The shop's main paths, by the name of their file. */
export const shopPaths: Readonly<Record<string, Path>> = {
  ok: {},
  "card-declined": { order: { card: "declined" } },
  "card-flaky": { order: { card: "flaky-2" } },
  "address-declined": { order: { address: "declined" } },
  "out-of-stock": { order: { lines: [{ sku: "declined", quantity: 1, unitCents: 100 }] } },
  canceled: {
    order: { address: "slow-60" },
    then: async (run, stack, orderId) => {
      await effectOf(stack, orderId, "shipping.book");
      await run.cancel();
    },
  },
  approved: {
    order: { lines: sofa },
    then: async (run, stack, orderId) => {
      await effectOf(stack, orderId, "payments.charge");
      await run.signal("approve", { approved: true, by: "grace" });
    },
  },
  rejected: {
    order: { lines: sofa },
    then: (run) => run.signal("approve", { approved: false, by: "grace" }),
  },
  "approved-by-task": {
    order: { lines: sofa },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      const taskId = await taskOf(client, workflowId);
      await client.actOnTask(taskId, { action: "claim", by: grace });
      await client.actOnTask(taskId, { action: "complete", answer: { note: "a good customer" }, by: grace });
    },
  },
  "rejected-by-task": {
    order: { lines: sofa },
    then: async ({ workflowId }, _stack, _orderId, client) =>
      client.actOnTask(await taskOf(client, workflowId), { action: "reject", text: "too expensive", by: grace }),
  },
  "canceled-at-task": {
    order: { lines: sofa },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      await taskOf(client, workflowId);
      await client.cancel(workflowId, { reason: "the customer called" });
    },
  },
  "signals-dropped": {
    order: { lines: sofa },
    then: async (run) => {
      await run.signal("approve", { approved: "yes" });
      await run.signal("aprove", { approved: true, by: "grace" });
      await run.signal("approve", { approved: true, by: "grace" });
    },
  },
  "parked-retried": {
    order: { card: "flaky-6" },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      await parked(client, workflowId);
      await client.decide(workflowId, { action: "retry", reason: "the provider is back" });
    },
  },
  "parked-canceled": {
    order: { card: "unavailable" },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      await parked(client, workflowId);
      await client.cancel(workflowId, { reason: "the customer called" });
    },
  },
  "undo-given-up": {
    order: { card: "slow-5", address: "declined" },
    then: async ({ workflowId }, stack, orderId, client) => {
      await effectOf(stack, orderId, "payments.charge");
      await changeService(stack, "stock", { available: false });
      await parked(client, workflowId);
      await client.decide(workflowId, { action: "fail", reason: "released by hand" });
      await changeService(stack, "stock", { available: true });
    },
  },
  "paused-skipped": {
    order: { lines: sofa },
    then: async (run, stack, orderId, client) => {
      const { workflowId } = run;
      await effectOf(stack, orderId, "payments.charge");
      await client.pause(workflowId, { reason: "the carrier is on strike" });
      await run.signal("approve", { approved: true, by: "grace" });
      await eventually("the shipment is held", async () => (await client.describe(workflowId)).account?.held.length);
      const output = { shipmentId: "by-hand", trackingNumber: "T-1" };
      await client.skip(workflowId, { step: "shipping.book", output, reason: "sent by courier" });
      await client.resume(workflowId, { reason: "the rest goes on" });
    },
  },
};

/** Plays those paths on a server, and writes what it recorded. */
export async function recordShop(address: string, names: readonly string[], folder: HistoryFolder): Promise<void> {
  const stack = await startStack(address);
  try {
    await stack.startWorker();
    const { connection, namespace } = stack;
    const client = await createClient(app, { connection, namespace, identity: "ada" });
    for (const name of names) await record({ stack, client, folder }, name);
  } finally {
    await stack.close();
  }
}

interface Recording {
  readonly stack: Stack;
  readonly client: TenutoClient;
  readonly folder: HistoryFolder;
}

async function record({ stack, client, folder }: Recording, name: string): Promise<void> {
  const { order, then } = shopPaths[name] ?? {};
  const placed = anOrder(order);
  const run = await startOrder(stack, placed);
  await then?.(run, stack, placed.id, client);
  await run.result().catch(() => undefined);
  const { namespace } = stack;
  await folder.write(
    name,
    historyFixture({ namespace, workflowId: run.workflowId, history: await run.fetchHistory() }),
  );
}

function parked(client: TenutoClient, workflowId: string): Promise<unknown> {
  return eventually("it is parked", async () => (await client.describe(workflowId)).incidents.length > 0, {
    withinMs: 180_000,
  });
}

async function taskOf(client: TenutoClient, workflowId: string): Promise<string> {
  const [task] = await eventually("it asks", async () => {
    const { tasks } = await client.describe(workflowId);
    return tasks.length > 0 && tasks;
  });
  return task?.taskId ?? "";
}

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import { eventually } from "../rig/eventually.ts";
import { anOrder, failureOfRun, startOrder } from "../rig/orders.ts";
import { startRawShop } from "../rig/raw-shop.ts";
import { effectOf, type Stack, startStack } from "../rig/stack.ts";

/** What is asked of the shop, whoever runs it. */
const behaviour = (start: () => Promise<Omit<Stack, "startWorker" | "startApi">>) => () => {
  let stack: Awaited<ReturnType<typeof start>>;
  before(async () => {
    stack = await start();
  });
  after(() => stack.close());

  test("every step goes well: stock, charge, shipment and receipt, each once", async () => {
    const order = anOrder();
    const result = (await (await startOrder(stack, order)).result()) as { readonly orderId: string };
    assert.equal(result.orderId, order.id);
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "shipping.book", "mail.send"]);
  });

  test("card declined: stock is released once, the run fails with CardDeclined", async () => {
    const order = anOrder({ card: "declined" });
    const failure = await failureOfRun(await startOrder(stack, order));
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "CardDeclined");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "stock.release"]);
  });

  test("address declined: the charge is refunded before the stock is released, each once", async () => {
    const order = anOrder({ address: "declined" });
    const failure = await failureOfRun(await startOrder(stack, order));
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "AddressRejected");
    assert.deepEqual(await stack.effects(order.id), [
      "stock.reserve",
      "payments.charge",
      "payments.refund",
      "stock.release",
    ]);
  });

  test("out of stock: nothing was done, so nothing is undone", async () => {
    const order = anOrder({ lines: [{ sku: "declined", quantity: 1, unitCents: 100 }] });
    const failure = await failureOfRun(await startOrder(stack, order));
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "OutOfStock");
    assert.deepEqual(await stack.effects(order.id), []);
  });

  test("a provider that recovers after two failures: the third attempt of the same step completes the order", async () => {
    const order = anOrder({ card: "flaky-2" });
    const run = await startOrder(stack, order);
    await run.result();
    const { events = [] } = await run.fetchHistory();
    const scheduled = (events ?? []).find((event) =>
      event.activityTaskScheduledEventAttributes?.activityType?.name?.endsWith("chargeCard"),
    );
    const started = (events ?? []).find(
      (event) => String(event.activityTaskStartedEventAttributes?.scheduledEventId) === String(scheduled?.eventId),
    );
    assert.equal(started?.activityTaskStartedEventAttributes?.attempt, 3);
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "shipping.book", "mail.send"]);
  });

  test("canceled while the answer of a done step is awaited: that step is undone as well", async () => {
    const order = anOrder({ address: "slow-60" });
    const run = await startOrder(stack, order);
    await effectOf(stack, order.id, "shipping.book");
    await run.cancel();
    assert.ok((await failureOfRun(run)) instanceof CancelledFailure);
    assert.deepEqual((await stack.effects(order.id)).slice(3), ["shipping.cancel", "payments.refund", "stock.release"]);
  });

  test("canceled in the middle of a step: what was done is undone, newest first, and the run ends as canceled", async () => {
    const order = anOrder({ card: "late-5" });
    const run = await startOrder(stack, order);
    await eventually("the charge is under way", async () => {
      const { raw } = await run.describe();
      return (raw.pendingActivities ?? []).some(({ activityType }) => activityType?.name?.endsWith("chargeCard"));
    });
    await run.cancel();
    assert.ok((await failureOfRun(run)) instanceof CancelledFailure);
    assert.equal((await run.describe()).status.name, "CANCELLED");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "stock.release"]);
  });

  test("canceled seconds into an attempt: the attempt is told, and there is no second one", async () => {
    const order = anOrder({ address: "slow-60" });
    const run = await startOrder(stack, order);
    await eventually("the attempt has asked for two seconds whether it was canceled", async () => {
      const { raw } = await run.describe();
      const [attempt] = raw.pendingActivities ?? [];
      const asked = Number(attempt?.lastHeartbeatTime?.seconds ?? 0) - Number(attempt?.lastStartedTime?.seconds ?? 0);
      return asked >= 2;
    });
    await run.cancel();
    assert.ok((await failureOfRun(run)) instanceof CancelledFailure);
    const { events } = await run.fetchHistory();
    const attempts = (events ?? []).map((event) => event.activityTaskStartedEventAttributes?.attempt ?? 0);
    assert.equal(Math.max(...attempts), 1);
    assert.deepEqual((await stack.effects(order.id)).slice(3), ["shipping.cancel", "payments.refund", "stock.release"]);
  });

  describe("an order above 50,000 cents", () => {
    const expensive = [{ sku: "sofa", quantity: 1, unitCents: 50_001 }];

    test("waits for approval before it ships", async () => {
      const order = anOrder({ lines: expensive });
      const run = await startOrder(stack, order);
      await effectOf(stack, order.id, "payments.charge");
      await run.signal("approve", { approved: true, by: "grace" });
      await run.result();
      assert.deepEqual((await stack.effects(order.id)).slice(2), ["shipping.book", "mail.send"]);
    });

    test("approved before it asks: the signal is kept", async () => {
      const order = anOrder({ lines: expensive, card: "flaky-1" });
      const run = await startOrder(stack, order);
      await run.signal("approve", { approved: true, by: "grace" });
      await run.result();
      assert.deepEqual((await stack.effects(order.id)).slice(2), ["shipping.book", "mail.send"]);
    });

    test("rejected: refunded and released, and the run fails with NotApproved", async () => {
      const order = anOrder({ lines: expensive });
      const run = await startOrder(stack, order);
      await run.signal("approve", { approved: false, by: "grace" });
      const failure = await failureOfRun(run);
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, "NotApproved");
      assert.deepEqual(failure.details?.[0], { reason: "rejected", by: "grace" });
      assert.deepEqual((await stack.effects(order.id)).slice(2), ["payments.refund", "stock.release"]);
    });

    test("exactly 50,000 cents need nobody", async () => {
      const order = anOrder({ lines: [{ sku: "chair", quantity: 2, unitCents: 25_000 }] });
      await (await startOrder(stack, order)).result();
    });
  });
};

async function startShop(): Promise<Stack> {
  const stack = await startStack();
  await stack.startWorker();
  return stack;
}

describe("the shop fulfils an order, or undoes what it did", behaviour(startShop));
describe("the same shop on raw Temporal (docs/raw-temporal.md) does as well", behaviour(startRawShop));

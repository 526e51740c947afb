import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { EventNotAllowed } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { app } from "../../src/app.ts";
import { type Calls, callsTo } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { place, resultOf } from "../rig/parked.ts";
import { changeUnavailable, effectOf, type Stack, startStack } from "../rig/stack.ts";

describe("an order that comes back", { timeout: 400_000 }, () => {
  let stack: Stack, api: Calls, client: TenutoClient;
  let worker: Awaited<ReturnType<Stack["startWorker"]>>;
  before(async () => {
    stack = await startStack();
    const [{ url }, started] = await Promise.all([stack.startApi(), stack.startWorker()]);
    worker = started;
    api = callsTo(url);
    const { connection, namespace } = stack;
    client = await createClient(app, { connection, namespace, identity: "test" });
  });
  after(() => stack.close());

  const requested = async (changes: { orderId?: string; chargeId?: string; lines?: object[] } = {}) => {
    const id = randomUUID();
    const lines = [{ sku: "mug", quantity: 1 }];
    const input = { orderId: id, chargeId: `ch_${id}`, amountCents: 1_200, lines, ...changes };
    const { status, body } = await api.post("/v1/workflow-types/returnRequest/runs", { input });
    assert.equal(status, 202);
    return { orderId: input.orderId, workflowId: String(body["workflowId"]), input };
  };
  /** What the run answers to an event that it takes. */
  const told = async (workflowId: string, event: string, input: object) => {
    const path = `/v1/runs/${workflowId}/updates/${event}`;
    const { status, body } = await api.post(path, { input }, { prefer: "wait=30" });
    assert.equal(status, 200, JSON.stringify(body));
    return body["result"] as { readonly state: readonly string[]; readonly failed?: { readonly type: string } };
  };
  const outcomeOf = async (workflowId: string) => {
    const { body } = await api.get(`/v1/runs/${workflowId}/result?wait=30`);
    assert.equal(body["status"], "completed", JSON.stringify(body));
    return body["result"] as Readonly<Record<string, unknown>>;
  };
  const sortedEffects = async (orderId: string) => (await stack.effects(orderId)).toSorted();

  test("goods that are as they should be are paid back and back in stock, once, also when it is asked for twice", async () => {
    const order = anOrder();
    await place(api, order);
    const { result } = await resultOf(api, order);
    const { workflowId, input } = await requested({ orderId: order.id, chargeId: String(result?.["chargeId"]) });
    const again = await api.post("/v1/workflow-types/returnRequest/runs", { input });
    assert.equal(again.status, 409);
    const { state } = await told(workflowId, "inspect", { ok: true });
    assert.deepEqual(state, ["closed"]);
    const { repaymentId, ...outcome } = await outcomeOf(workflowId);
    assert.deepEqual([outcome, typeof repaymentId], [{ outcome: "closed", restocked: true }, "string"]);
    const effects = await stack.effects(order.id);
    assert.deepEqual(effects.slice(4).toSorted(), ["payments.repay", "stock.restock"]);
  });

  test("goods that are not wait for people, who say yes, or no, or have dealt with it; events out of turn are refused", async () => {
    const ends = [
      ["decide", { approved: true }, "closed", ["payments.repay", "stock.restock"]],
      ["decide", { approved: false, note: "worn" }, "rejected", []],
      ["settle", { note: "a voucher" }, "settled", []],
    ] as const;
    for (const [event, data, outcome, effects] of ends) {
      const { orderId, workflowId } = await requested();
      await assert.rejects(client.update(workflowId, event, data), (error) => {
        assert.ok(error instanceof EventNotAllowed);
        assert.deepEqual([error.state, error.allowed], [["requested"], ["inspect"]]);
        return true;
      });
      assert.deepEqual((await told(workflowId, "inspect", { ok: false, note: "a chip" })).state, ["manual"]);
      assert.deepEqual((await told(workflowId, event, data)).state, [outcome]);
      assert.equal((await outcomeOf(workflowId))["outcome"], outcome);
      assert.deepEqual(await sortedEffects(orderId), effects);
    }
  });

  test("goods that can't be sold again are paid back", async () => {
    const { orderId, workflowId } = await requested({ lines: [{ sku: "declined", quantity: 1 }] });
    assert.deepEqual((await told(workflowId, "inspect", { ok: true })).state, ["closed"]);
    assert.equal((await outcomeOf(workflowId))["restocked"], false);
    assert.deepEqual(await stack.effects(orderId), ["payments.repay"]);
  });

  test("a repayment that is refused for good: the goods are out of stock again, and people can't just say no", async () => {
    const lines = [{ sku: "slow-1", quantity: 1 }];
    const { orderId, workflowId } = await requested({ chargeId: "declined", lines });
    const answer = await told(workflowId, "inspect", { ok: true });
    assert.deepEqual([answer.state, answer.failed], [["manual"], { step: "repay", type: "RepaymentRefused" }]);
    const ledger = await stack.ledger(orderId);
    const taken = ledger.filter(({ undoes }) => undoes !== undefined).map(({ undoes }) => undoes);
    const restocked = ledger.filter(({ operation }) => operation === "restock").map(({ key }) => key);
    assert.deepEqual([taken, ledger.length], [restocked, 2 * restocked.length]);
    await assert.rejects(client.update(workflowId, "decide", { approved: false }), EventNotAllowed);
    assert.deepEqual((await told(workflowId, "settle", { note: "a bank transfer" })).state, ["settled"]);
    assert.deepEqual(await outcomeOf(workflowId), { outcome: "settled", restocked: false });
  });

  test("restocking is given up after the repayment: tried again, nobody is paid twice", async () => {
    const { orderId, workflowId } = await requested({ lines: [{ sku: "unavailable", quantity: 1 }] });
    const { status } = await api.post(`/v1/runs/${workflowId}/updates/inspect`, { input: { ok: true } });
    assert.equal(status, 202);
    await eventually("it is parked", async () => (await client.describe(workflowId)).incidents.length > 0, {
      withinMs: 240_000,
    });
    await client.decide(workflowId, { action: "fail", reason: "the shelf is gone" });
    await eventually("people are asked", async () => (await client.machineState(workflowId)).state[0] === "manual");
    assert.deepEqual(await stack.effects(orderId), ["payments.repay"]);
    await changeUnavailable(stack, "healed");
    assert.deepEqual((await told(workflowId, "decide", { approved: true })).state, ["closed"]);
    assert.equal((await outcomeOf(workflowId))["restocked"], true);
    assert.deepEqual(await stack.effects(orderId), ["payments.repay", "stock.restock"]);
  });

  test("the worker is killed while it pays back and restocks: both are done, once each", async () => {
    const { orderId, workflowId } = await requested({ lines: [{ sku: "slow-3", quantity: 1 }] });
    const answered = told(workflowId, "inspect", { ok: true });
    await effectOf(stack, orderId, "stock.restock");
    await effectOf(stack, orderId, "payments.repay");
    await worker.crash();
    worker = await stack.startWorker();
    assert.deepEqual((await answered).state, ["closed"]);
    assert.equal((await outcomeOf(workflowId))["outcome"], "closed");
    assert.deepEqual(await sortedEffects(orderId), ["payments.repay", "stock.restock"]);
  });
});

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { type Calls, callsTo, problemOf } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { describeOrder, letterOf, openLetter, place, resultOf, runPath } from "../rig/parked.ts";
import { changeUnavailable, effectOf, type Stack, startStack } from "../rig/stack.ts";

const onceEach = ["stock.reserve", "payments.charge", "shipping.book", "mail.send"];
const sofa = [{ sku: "sofa", quantity: 1, unitCents: 60_000 }];
/** Fails in every attempt until it is parked, and then works. */
const worksWhenRedriven = "flaky-6";
const neverWorks = "flaky-999";

// All at once: each waits half a minute until its charge is parked.
describe("an order that can't be charged for now, over REST", { concurrency: true }, () => {
  let stack: Stack;
  let api: Calls;
  let answers: CheckedAnswers | undefined;
  before(async () => {
    stack = await startStack();
    const [, { url }] = await Promise.all([stack.startWorker(), stack.startApi()]);
    answers = await checkedAnswers(url);
    api = callsTo(url, answers.fetch);
  });
  after(async () => {
    await stack.close();
    assert.deepEqual(answers?.faults, []);
  });

  const parkedOrder = async (changes: Parameters<typeof anOrder>[0]) => {
    const order = anOrder(changes);
    await place(api, order);
    const letter = await letterOf(api, order);
    return { order, letter, path: `/v1/dead-letters/${letter.id}` };
  };

  test("is parked, seen in every list, and redriven when its provider is back: charged once", async () => {
    const { order, letter, path } = await parkedOrder({ card: "unavailable" });
    const { marks } = await eventually("the list shows its mark", async () => {
      const { body } = await api.get("/v1/runs?type=fulfillOrder&status=running&limit=200");
      const items = body["items"] as readonly { readonly workflowId: string; readonly marks: readonly string[] }[];
      return items.find(({ workflowId, marks }) => workflowId === `order-${order.id}` && marks.length > 0);
    });
    assert.deepEqual(marks, ["parked"]);
    assert.deepEqual(
      [letter.status, letter.kind, letter.step, letter.modes],
      ["open", "parked", "payments.chargeCard", ["continue", "fail"]],
    );
    const record = (await api.get(path)).body;
    assert.deepEqual({ ...record, ...letter }, record, "the record has what the list has, and more");
    const { status, incidents } = await describeOrder(api, order);
    assert.deepEqual([status, incidents], ["running", letter.incidents]);

    await changeUnavailable(stack, "healed");
    const reason = "the card network is back";
    const dryRun = await api.post(`${path}/redrive`, { dryRun: true, reason });
    assert.equal(dryRun.status, 200);
    assert.deepEqual([dryRun.body["step"], dryRun.body["action"]], ["payments.chargeCard", "retry"]);
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve"]);
    assert.equal((await api.post(`${path}/redrive`, { reason })).status, 202);

    assert.equal((await resultOf(api, order)).status, "completed");
    assert.deepEqual(await stack.effects(order.id), onceEach);
    // A busy worker may be too late for one answer; it is then left out.
    const account = await eventually(
      "the run tells what was decided",
      async () => (await describeOrder(api, order)).account,
    );
    assert.deepEqual(
      account.decided.map(({ action, by }) => [action, by]),
      [["retry", "dev"]],
    );
    await eventually("no dead letter is left", async () => !(await openLetter(api, order)));
    assert.deepEqual(problemOf(await api.get(path)), { status: 404, code: "DEAD_LETTER_NOT_FOUND", isProblem: true });
  });

  test("is told to fail: its stock is released, once", async () => {
    const { order, path } = await parkedOrder({ card: neverWorks });
    assert.equal((await api.post(`${path}/redrive`, { mode: "fail", reason: "the customer left" })).status, 202);
    const { status, error } = await resultOf(api, order);
    assert.deepEqual([status, error?.type], ["failed", "ProviderError"]);
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "stock.release"]);
  });

  test("is completed by hand: an output that does not fit is refused and says where, one that fits is taken", async () => {
    const { order, path } = await parkedOrder({ card: neverWorks });
    const refused = await api.post(`${path}/redrive`, { output: { charge: 1 }, reason: "charged by phone" });
    assert.deepEqual(problemOf(refused), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/output/chargeId"],
    });
    assert.deepEqual((await describeOrder(api, order)).marks, ["parked"]);
    const output = { chargeId: "by-phone" };
    assert.equal((await api.post(`${path}/redrive`, { output, reason: "charged by phone" })).status, 202);
    const { status, result } = await resultOf(api, order);
    assert.deepEqual([status, result?.["chargeId"]], ["completed", "by-phone"]);
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "shipping.book", "mail.send"]);
  });

  test("is charged to another card: only when somebody confirms that the old one was not charged", async () => {
    const { order, path } = await parkedOrder({ card: neverWorks });
    const input = { orderId: order.id, amountCents: 1_200, card: "ok" };
    const reason = "the customer gave another card";
    const unconfirmed = await api.post(`${path}/redrive`, { input, reason });
    assert.deepEqual(problemOf(unconfirmed), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/confirmNoEffect"],
    });
    const confirmed = await api.post(`${path}/redrive`, { input, confirmNoEffect: true, reason });
    assert.equal(confirmed.status, 202);
    assert.equal((await resultOf(api, order)).status, "completed");
    assert.deepEqual(await stack.effects(order.id), onceEach);
  });

  test("is redriven twice at the same instant: one goes, the other is told what was decided", async () => {
    const { order, path } = await parkedOrder({ card: worksWhenRedriven, lines: sofa });
    const replies = await Promise.all([
      api.post(`${path}/redrive`, { reason: "left" }),
      api.post(`${path}/redrive`, { reason: "right" }),
    ]);
    const lost = replies.find(({ status }) => status !== 202);
    assert.ok(lost, "one of the two is refused");
    assert.deepEqual(problemOf(lost), { status: 409, code: "INCIDENT_DECIDED", isProblem: true });
    const { step, action, by } = lost.body["decided"] as Readonly<Record<string, string>>;
    assert.deepEqual([step, action, by], ["payments.chargeCard", "retry", "dev"]);
    assert.equal(replies.filter(({ status }) => status === 202).length, 1);
    await api.post(`${runPath(order)}/signals/approve`, { input: { approved: true, by: "grace" } });
    assert.equal((await resultOf(api, order)).status, "completed");
    assert.deepEqual(await stack.effects(order.id), onceEach);
  });

  test("is asked for what can't be done: each refusal says what can, and canceling it undoes everything", async () => {
    const { order, letter, path } = await parkedOrder({ card: neverWorks });
    const reason = "r";
    const unsound = await api.post(`${path}/redrive`, { mode: "restart", reason });
    assert.deepEqual(problemOf(unsound), { status: 409, code: "REDRIVE_UNSOUND", isProblem: true });
    assert.deepEqual(unsound.body["modes"], ["continue", "fail"]);
    assert.equal((await api.post(`${path}/discard`, { reason })).body["code"], "REDRIVE_UNSOUND");
    const unknown = await api.post(`${path}/redrive`, { incidentId: "7", reason });
    assert.deepEqual(problemOf(unknown), { status: 404, code: "INCIDENT_NOT_FOUND", isProblem: true });
    assert.deepEqual(unknown.body["open"], letter.incidents);
    const elsewhere = await api.post(`${runPath(order)}/skip`, { step: "shipping.book", reason });
    assert.equal(elsewhere.body["code"], "INVALID_INPUT");
    const notHeld = await api.post(`${runPath(order)}/skip`, {
      step: "shipping.book",
      output: { shipmentId: "s", trackingNumber: "t" },
      reason,
    });
    assert.deepEqual(problemOf(notHeld), { status: 409, code: "STEP_NOT_WAITING", isProblem: true });
    assert.equal((notHeld.body["waiting"] as readonly { readonly step: string }[])[0]?.step, "payments.chargeCard");
    assert.deepEqual(problemOf(await api.post(`${path}/redrive`, { reason: " " })), {
      status: 422,
      code: "INVALID_BODY",
      isProblem: true,
      pointers: ["/reason"],
    });
    assert.equal((await api.post(`${runPath(order)}/cancel`, { reason })).status, 202);
    assert.equal((await resultOf(api, order)).status, "canceled");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "stock.release"]);
  });

  describe("and one that somebody holds", () => {
    const pausedBeforeShipping = async () => {
      const order = anOrder({ lines: sofa });
      await place(api, order);
      await effectOf(stack, order.id, "payments.charge");
      const reason = "the carrier is on strike";
      assert.equal((await api.post(`${runPath(order)}/pause`, { reason })).status, 202);
      await api.post(`${runPath(order)}/signals/approve`, { input: { approved: true, by: "grace" } });
      const { marks, paused } = await eventually("its shipment is held", async () => {
        const described = await describeOrder(api, order);
        return described.account?.held.some(({ step }) => step === "shipping.book") && described;
      });
      assert.deepEqual([marks, paused?.by, paused?.reason], [["paused"], "dev", reason]);
      return order;
    };

    test("goes on where it was held, when it is resumed", async () => {
      const order = await pausedBeforeShipping();
      assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge"]);
      assert.equal((await api.post(`${runPath(order)}/resume`, { reason: "the strike is over" })).status, 202);
      assert.equal((await resultOf(api, order)).status, "completed");
      assert.deepEqual(await stack.effects(order.id), onceEach);
    });

    test("goes on without the step that is skipped, with the output that was given", async () => {
      const order = await pausedBeforeShipping();
      const output = { shipmentId: "by-courier", trackingNumber: "T-1" };
      const skipped = await api.post(`${runPath(order)}/skip`, { step: "shipping.book", output, reason: "by courier" });
      assert.equal(skipped.status, 202);
      await api.post(`${runPath(order)}/resume`, { reason: "the rest goes on" });
      const { status, result } = await resultOf(api, order);
      assert.deepEqual([status, result?.["shipmentId"]], ["completed", "by-courier"]);
      assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "mail.send"]);
    });
  });
});

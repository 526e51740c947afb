import assert from "node:assert/strict";
import { test } from "node:test";
import { callsTo, problemOf } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { describeOrder, letterOf, openLetter, place, resultOf, runPath } from "../rig/parked.ts";
import { changeService, effectOf, startStack } from "../rig/stack.ts";

test("an undo that fails is parked: redriven it is done once, also after it was given up; else its dead letter stays open until it is discarded", async (t) => {
  const stack = await startStack();
  t.after(() => stack.close());
  const [, { url }] = await Promise.all([stack.startWorker(), stack.startApi()]);
  const api = callsTo(url);
  // Charged, then held until approved: stock breaks down before the carrier refuses the address.
  const lines = [{ sku: "sofa", quantity: 1, unitCents: 60_000 }];
  const anotherOrder = () => anOrder({ lines, address: "declined" });
  const [discarded, givenUp, redriven] = [anotherOrder(), anotherOrder(), anotherOrder()];
  const orders = [discarded, givenUp, redriven];
  await Promise.all(orders.map((order) => place(api, order)));
  await Promise.all(orders.map(({ id }) => effectOf(stack, id, "payments.charge")));
  await changeService(stack, "stock", { available: false });
  const approval = { input: { approved: true, by: "grace" } };
  await Promise.all(orders.map((order) => api.post(`${runPath(order)}/signals/approve`, approval)));

  const parked = await Promise.all(orders.map((order) => letterOf(api, order)));
  for (const { kind, step, incidents } of parked)
    assert.deepEqual([kind, step, incidents?.[0]?.kind], ["parked", "stock.release", "undo"]);
  const half = ["stock.reserve", "payments.charge", "payments.refund"];
  for (const { id } of orders) assert.deepEqual(await stack.effects(id), half);

  const reason = "released in the warehouse";
  const giveUp = async (order: ReturnType<typeof anOrder>, { id }: { readonly id: string }) => {
    assert.equal((await api.post(`/v1/dead-letters/${id}/redrive`, { mode: "fail", reason })).status, 202);
    const { status, error } = await resultOf(api, order);
    assert.deepEqual([status, error?.type, error?.cause?.type], ["failed", "SagaPartial", "AddressRejected"]);
    assert.deepEqual(await stack.effects(order.id), half);
    assert.deepEqual((await describeOrder(api, order)).marks, ["partial"]);
    const open = await eventually("its dead letter is that of a partial saga", async () => {
      const letter = await openLetter(api, order);
      return letter?.kind === "partial" && letter;
    });
    assert.deepEqual(
      [open.id, open.status, open.modes, open.openEffects?.map(({ step }) => step)],
      [id, "open", ["compensate"], ["stock.reserve"]],
    );
    return open;
  };
  const [first, second, third] = parked;
  assert.ok(first && second && third);
  const [lost, kept] = await Promise.all([giveUp(discarded, first), giveUp(givenUp, second)]);
  const unsound = await api.post(`/v1/dead-letters/${lost.id}/redrive`, { mode: "continue", reason });
  assert.deepEqual(problemOf(unsound), { status: 409, code: "REDRIVE_UNSOUND", isProblem: true });
  const closed = await api.post(`/v1/dead-letters/${lost.id}/discard`, { reason });
  assert.deepEqual([closed.status, closed.body["status"]], [200, "discarded"]);
  await eventually("it is no longer listed", async () => !(await openLetter(api, discarded)));
  for (const action of ["discard", "redrive"]) {
    const again = await api.post(`/v1/dead-letters/${lost.id}/${action}`, { reason });
    assert.deepEqual(problemOf(again), { status: 409, code: "DEAD_LETTER_NOT_OPEN", isProblem: true });
  }

  await changeService(stack, "stock", { available: true });
  const back = { reason: "the warehouse answers" };
  for (const { id } of [kept, third])
    assert.equal((await api.post(`/v1/dead-letters/${id}/redrive`, back)).status, 202);
  assert.equal((await resultOf(api, redriven)).error?.type, "AddressRejected");
  await eventually("the undo that was given up is done", async () => !(await openLetter(api, givenUp)));
  for (const { id } of [givenUp, redriven]) assert.deepEqual(await stack.effects(id), [...half, "stock.release"]);
  assert.deepEqual(await stack.effects(discarded.id), half);
  assert.deepEqual((await describeOrder(api, redriven)).marks, []);
  assert.equal((await api.get(`/v1/dead-letters/${kept.id}`)).body["status"], "resolved");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { callsTo, problemOf } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { describeOrder, letterOf, openLetter, place, resultOf, runPath } from "../rig/parked.ts";
import { changeService, effectOf, startStack } from "../rig/stack.ts";

test("an undo that fails is parked: given up, its dead letter stays open until it is discarded; redriven, it is done once", async (t) => {
  const stack = await startStack();
  t.after(() => stack.close());
  const [, { url }] = await Promise.all([stack.startWorker(), stack.startApi()]);
  const api = callsTo(url);
  // Charged, then held until approved: stock breaks down before the carrier refuses the address.
  const lines = [{ sku: "sofa", quantity: 1, unitCents: 60_000 }];
  const [givenUp, redriven] = [anOrder({ lines, address: "declined" }), anOrder({ lines, address: "declined" })];
  await Promise.all([givenUp, redriven].map((order) => place(api, order)));
  await Promise.all([givenUp, redriven].map(({ id }) => effectOf(stack, id, "payments.charge")));
  await changeService(stack, "stock", { available: false });
  const approval = { input: { approved: true, by: "grace" } };
  await Promise.all([givenUp, redriven].map((order) => api.post(`${runPath(order)}/signals/approve`, approval)));

  const [lost, kept] = await Promise.all([letterOf(api, givenUp), letterOf(api, redriven)]);
  assert.deepEqual([lost.kind, lost.step, lost.incidents?.[0]?.kind], ["parked", "stock.release", "undo"]);
  const half = ["stock.reserve", "payments.charge", "payments.refund"];
  assert.deepEqual(await stack.effects(givenUp.id), half);

  const reason = "released in the warehouse";
  assert.equal((await api.post(`/v1/dead-letters/${lost.id}/redrive`, { mode: "fail", reason })).status, 202);
  const { status, error } = await resultOf(api, givenUp);
  assert.deepEqual([status, error?.type, error?.cause?.type], ["failed", "SagaPartial", "AddressRejected"]);
  assert.deepEqual(await stack.effects(givenUp.id), half);
  assert.deepEqual((await describeOrder(api, givenUp)).marks, ["partial"]);
  const open = await eventually("its dead letter is that of a partial saga", async () => {
    const letter = await openLetter(api, givenUp);
    return letter?.kind === "partial" && letter;
  });
  assert.deepEqual(
    [open.id, open.status, open.modes, open.openEffects?.map(({ step }) => step)],
    [lost.id, "open", [], ["stock.reserve"]],
  );
  const late = await api.post(`/v1/dead-letters/${open.id}/redrive`, { reason });
  assert.deepEqual(problemOf(late), { status: 409, code: "REDRIVE_UNSOUND", isProblem: true });
  const discarded = await api.post(`/v1/dead-letters/${open.id}/discard`, { reason });
  assert.deepEqual([discarded.status, discarded.body["status"]], [200, "discarded"]);
  await eventually("it is no longer listed", async () => !(await openLetter(api, givenUp)));
  const again = await api.post(`/v1/dead-letters/${open.id}/discard`, { reason });
  assert.deepEqual(problemOf(again), { status: 409, code: "RUN_CLOSED", isProblem: true });

  await changeService(stack, "stock", { available: true });
  const back = { reason: "the warehouse answers" };
  assert.equal((await api.post(`/v1/dead-letters/${kept.id}/redrive`, back)).status, 202);
  assert.equal((await resultOf(api, redriven)).error?.type, "AddressRejected");
  assert.deepEqual(await stack.effects(redriven.id), [...half, "stock.release"]);
  assert.deepEqual((await describeOrder(api, redriven)).marks, []);
});

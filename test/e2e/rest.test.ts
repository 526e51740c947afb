import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { PendingStep } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { effectOf, type Stack, startStack } from "../rig/stack.ts";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

describe("an order placed over REST", () => {
  let stack: Stack;
  let url: string;
  /** What the worker and the API printed. */
  let logs: () => readonly string[];
  before(async () => {
    stack = await startStack();
    const [worker, api] = await Promise.all([stack.startWorker(), stack.startApi()]);
    logs = () => [worker.output(), api.output()];
    url = api.url;
  });
  after(() => stack.close());

  const call = async (method: string, path: string, { body, key, at = url }: CallOptions = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, at), {
      method,
      headers: { "content-type": "application/json", ...(key !== undefined && { "idempotency-key": key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
  };
  const place = (order: ReturnType<typeof anOrder>, options: Omit<CallOptions, "body"> = {}) =>
    call("POST", "/v1/workflow-types/fulfillOrder/runs", { body: { input: order }, ...options });
  const resultOf = async (order: { readonly id: string }) =>
    (await call("GET", `/v1/runs/order-${order.id}/result?wait=30`)).body;

  test("card ok: 202 with the run's location, then completed", async () => {
    const order = anOrder();
    const started = await place(order);
    assert.equal(started.status, 202);
    assert.equal(started.headers.get("location"), `/v1/runs/order-${order.id}`);
    const result = await resultOf(order);
    assert.equal(result["status"], "completed");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "shipping.book", "mail.send"]);
  });

  test("card declined: failed with CardDeclined, stock reserved and released once, no charge", async () => {
    const order = anOrder({ card: "declined" });
    await place(order);
    const { status, error } = (await resultOf(order)) as { status: string; error: { type: string; data: unknown } };
    assert.equal(status, "failed");
    assert.equal(error.type, "CardDeclined");
    assert.deepEqual(error.data, { reason: "card declined" });
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "stock.release"]);
  });

  test("card flaky-2: completed, charged once", async () => {
    const order = anOrder({ card: "flaky-2" });
    await place(order);
    assert.equal((await resultOf(order))["status"], "completed");
    assert.equal((await stack.effects(order.id)).filter((effect) => effect === "payments.charge").length, 1);
  });

  test("approved by a signal, and canceled by a reasoned request: each ends as it should", async () => {
    const lines = [{ sku: "sofa", quantity: 1, unitCents: 60_000 }];
    const [approved, canceled] = [anOrder({ lines }), anOrder({ lines })];
    await Promise.all([place(approved), place(canceled)]);
    await effectOf(stack, canceled.id, "payments.charge");
    const approval = { input: { approved: true, by: "grace" } };
    assert.equal((await call("POST", `/v1/runs/order-${approved.id}/signals/approve`, { body: approval })).status, 202);
    const reason = { reason: "the customer called" };
    assert.equal((await call("POST", `/v1/runs/order-${canceled.id}/cancel`, { body: reason })).status, 202);
    assert.equal((await resultOf(approved))["status"], "completed");
    assert.equal((await resultOf(canceled))["status"], "canceled");
    assert.deepEqual((await stack.effects(canceled.id)).slice(2), ["payments.refund", "stock.release"]);
  });

  test("a step that keeps failing is seen from outside: attempts, last failure, next retry", async () => {
    const order = anOrder({ card: "flaky-3" });
    await place(order);
    let steps: readonly PendingStep[] = [];
    while (!steps[0]?.nextRetryAt) {
      const described = await call("GET", `/v1/runs/order-${order.id}`);
      assert.equal(described.body["status"], "running");
      steps = described.body["pendingSteps"] as typeof steps;
    }
    const [{ type, attempt, maxAttempts, lastFailure, nextRetryAt }] = steps;
    assert.equal(type, "payments.chargeCard");
    assert.ok(attempt > 1 && attempt <= 4, `attempt ${attempt}`);
    assert.equal(maxAttempts, 6);
    assert.match(lastFailure?.message ?? "", /503 ServiceUnavailable/);
    assert.ok(Date.parse(nextRetryAt ?? "") > 0);
    assert.equal((await resultOf(order))["status"], "completed");
  });

  test("a card is in no answer and in no log, also when its order is refused or its steps are retried", async () => {
    const card = `card-${randomUUID()}`;
    const order = anOrder({ card });
    const answers = [await place(anOrder({ card, lines: [] }))];
    await fetch(`${stack.sandboxUrl}/admin/services/payments`, serviceIs({ available: false }));
    answers.push(await place(order));
    const path = `/v1/runs/order-${order.id}`;
    await eventually("the charge is refused", async () => {
      const described = await call("GET", path);
      answers.push(described);
      return JSON.stringify(described.body).includes("lastFailure");
    });
    await fetch(`${stack.sandboxUrl}/admin/services/payments`, serviceIs({ available: true }));
    assert.equal((await resultOf(order))["status"], "completed");
    for (const page of ["", "/result", "/history"]) answers.push(await call("GET", path + page));
    assert.match(JSON.stringify(answers.at(-1)?.body), /"card":"\[redacted\]"/);
    for (const text of [...answers.map(({ body }) => JSON.stringify(body)), ...logs()])
      assert.ok(!text.includes(card), text);
  });

  test("one of two APIs is killed among 100 starts with one key, and the callers repeat at the other: one order, each effect once", async () => {
    const order = anOrder();
    const [doomed, other] = await Promise.all([stack.startApi(), stack.startApi()]);
    const starts = Array.from({ length: 100 }, (_, n) =>
      place(order, { key: order.id, at: n % 2 === 0 ? doomed.url : other.url }).catch(() => undefined),
    );
    await Promise.race(starts);
    await doomed.crash();
    await Promise.all(starts);
    const repeats = await Promise.all(
      Array.from({ length: 100 }, () => place(order, { key: order.id, at: other.url })),
    );
    assert.deepEqual(new Set(repeats.map(({ status }) => status)), new Set([202]));
    assert.equal(new Set(repeats.map(({ body }) => body["runId"])).size, 1);
    assert.equal((await resultOf(order))["status"], "completed");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "shipping.book", "mail.send"]);
  });
});

function serviceIs(state: { readonly available: boolean }): RequestInit {
  return { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(state) };
}

interface CallOptions {
  readonly body?: unknown;
  readonly key?: string;
  /** @default the stack's first API */
  readonly at?: string;
}

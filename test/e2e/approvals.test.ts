import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Task } from "tenuto/client";
import { type Calls, callsTo } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { place, resultOf, runPath } from "../rig/parked.ts";
import { effectOf, type Stack, startStack } from "../rig/stack.ts";

const keys = [
  "grace:viewer+approver:key-grace",
  "henry:viewer+approver:key-henry",
  "lena:viewer+approvalLead:key-lena",
  "olga:operator:key-olga",
  "root:admin:key-root",
];

describe("an order above 50,000 cents, which people approve", () => {
  let stack: Stack, url: string, api: Calls;
  before(async () => {
    stack = await startStack();
    const [started] = await Promise.all([stack.startApi({ TENUTO_API_KEYS: keys.join(",") }), stack.startWorker()]);
    url = started.url;
    api = as("olga");
  });
  after(() => stack.close());

  const as = (caller: string): Calls => {
    const calls = callsTo(url);
    const authorization = { authorization: `Bearer key-${caller}` };
    return {
      ...calls,
      get: (path, headers = {}) => calls.get(path, { ...authorization, ...headers }),
      post: (path, body, headers = {}) => calls.post(path, body, { ...authorization, ...headers }),
    };
  };
  const waiting = async () => {
    const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 60_000 }] });
    await place(api, order);
    const task = await eventually("it is in the inbox", async () => {
      const { body } = await as("grace").get("/v1/tasks?type=approveOrder&mine=true&limit=200");
      return (body["items"] as readonly Task[]).find(({ workflowId }) => workflowId === `order-${order.id}`);
    });
    return { order, task, path: `/v1/tasks/${encodeURIComponent(task.taskId)}` };
  };

  test("it is in the inbox of approvers with what they have to know, without the card; completed, it ships once", async () => {
    const { order, task, path } = await waiting();
    assert.equal(task.title, `Approve order ${order.id}: 600.00`);
    const { order: shown } = task.data as { readonly order: Readonly<Record<string, unknown>> };
    assert.deepEqual([shown["id"], shown["amountCents"], shown["furtherLines"]], [order.id, 60_000, 0]);
    assert.deepEqual([task.status, task.roles, task.overdue], ["open", ["approver"], false]);
    assert.equal(Date.parse(task.dueAt ?? "") - Date.parse(task.openedAt), 8 * 3_600_000);
    const others = await as("lena").get("/v1/tasks?mine=true");
    assert.deepEqual(others.body["items"], []);

    const replies = await Promise.all(
      ["grace", "henry"].map((who) => as(who).post(`${path}/complete`, { answer: { note: who } })),
    );
    assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 409]);
    assert.equal((await resultOf(api, order)).status, "completed");
    const effects = ["stock.reserve", "payments.charge", "shipping.book", "mail.send"];
    assert.deepEqual(await stack.effects(order.id), effects);
    const audit = await eventually("the audit has both", async () => {
      const { body } = await as("root").get("/v1/audit?limit=200");
      const entries = body["items"] as readonly {
        readonly action: string;
        readonly target: { readonly taskId?: string };
      }[];
      const own = entries.filter(({ action, target }) => action === "completeTask" && target.taskId === task.taskId);
      return own.length === 2 && own;
    });
    assert.equal(audit.length, 2);
  });

  test("rejected: the customer is paid back, the stock released, and the run says who", async () => {
    const { order, path } = await waiting();
    assert.equal((await as("lena").post(`${path}/reject`, { reason: "no" })).status, 403);
    assert.equal((await as("grace").post(`${path}/reject`, { reason: "too expensive" })).status, 200);
    const { status, error } = (await resultOf(api, order)) as {
      readonly status: string;
      readonly error?: { readonly type: string; readonly data?: unknown };
    };
    assert.deepEqual([status, error?.type], ["failed", "NotApproved"]);
    assert.deepEqual(error?.data, { reason: "rejected", by: "grace" });
    assert.deepEqual((await stack.effects(order.id)).slice(2), ["payments.refund", "stock.release"]);
  });

  test("escalated by hand, a lead may approve as well", async () => {
    const { order, path } = await waiting();
    const escalated = await as("olga").post(`${path}/escalate`, { reason: "the customer waits" });
    assert.deepEqual([escalated.status, escalated.body["roles"]], [200, ["approver", "approvalLead"]]);
    assert.equal((await as("lena").post(`${path}/complete`, { answer: {} })).status, 200);
    assert.equal((await resultOf(api, order)).status, "completed");
  });

  test("canceled while it waits: it leaves the inbox, and what was done is undone", async () => {
    const { order, task } = await waiting();
    await effectOf(stack, order.id, "payments.charge");
    assert.equal((await api.post(`${runPath(order)}/cancel`, { reason: "the customer called" })).status, 202);
    assert.equal((await resultOf(api, order)).status, "canceled");
    assert.deepEqual((await stack.effects(order.id)).slice(2), ["payments.refund", "stock.release"]);
    await eventually("it has left the inbox", async () => {
      const { body } = await as("grace").get("/v1/tasks?limit=200");
      return !(body["items"] as readonly Task[]).some(({ taskId }) => taskId === task.taskId);
    });
  });

  test("approved by a system's signal: its task is withdrawn", async () => {
    const { order, path } = await waiting();
    const approval = { input: { approved: true, by: "erp" } };
    assert.equal((await api.post(`${runPath(order)}/signals/approve`, approval)).status, 202);
    assert.equal((await resultOf(api, order)).status, "completed");
    const late = await as("grace").post(`${path}/complete`, { answer: {} });
    assert.deepEqual([late.status, late.body["code"]], [409, "TASK_CLOSED"]);
  });
});

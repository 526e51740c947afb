import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../api/generated/shop-api.ts";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { startStack, type Stack } from "../rig/stack.ts";

const start = "/v1/workflow-types/fulfillOrder/runs";
const approve = "/v1/runs/{workflowId}/signals/approve";
const wait = { header: { Prefer: "wait=60" } } as const;
const sofa = [{ sku: "sofa", quantity: 1, unitCents: 60_000 }];

describe("the client that is generated from the shop's document", () => {
  let stack: Stack;
  let answers: CheckedAnswers;
  let client: Client<paths>;
  before(async () => {
    stack = await startStack();
    const [api] = await Promise.all([stack.startApi(), stack.startWorker()]);
    answers = await checkedAnswers(api.url);
    client = createClient<paths>({ baseUrl: api.url, fetch: answers.fetch });
  });
  after(() => stack.close());

  const runOf = ({ id }: { readonly id: string }) => ({ workflowId: `order-${id}` });
  /** As often as it takes: a wait ends with the connection's patience, not with the run. */
  const outcomeOf = (order: { readonly id: string }) =>
    eventually(`order ${order.id} is over`, async () => {
      const params = { path: runOf(order), query: { wait: 30 } };
      const { data } = await client.GET("/v1/runs/{workflowId}/result", { params });
      return data && data.status !== "running" && data;
    });

  test("starts, waits, and has the result with its types", async () => {
    const order = anOrder();

    const { data, response } = await client.POST(start, { params: wait, body: { input: order } });

    assert.equal(response.status, 200);
    // A 202 may say "completed", too: of a run that an earlier start with the same key began.
    assert.ok(data && "result" in data);
    const { orderId, trackingNumber }: { orderId: string; trackingNumber: string } = data.result;
    assert.equal(orderId, order.id);
    assert.ok(trackingNumber.length > 0);
  });

  test("is told where to look, sends a typed signal, and has the result of the run", async () => {
    const order = anOrder({ lines: sofa });

    const started = await client.POST(start, { body: { input: order } });
    assert.deepEqual([started.response.status, started.data?.status], [202, "running"]);
    const signal = { params: { path: runOf(order) }, body: { input: { approved: true, by: "grace" } } };
    const taken = await client.POST(approve, signal);
    const outcome = await outcomeOf(order);

    assert.deepEqual([taken.response.status, taken.data?.signal], [202, "approve"]);
    // The result of a run by its id may be that of any workflow.
    assert.ok(outcome.status === "completed" && "orderId" in outcome.result);
    assert.equal(outcome.result.orderId, order.id);
  });

  test("has a declared error with its data", async () => {
    const order = anOrder({ lines: sofa });
    await client.POST(start, { body: { input: order } });
    await client.POST(approve, { params: { path: runOf(order) }, body: { input: { approved: false, by: "grace" } } });

    const outcome = await outcomeOf(order);

    assert.ok(outcome.status === "failed");
    assert.deepEqual([outcome.error.type, outcome.error.data], ["NotApproved", { reason: "rejected", by: "grace" }]);
  });

  test("has problems whose codes are those of the operation", async () => {
    const order = anOrder();
    const header = { "Idempotency-Key": order.id };
    await client.POST(start, { params: { header: { ...header, ...wait.header } }, body: { input: order } });
    await outcomeOf(order);

    const refused = await client.POST(start, { body: { input: anOrder({ lines: [] }) } });
    const reused = await client.POST(start, { params: { header }, body: { input: { ...order, customer: "eve" } } });
    const taken = await client.POST(start, { body: { input: order } });
    const over = await client.POST("/v1/runs/{workflowId}/cancel", {
      params: { path: runOf(order) },
      body: { reason: "too late" },
    });
    const missing = await client.GET("/v1/runs/{workflowId}", { params: { path: { workflowId: "nobody" } } });
    const unknown = await client.POST("/v1/workflow-types/{type}/runs", {
      params: { path: { type: "nothing" } },
      body: {},
    });

    const problems = [refused, reused, taken, over, missing, unknown];
    assert.deepEqual(
      problems.map(({ response, error }) => [response.status, error?.code]),
      [
        [422, "INVALID_INPUT"],
        [422, "IDEMPOTENCY_KEY_REUSED"],
        [409, "RUN_ALREADY_STARTED"],
        [409, "RUN_CLOSED"],
        [404, "RUN_NOT_FOUND"],
        [404, "UNKNOWN_WORKFLOW_TYPE"],
      ],
    );
    assert.deepEqual(
      refused.error?.errors?.map(({ pointer }) => pointer),
      ["/input/lines"],
    );
  });

  test("pauses, skips, resumes and cancels, and sees what there is", async () => {
    const order = anOrder({ lines: sofa });
    const path = runOf(order);
    const body = { reason: "looking at it" };
    await client.POST(start, { body: { input: order } });
    const statuses: number[] = [];
    const expect = (...replies: readonly { readonly response: Response }[]) =>
      void statuses.push(...replies.map(({ response }) => response.status));

    expect(await client.POST("/v1/runs/{workflowId}/pause", { params: { path }, body }));
    expect(await client.GET("/v1/runs/{workflowId}", { params: { path } }));
    expect(await client.POST("/v1/runs/{workflowId}/skip", { params: { path }, body: { ...body, step: "mail.nope" } }));
    expect(await client.POST("/v1/runs/{workflowId}/resume", { params: { path }, body }));
    expect(await client.POST("/v1/runs/{workflowId}/cancel", { params: { path }, body }));
    const { status } = await outcomeOf(order);
    expect(
      await client.GET("/v1/runs/{workflowId}/history", { params: { path } }),
      await client.GET("/v1/runs", { params: { query: { limit: 10 } } }),
      await client.GET("/v1/runs", { params: { query: { limit: 10, cursor: "nothing" } } }),
      await client.GET("/v1/workflow-types", {}),
      await client.GET("/v1/workflow-types/{type}", { params: { path: { type: "fulfillOrder" } } }),
      await client.GET("/v1/dead-letters", {}),
      await client.GET("/v1/dead-letters/{id}", { params: { path: { id: "nothing" } } }),
      await client.GET("/healthz", {}),
      await client.GET("/readyz", {}),
      await client.POST("/v1/runs/{workflowId}/queries/{name}", {
        params: { path: { ...path, name: "nothing" } },
        body: {},
      }),
    );

    assert.equal(status, "canceled");
    assert.deepEqual(statuses, [202, 200, 409, 202, 202, 200, 200, 400, 200, 200, 200, 404, 200, 200, 404]);
  });

  test("got no answer that is not as the document says", () => {
    assert.deepEqual(answers.faults, []);
    assert.ok(answers.seen.size > 20, [...answers.seen].join(", "));
  });
});

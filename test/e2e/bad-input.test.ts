import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { ApplicationFailure } from "@temporalio/common";
import { InvalidInput, RunNotFound, type ValidationIssue } from "tenuto";
import { createClient, type RunDescription, type TenutoClient } from "tenuto/client";
import { app } from "../../src/app.ts";
import { parseActivityType } from "../../src/sdk/core/intake.ts";
import type { EntryPoint } from "../rig/entry-point.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, failureOfRun } from "../rig/orders.ts";
import { effectOf, type Stack, startStack } from "../rig/stack.ts";

/** What somebody is told whose input the contract does not take. */
interface Refusal {
  readonly type: unknown;
  readonly message: unknown;
  readonly issues: unknown;
}

const { lines: _lines, ...withoutLines } = anOrder();

const badOrders: Readonly<Record<string, { readonly input?: object; readonly pointers: readonly string[] }>> = {
  "an amount and a quantity out of range": {
    input: anOrder({ lines: [{ sku: "mug", quantity: 0, unitCents: -1 }] }),
    pointers: ["/input/lines/0/quantity", "/input/lines/0/unitCents"],
  },
  "a member missing": { input: withoutLines, pointers: ["/input/lines"] },
  "no input": { pointers: ["/input"] },
};

describe("bad input, by each way into a shop that runs", () => {
  let stack: Stack, client: TenutoClient, worker: EntryPoint, apiUrl: string;
  before(async () => {
    stack = await startStack();
    client = await createClient(app, { connection: stack.connection, namespace: stack.namespace });
    const [startedWorker, api] = await Promise.all([stack.startWorker(), stack.startApi()]);
    worker = startedWorker;
    apiUrl = api.url;
  });
  after(() => stack.close());

  const rest = async (method: string, path: string, body?: object) => {
    const response = await fetch(apiUrl + path, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  };

  /** Each way of starting; the refusal, once nothing more can come of the start. */
  const ways: Readonly<Record<string, (input: object | undefined, workflowId: string) => Promise<Refusal>>> = {
    "our client": async (input, workflowId) => {
      const error: unknown = await client
        .start("fulfillOrder", input, { workflowId })
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof InvalidInput);
      await assert.rejects(client.describe(workflowId), RunNotFound);
      return { type: error.name, message: error.message, issues: error.issues };
    },
    REST: async (input, workflowId) => {
      const { status, body } = await rest("POST", "/v1/workflow-types/fulfillOrder/runs", { input, workflowId });
      assert.deepEqual([status, body["code"]], [422, "INVALID_INPUT"]);
      assert.equal((await rest("GET", `/v1/runs/${workflowId}`)).status, 404);
      return { type: "InvalidInput", message: body["detail"], issues: body["errors"] };
    },
    "the temporal CLI": async (input, workflowId) => {
      const { namespace } = stack;
      const start = [
        "workflow",
        "start",
        "--type",
        "fulfillOrder",
        "--task-queue",
        "shop",
        "--workflow-id",
        workflowId,
      ];
      await temporal([...start, ...(input ? ["--input", JSON.stringify(input)] : [])], { namespace });
      return refusalOfRun(workflowId);
    },
    "the raw client": async (input, workflowId) => {
      const options = { taskQueue: "shop", workflowId, ...(input && { args: [input] }) };
      await stack.client.workflow.start("fulfillOrder", options);
      return refusalOfRun(workflowId);
    },
  };

  /** How a run ended that its worker refused, having executed nothing but the parsing. */
  const refusalOfRun = async (workflowId: string): Promise<Refusal> => {
    const run = stack.client.workflow.getHandle(workflowId);
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ApplicationFailure);
    const { events = [] } = await run.fetchHistory();
    assert.deepEqual(
      events?.filter(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled),
      [],
    );
    const [marker, ...others] = (events ?? []).flatMap(({ markerRecordedEventAttributes: recorded }) => recorded ?? []);
    assert.deepEqual(others, []);
    assert.equal(marker?.markerName, "core_local_activity");
    assert.match(
      Buffer.from(marker.details?.["data"]?.payloads?.[0]?.data ?? []).toString(),
      RegExp(parseActivityType),
    );
    const [details] = failure.details as [{ readonly issues: readonly ValidationIssue[] }];
    return { type: failure.type, message: failure.message, issues: details.issues };
  };

  for (const [what, { input, pointers }] of Object.entries(badOrders)) {
    test(`${what}: the same InvalidInput everywhere, and nothing is executed`, async () => {
      const refusals: Refusal[] = [];
      for (const [way, start] of Object.entries(ways)) {
        const refusal = await start(input, `bad-${randomUUID()}`);
        assert.equal(refusal.type, "InvalidInput", way);
        refusals.push(refusal);
      }
      const [first, ...others] = refusals;
      for (const other of others) assert.deepEqual(other, first);
      const issues = first?.issues as readonly ValidationIssue[];
      assert.deepEqual(
        issues.map(({ pointer }) => pointer),
        pointers,
      );
      if (input) assert.deepEqual(await stack.effects((input as { readonly id: string }).id), []);
    });
  }

  test("a bad signal to a running order is dropped, counted and seen from outside; the order completes", async () => {
    const { namespace } = stack;
    const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 60_000 }] });
    const workflowId = `order-${order.id}`;
    const signal = ["workflow", "signal", "--workflow-id", workflowId];
    const approve = (input: object) =>
      temporal([...signal, "--name", "approve", "--input", JSON.stringify(input)], { namespace });
    await client.start("fulfillOrder", order);
    await effectOf(stack, order.id, "payments.charge");

    await approve({ approved: "yes", by: "grace" });
    await temporal([...signal, "--name", "aprove"], { namespace });
    await eventually("both are dropped", async () => (await client.describe(workflowId)).droppedSignals.count === 2);
    await worker.stop();

    const { status, droppedSignals } = await client.describe(workflowId);
    assert.equal(status, "running");
    assert.deepEqual(
      droppedSignals.last.map(({ name, issues }) => [name, issues.map(({ pointer }) => pointer)]),
      [
        ["approve", ["/input/approved"]],
        ["aprove", [""]],
      ],
    );
    const { body } = await rest("GET", `/v1/runs/${workflowId}`);
    assert.deepEqual((body as unknown as RunDescription).droppedSignals, droppedSignals);

    worker = await stack.startWorker();
    await approve({ approved: true, by: "grace" });
    assert.equal((await client.result(workflowId, { waitMs: 60_000 })).status, "completed");
    assert.deepEqual(await stack.effects(order.id), ["stock.reserve", "payments.charge", "shipping.book", "mail.send"]);
    assert.equal((await client.describe(workflowId)).droppedSignals.count, 2);
  });
});

/** Runs Temporal's own command line as its users do. */
async function temporal(args: readonly string[], { namespace }: { readonly namespace: string }): Promise<void> {
  const binary = process.env["TEMPORAL_CLI_PATH"];
  const address = process.env["TENUTO_TEST_TEMPORAL_ADDRESS"];
  assert.ok(binary && address, "npm test gives the server and its path");
  await promisify(execFile)(binary, [...args, "--address", address, "--namespace", namespace], { timeout: 60_000 });
}

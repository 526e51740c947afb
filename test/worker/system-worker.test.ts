import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { defineApp, defineWorkflow, TemporalRefused } from "tenuto";
import { createClient, setUpNamespace } from "tenuto/client";
import { startSystemWorker } from "tenuto/worker";
import { z } from "zod";
import { ownSearchAttributes } from "../../src/sdk/core/search-attributes.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";

test("a system worker that can't start is told to its caller alone, and the next start begins anew", async (t) => {
  const address = testServer();
  const namespace = `system-${randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  t.after(() => native.close());

  await assert.rejects(startSystemWorker(native, namespace), /not found/i);
  // A rejection that nobody hears fails the test here, as it would end a process.
  await nextTurn();
  const connection = await Connection.connect({ address });
  t.after(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1, searchAttributes: {} });
  const stop = await startSystemWorker(native, namespace);

  await stop();
});

test("a system worker adds the search attributes that a namespace of before lacks, so that the API tells its numbers", async (t) => {
  const address = testServer();
  const namespace = `older-${randomUUID()}`;
  const connection = await Connection.connect({ address, interceptors: [] });
  t.after(() => connection.close());
  const { TenutoChainStart: _, ...before } = ownSearchAttributes;
  await setUpNamespace(connection, { namespace, retentionDays: 1, searchAttributes: before });
  const timed = defineWorkflow("timed", { input: z.object({}), output: z.null(), sla: "1h" });
  const app = defineApp({ name: "older", workflows: [timed], activities: [] });
  const client = await createClient(app, { connection, namespace });
  await client.start(timed, {}, { workflowId: "one" });
  await eventually("without it they are refused", async () => client.metricsSummary().then(() => false, isRefused));
  const native = await NativeConnection.connect({ address });

  const stop = await startSystemWorker(native, namespace);
  t.after(async () => {
    await stop();
    await native.close();
  });

  const { open } = await eventually("they are told", async () => client.metricsSummary().catch(() => undefined));
  assert.equal(open.running, 1);
});

function isRefused(error: unknown): boolean {
  return error instanceof TemporalRefused;
}

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { WorkflowHandle } from "@temporalio/client";
import { checkHistories, type HistoryFixture } from "tenuto/testing";
import { startSystemWorker } from "tenuto/worker";
import { auditEntrySignal, auditWorkflow, auditWorkflowId } from "../../src/sdk/core/audit.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { startTimeSkippingServer } from "../../src/sdk/testing/time-skipping-server.ts";
import { eventually } from "../rig/eventually.ts";
import "../rig/worker-log.ts";

test("the workflow of a day's audit ends an hour after the day, and one that is begun later an hour after that", async (t) => {
  const server = await startTimeSkippingServer({ interceptors: {} });
  // That server has no lists to look at.
  const stop = await startSystemWorker(server.native, server.namespace, { reconcileEvery: "never" });
  t.after(async () => {
    await stop();
    await server.close();
  });
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const begin = async (day: string) => {
    const run = await server.client.workflow.signalWithStart(auditWorkflow, {
      workflowId: auditWorkflowId(undefined, day),
      taskQueue: systemTaskQueue,
      args: [{ day }],
      // This server's own limit is a day.
      workflowExecutionTimeout: "30d",
      signal: auditEntrySignal,
      signalArgs: [{}],
    });
    // It would skip over what no worker has taken yet.
    await eventually("the workflow waits", async () => {
      const { events } = await run.fetchHistory();
      return events?.some((event) => event.timerStartedEventAttributes);
    });
    return run;
  };
  const day = dayOf(await server.now());
  const hourMs = 3_600_000;
  const statusOf = async (run: WorkflowHandle) => (await run.describe()).status.name;
  const isRunningUntil = async (run: WorkflowHandle, end: number) => {
    await server.advance(end - 60_000 - (await server.now()));
    assert.equal(await statusOf(run), "RUNNING");
    await server.advance(120_000);
    await eventually("it has ended", async () => (await statusOf(run)) === "COMPLETED");
  };

  await isRunningUntil(await begin(day), Date.parse(`${day}T00:00:00Z`) + 25 * hourMs);
  await isRunningUntil(await begin(day), (await server.now()) + hourMs);
});

test("a history that an earlier audit recorded replays as it was", async () => {
  const file = new URL("histories/audit/continued.json", import.meta.url);
  const recorded = JSON.parse(await readFile(file, "utf8")) as HistoryFixture;

  assert.equal(await checkHistories({ workflows: await bundleSystemWorkflows() }, [recorded]), 1);
});

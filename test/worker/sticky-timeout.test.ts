import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { requiredTsToMs } from "@temporalio/common/lib/time.js";
import { InvalidDefinition } from "tenuto";
import { createTestRig } from "tenuto/testing";
import { createWorker } from "tenuto/worker";
import { held, heldApp } from "../chaos/fixtures/held.contract.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";

test("stickyTimeout: so long the server keeps a run for the worker that was killed, and then gives it to another one", async (t) => {
  const file = await temporaryFile(t);
  const module = new URL("../chaos/fixtures/held-worker.ts", import.meta.url);
  const rig = await createTestRig({
    ...{ server: "real", address: testServer(), worker: { module, data: { file } } },
    ...{ maxCachedWorkflows: 10, stickyTimeout: "300ms" },
  });
  t.after(() => rig.close());
  await rig.client.start(held, { id: "held", key: "one", holdMs: 2_000 });
  await eventually("it is at work", async () => (await readFile(file, "utf8").catch(() => "")).includes("begin"));
  const eventsOf = async () => (await rig.temporal.workflow.getHandle("held").fetchHistory()).events ?? [];
  await eventually("its timer runs", async () =>
    (await eventsOf()).some(({ timerStartedEventAttributes }) => timerStartedEventAttributes),
  );
  await rig.killWorker();
  await rig.startWorker();
  await rig.temporal.workflow.getHandle("held").result();
  const events = await eventsOf();
  const waitedMs = events.flatMap(({ eventTime, workflowTaskTimedOutEventAttributes: timedOut }) => {
    const scheduled = events.find(({ eventId }) => timedOut && String(eventId) === String(timedOut.scheduledEventId));
    return scheduled ? [requiredTsToMs(eventTime, "eventTime") - requiredTsToMs(scheduled.eventTime, "eventTime")] : [];
  });
  // The default is 2 s; a server that is busy may be late.
  assert.ok(waitedMs.length === 1 && waitedMs.every((ms) => ms >= 300 && ms < 1_900), `waited ${String(waitedMs)} ms`);
});

test("a stickyTimeout that is none is refused before anything is connected", async () => {
  const options = { app: heldApp, workflows: "never-read.ts", activities: [] };
  for (const stickyTimeout of ["0s", "soon"] as const) {
    await assert.rejects(createWorker({ ...options, stickyTimeout: stickyTimeout as "0s" }), (error) => {
      assert.ok(error instanceof InvalidDefinition);
      assert.match(error.message, /`stickyTimeout` of the worker/);
      return true;
    });
  }
});

async function temporaryFile(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "tenuto-sticky-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return join(directory, "lines.jsonl");
}

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ApplicationFailure } from "@temporalio/common";
import { createTestRig, killWorkerAt, mock, type TestRig } from "tenuto/testing";
import { payments } from "../../src/activities/payments.contract.ts";
import { stock } from "../../src/activities/stock.contract.ts";
import { app } from "../../src/app.ts";
import { anOrder, failureOfRun, startOrder } from "../rig/orders.ts";
import { openLedger } from "./fixtures/ledger.ts";
import { sale } from "./fixtures/till.contract.ts";
import "../rig/worker-log.ts";

const workflows = new URL("../../src/workflows/index.ts", import.meta.url);

describe("a server that skips time", { timeout: 120_000 }, () => {
  test("a step that always fails is tried six times, after 1, 2, 4, 8 and 16 seconds", async () => {
    const startedMs: number[] = [];
    const reserve = async () => {
      startedMs.push(await rig.now());
      throw new Error("The warehouse is closed");
    };
    const rig: TestRig = await createTestRig({
      app,
      workflows,
      mocks: [mock(stock, { reserve, release: async () => ({ released: true }) })],
    });
    try {
      const run = await startOrder({ client: rig.temporal }, anOrder());
      const failure = await failureOfRun(run);
      assert.equal((failure.cause as Error).message, "The warehouse is closed");
      const waits = startedMs.slice(1).map((ms, index) => Math.round((ms - (startedMs[index] ?? 0)) / 1_000));
      assert.deepEqual(waits, [1, 2, 4, 8, 16]);
      const { events } = await run.fetchHistory();
      const started = (events ?? []).find((event) => event.activityTaskStartedEventAttributes);
      const scheduled = (events ?? []).find((event) => event.activityTaskScheduledEventAttributes);
      assert.equal(started?.activityTaskStartedEventAttributes?.attempt, 6);
      const seconds = Number(started?.eventTime?.seconds) - Number(scheduled?.eventTime?.seconds);
      assert.ok(seconds >= 31 && seconds <= 33, `The sixth attempt began after ${seconds} s, not 31`);
    } finally {
      await rig.close();
    }
  });

  test("its worker has a process of its own, and is killed at a step: the step's second attempt is answered", async (t) => {
    const directory = await mkdtemp(join(tmpdir(), "tenuto-ledger-"));
    t.after(() => rm(directory, { recursive: true, force: true }));
    const data = { ledger: join(directory, "ledger.jsonl") };
    const module = new URL("./fixtures/till-worker.ts", import.meta.url);
    const rig = await createTestRig({ worker: { module, data }, faults: [killWorkerAt("till.take")] });
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    const { status } = await rig.client.result(workflowId, { waitMs: 60_000 });
    await rig.close();
    assert.equal(status, "completed");
    const operations = openLedger(data.ledger)
      .lines()
      .map(({ operation, attempt }) => [operation, attempt]);
    assert.deepEqual(operations, [
      ["take", 1],
      ["take", 2],
      ["print", 1],
    ]);
  });

  test("nobody answers for a day whether an expensive order is approved: refunded, released, NotApproved", async () => {
    const done: string[] = [];
    const rig = await createTestRig({
      app,
      workflows,
      mocks: [
        mock(stock, {
          reserve: async () => ({ reservationId: "r-1" }),
          release: async () => (done.push("released"), { released: true }),
        }),
        mock(payments, {
          chargeCard: async () => ({ chargeId: "c-1" }),
          refundCard: async () => (done.push("refunded"), { refundId: "f-1" }),
        }),
      ],
    });
    try {
      const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 50_001 }] });
      const failure = await failureOfRun(await startOrder({ client: rig.temporal }, order));
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, "NotApproved");
      assert.deepEqual(failure.details?.[0], { reason: "unanswered" });
      assert.deepEqual(done, ["refunded", "released"]);
    } finally {
      await rig.close();
    }
  });
});

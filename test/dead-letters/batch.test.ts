import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { InvalidInput } from "tenuto";
import type { Batch, DeadLetter } from "tenuto/client";
import { actOnBatchItem } from "../../src/sdk/client/act-on-batch-item.ts";
import { batchIdentity } from "../../src/sdk/client/batch-act.ts";
import { findBatchItems } from "../../src/sdk/client/find-batch-items.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import { type BatchOrder, batchWorkflow } from "../../src/sdk/core/batch.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { eventually } from "../rig/eventually.ts";
import { letterRig } from "./fixtures/letter-rig.ts";
import { replayLetters } from "./fixtures/replay-letters.ts";

const withinMs = 120_000;
const reason = "the carrier is back";
const mended = new URL("./fixtures/mended-workflows.ts", import.meta.url);

describe("batch operations", () => {
  const rig = letterRig();

  const many = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));
  /** Runs that failed before they had an effect that stays: each goes again from its start. */
  const failed = (count: number) => many(count, async () => rig.letterOf(await rig.start({ card: "odd" })));
  const parked = (count: number) =>
    many(count, async () => rig.letterOf(await rig.start({ then: "parks" }), { kind: "parked" }));
  const waiting = (count: number) =>
    many(count, async () => {
      const workflowId = await rig.start({ then: "waits" });
      await eventually(
        "it waits",
        async () => (await rig.client.describe(workflowId)).account?.steps.at(-1)?.state === "done",
      );
      return workflowId;
    });
  const idsOf = (letters: readonly DeadLetter[]) => letters.map(({ id }) => id);
  const over = ({ id }: Pick<Batch, "id">) =>
    eventually(
      "the batch is over",
      async () => {
        const batch = await rig.client.batch(id);
        return batch.closedAt !== undefined && batch;
      },
      { withinMs },
    );
  const itemsOf = async ({ id }: Pick<Batch, "id">) => (await rig.client.batchItems(id, { limit: 200 })).items;
  const outcomesOf = async (batch: Pick<Batch, "id">) =>
    Object.fromEntries((await itemsOf(batch)).map(({ id, outcome }) => [id, outcome]));

  test("a dry run says of each dead letter what would be done, and changes nothing", async () => {
    const letters = await failed(3);
    const batch = await over(
      await rig.client.startBatch({ action: "redrive", filter: { ids: idsOf(letters) }, reason, dryRun: true }),
    );
    assert.deepEqual(batch.progress, { total: 3, done: 3, refused: 0, failed: 0, skipped: 0 });
    assert.deepEqual(
      (await itemsOf(batch)).map(({ what }) => what),
      ["restart", "restart", "restart"],
    );
    for (const { id } of letters) {
      const { status, redrives } = await rig.client.deadLetter(id);
      assert.deepEqual([status, redrives], ["open", []]);
    }
  });

  test("two that overlap share their dead letters: each is redriven once, by one of them", async () => {
    const letters = await failed(12);
    await rig.stopWorker();
    await rig.startWorker(mended);
    const [half, rest] = [letters.slice(0, 8), letters.slice(4)];
    const [first, second] = await Promise.all(
      [half, rest].map((some) =>
        rig.client.startBatch({ action: "redrive", filter: { ids: idsOf(some) }, reason, ratePerSecond: 100 }),
      ),
    );
    assert.ok(first && second);
    const batches = [await over(first), await over(second)];
    const outcomes = await Promise.all(batches.map(outcomesOf));
    for (const { id, workflowId } of letters) {
      const said = outcomes.map((each) => each[id]).filter((outcome) => outcome !== undefined);
      assert.equal(said.filter((outcome) => outcome === "done").length, 1, id);
      assert.ok(said.every((outcome) => outcome === "done" || outcome === "skipped"));
      await rig.letterOf(workflowId, { status: "resolved" });
      const { redrives, closed } = await rig.client.deadLetter(id);
      assert.deepEqual([redrives.length, closed?.by], [1, "ada"]);
      const by = outcomes.findIndex((each) => each[id] === "done");
      assert.equal(redrives[0]?.batchId, batches[by]?.id);
      assert.equal((await rig.client.describe(workflowId)).status, "completed");
    }
    const count = (name: "done" | "skipped" | "total") =>
      batches.reduce((sum, { progress }) => sum + progress[name], 0);
    assert.deepEqual([count("total"), count("done"), count("skipped")], [16, 12, 4]);
    const skipped = (await Promise.all(batches.map(itemsOf))).flat().filter(({ outcome }) => outcome === "skipped");
    const takers = batches.map(({ id }) => id);
    for (const { message = "" } of skipped)
      assert.ok(
        takers.some((id) => message.includes(`by batch ${id}`)) || message === 'it was resolved by "ada"',
        message,
      );
    await rig.stopWorker();
    await rig.startWorker();
  });

  test("a mode that is not sound is refused, and says which one is; what is parked can't be discarded", async () => {
    const [letter] = await failed(1);
    const [wait] = await parked(1);
    assert.ok(letter && wait);
    const redrive = await over(
      await rig.client.startBatch({ action: "redrive", filter: { ids: [letter.id] }, mode: "compensate", reason }),
    );
    const [refused] = await itemsOf(redrive);
    assert.equal(refused?.outcome, "refused");
    assert.match(refused.message ?? "", /can't be redriven with mode "compensate".*Sound now: restart\./);
    const discard = await over(
      await rig.client.startBatch({ action: "discard", filter: { ids: [letter.id, wait.id] }, reason }),
    );
    assert.deepEqual(await outcomesOf(discard), { [letter.id]: "done", [wait.id]: "refused" });
    const { status, closed } = await rig.client.deadLetter(letter.id);
    assert.deepEqual([status, closed?.by, closed?.reason], ["discarded", "ada", reason]);
    const again = await over(
      await rig.client.startBatch({ action: "discard", filter: { ids: [letter.id, "f".repeat(32)] }, reason }),
    );
    assert.deepEqual(await outcomesOf(again), { [letter.id]: "skipped", ["f".repeat(32)]: "skipped" });
    await rig.client.cancel(wait.workflowId, { reason: "the test is over" });
  });

  test("parked runs: what waits is decided once, also by two batches", async () => {
    const letters = await parked(4);
    const batches = await many(2, () =>
      rig.client.startBatch({ action: "redrive", filter: { kind: "parked", step: "shop.pack" }, mode: "fail", reason }),
    );
    const outcomes = await Promise.all(batches.map(async (batch) => outcomesOf(await over(batch))));
    for (const { id, workflowId } of letters) {
      const said = outcomes.flatMap((each) => each[id] ?? []);
      assert.equal(said.filter((outcome) => outcome === "done").length, 1, JSON.stringify(said));
      const { account } = await rig.client.describe(workflowId);
      assert.equal(account?.decided.length, 1);
      await eventually("it has failed", async () => (await rig.client.describe(workflowId)).status === "failed");
    }
  });

  test("stopped: what was not begun stays pending; one that is over can't be stopped", async () => {
    const letters = await failed(6);
    const begun = await rig.client.startBatch({
      action: "discard",
      filter: { ids: idsOf(letters) },
      reason,
      ratePerSecond: 0.1,
    });
    await eventually("the first is done", async () => (await rig.client.batch(begun.id)).progress.done > 0, {
      withinMs,
    });
    await assert.rejects(rig.client.stopBatch(begun.id, { reason: " " }), InvalidInput);
    assert.match((await rig.client.stopBatch(begun.id, { by: "grace", reason: "wrong filter" })).status, /^stop/);
    const batch = await over(begun);
    assert.deepEqual([batch.status, batch.stopped?.by, batch.stopped?.reason], ["stopped", "grace", "wrong filter"]);
    const pending = (await rig.client.batchItems(batch.id, { outcome: "pending", limit: 2 })).items;
    assert.equal(pending.length, 2);
    for (const { id } of pending) assert.equal((await rig.client.deadLetter(id)).status, "open");
    await assert.rejects(rig.client.stopBatch(batch.id, { reason }), { code: "BATCH_NOT_RUNNING", status: "stopped" });
    await assert.rejects(rig.client.batch("nobody"), { code: "BATCH_NOT_FOUND" });
    const stopped = await rig.client.batches({ status: "stopped" });
    assert.ok(stopped.items.some(({ id }) => id === batch.id));
  });

  test("stopped while its items are still looked for: none is begun", async () => {
    const letters = await failed(2);
    // Each is looked for, which takes its time.
    const unknown = Array.from({ length: 900 }, (_, index) => index.toString(16).padStart(32, "0"));
    const filter = { ids: [...idsOf(letters), ...unknown] };
    const { id } = await rig.client.startBatch({ action: "discard", filter, reason });
    await eventually("they are looked for", async () => {
      const { raw } = await rig.raw.workflow.getHandle(`tenuto-batch-${id}`).describe();
      return raw.pendingActivities?.some(({ lastStartedTime }) => lastStartedTime);
    });
    assert.equal((await rig.client.stopBatch(id, { reason: "wrong filter" })).progress.total, 0);
    const { status, progress } = await over({ id });
    assert.deepEqual([status, progress.total, progress.done], ["stopped", 902, 0]);
  });

  test("runs are signaled, canceled and terminated by type, each once; one that is over is skipped", async () => {
    const [signaled, canceled, terminated] = [await waiting(2), await waiting(2), await waiting(1)];
    const [first = ""] = signaled;
    const signal = { name: "go", input: { ok: true } };
    const go = await over(
      await rig.client.startBatch({ action: "signal", filter: { type: "order", ids: signaled }, signal, reason }),
    );
    assert.deepEqual(Object.values(await outcomesOf(go)), ["done", "done"]);
    for (const id of signaled) await rig.raw.workflow.getHandle(id).result();
    const cancel = await over(
      await rig.client.startBatch({ action: "cancel", filter: { ids: [...canceled, first] }, reason }),
    );
    assert.equal((await outcomesOf(cancel))[first], "skipped");
    for (const id of canceled) {
      await eventually("it is canceled", async () => (await rig.client.describe(id)).status === "canceled");
    }
    await eventually("the list has what runs", async () => {
      const { items } = await rig.client.list({ type: "order", status: "running" });
      return (
        items.some(({ workflowId }) => workflowId === terminated[0]) &&
        items.every(({ workflowId }) => !canceled.includes(workflowId))
      );
    });
    const end = await over(await rig.client.startBatch({ action: "terminate", filter: { type: "order" }, reason }));
    assert.ok(Object.keys(await outcomesOf(end)).includes(terminated[0] ?? ""));
    for (const id of terminated) assert.equal((await rig.client.describe(id)).status, "terminated");
  });

  test("an item that is acted on again, as after a crash, is done as before and not twice", async () => {
    const id = `crash${Date.now()}`;
    const { namespace, connection } = rig;
    const temporal = new Temporal({ connection, namespace, identity: batchIdentity(id) });
    const reach = { temporal, app: rig.app };
    const [toRedrive, toDiscard] = await failed(2);
    const [wait] = await parked(1);
    const [toCancel = "", toEnd = "", toSignal = ""] = await waiting(3);
    assert.ok(toRedrive && toDiscard && wait);
    const base = { id, by: "ada", reason, ratePerSecond: 10, dryRun: false, startedAt: new Date().toISOString() };
    const signal = { type: "order", name: "go", input: { ok: true } };
    const orders: readonly (Pick<BatchOrder, "action" | "mode" | "signal"> & { readonly item: string })[] = [
      { action: "redrive", item: toRedrive.id },
      { action: "discard", item: toDiscard.id },
      { action: "redrive", mode: "fail", item: wait.id },
      { action: "cancel", item: toCancel },
      { action: "terminate", item: toEnd },
      { action: "signal", signal, item: toSignal },
    ];
    for (const { item: of, ...order } of orders) {
      const { items } = await findBatchItems(temporal, { ...order, filter: { ids: [of] } }, () => undefined);
      const [item] = items;
      assert.ok(item);
      const first = await actOnBatchItem(reach, { order: { ...base, ...order }, item, hasPatience: false });
      assert.equal(first.outcome, "done", `${order.action}: ${first.text}`);
      const isRun = order.action === "cancel" || order.action === "signal" || order.mode === "fail";
      if (isRun)
        await eventually(
          "its run is over",
          async () => (await rig.client.describe(item.workflowId)).status !== "running",
        );
      const second = await actOnBatchItem(reach, { order: { ...base, ...order }, item, hasPatience: false });
      assert.equal(second.outcome, "done", `${order.action} again: ${second.text}`);
      if (order.action === "signal") {
        const events = await rig.client.history(of);
        assert.equal(events.filter((event) => "workflowExecutionSignaledEventAttributes" in event).length, 1);
      }
    }
    assert.equal((await rig.client.deadLetter(toRedrive.id)).redrives.length, 1);
  });

  test("one that is long goes on as a new run, and counts on", async () => {
    const letters = await failed(5);
    const id = `long${Date.now()}`;
    const order: BatchOrder = {
      ...{ id, action: "discard", by: "ada", reason, dryRun: false, startedAt: new Date().toISOString() },
      ...{ filter: { ids: idsOf(letters) }, ratePerSecond: 0.9 },
    };
    const workflowId = `tenuto-batch-${id}`;
    const args = [order, undefined, 12] as const;
    await rig.raw.workflow.start(batchWorkflow, { workflowId, taskQueue: systemTaskQueue, args: [...args] });
    await eventually("it is over", async () => (await rig.client.batch(id).catch(() => undefined))?.closedAt, {
      withinMs,
    });
    const { status, progress } = await rig.client.batch(id);
    assert.deepEqual([status, progress], ["completed", { total: 5, done: 5, refused: 0, failed: 0, skipped: 0 }]);
    const runs = await eventually("its runs are listed", async () => {
      const { count } = await rig.raw.workflow.count(`WorkflowId = '${workflowId}'`);
      return count > 1 && count;
    });
    assert.ok(runs > 1);
    const { items, nextCursor } = await rig.client.batchItems(id, { limit: 3, outcome: "done" });
    assert.deepEqual(
      [items.length, (await rig.client.batchItems(id, { limit: 3, cursor: nextCursor })).items.length],
      [3, 2],
    );
    await assert.rejects(rig.client.batchItems(id, { cursor: "nonsense" }), { code: "INVALID_CURSOR" });
    assert.ok((await rig.client.batches()).items.filter((batch) => batch.id === id).length === 1, "listed once");
  });

  test("the same key and request is the same batch; another request with it is refused", async () => {
    const request = { action: "discard", filter: { type: "nothing-of-that-name" }, reason } as const;
    const idempotencyKey = `key-${Date.now()}`;
    const [first, second] = await many(2, () => rig.client.startBatch({ ...request, idempotencyKey }));
    assert.equal(first?.id, second?.id);
    assert.deepEqual((await over(first ?? { id: "" })).progress.total, 0);
    await assert.rejects(rig.client.startBatch({ ...request, reason: "another", idempotencyKey }), {
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });

  test("what can't be meant is refused, says where, and begins nothing", async () => {
    const before = (await rig.client.batches({ limit: 200 })).items.length;
    const wrong = [
      [{ action: "redrive", filter: {} }, "/filter"],
      [{ action: "redrive", filter: { ids: Array.from({ length: 1_001 }, String) } }, "/filter/ids"],
      [{ action: "redrive", filter: { ids: ["a"], type: "order" } }, "/filter"],
      [{ action: "redrive", filter: { all: true, mark: "parked" } }, "/filter/mark"],
      [{ action: "cancel", filter: { step: "shop.pack" } }, "/filter/step"],
      [{ action: "cancel", filter: { all: true }, mode: "fail" }, "/mode"],
      [{ action: "signal", filter: { type: "order" } }, "/signal"],
      [{ action: "signal", filter: { all: true }, signal: { name: "go" } }, "/filter/type"],
      [{ action: "signal", filter: { type: "order" }, signal: { name: "go", input: { ok: 1 } } }, "/signal/input/ok"],
      [{ action: "redrive", filter: { all: true }, signal: { name: "go" } }, "/signal"],
      [{ action: "redrive", filter: { all: true }, ratePerSecond: 0 }, "/ratePerSecond"],
    ] as const;
    for (const [request, pointer] of wrong) {
      const refused = await rig.client.startBatch({ ...request, reason }).then(
        () => assert.fail(`${JSON.stringify(request)} was taken`),
        (error: unknown) => error,
      );
      assert.ok(refused instanceof InvalidInput, String(refused));
      assert.deepEqual(
        refused.issues.map((issue) => issue.pointer),
        [pointer],
      );
    }
    await assert.rejects(
      rig.client.startBatch({ action: "signal", filter: { type: "order" }, signal: { name: "stop" }, reason }),
      { code: "UNKNOWN_SIGNAL" },
    );
    assert.equal((await rig.client.batches({ limit: 200 })).items.length, before);
  });

  test("every batch replays", () => replayLetters({ client: rig.raw }));
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Worker } from "@temporalio/worker";
import type { DeadLetterFilter } from "tenuto/client";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { eventually } from "../rig/eventually.ts";
import { watchWorkerLog } from "../rig/worker-log.ts";
import { letterRig } from "./fixtures/letter-rig.ts";

describe("failures that no run reports itself", () => {
  const rig = letterRig();

  const ended = (workflowId: string) =>
    rig.raw.workflow
      .getHandle(workflowId)
      .result()
      .catch(() => undefined);
  /** A failure that comes after others is found with them, or later: once it has its letter, those have theirs. */
  const oneMorePass = async () => {
    const later = await rig.start({ then: "fails" });
    await rig.letterOf(later);
  };

  test("a run that fails with an error that no contract declares has one dead letter", async () => {
    const workflowId = await rig.start({ then: "fails" });
    const letter = await rig.letterOf(workflowId);
    const { kind, status, type, error, count, step } = letter;
    assert.deepEqual(
      { kind, status, type, error, count, step },
      {
        kind: "failed",
        status: "open",
        type: "order",
        error: { type: "Unpackable", message: "Order 17 can't be packed" },
        count: 1,
        step: undefined,
      },
    );
    await oneMorePass();
    assert.equal((await rig.lettersOf(workflowId)).length, 1);
  });

  test("declared errors and input that its contract refuses are outcomes, and make none", async () => {
    const declined = await rig.start({ card: "declined" });
    const refused = await rig.start({ card: "refused" });
    const invalid = "invalid-" + declined;
    await rig.raw.workflow.start("order", { workflowId: invalid, taskQueue: rig.namespace, args: [{ card: 17 }] });
    await Promise.all([declined, refused, invalid].map(ended));
    await oneMorePass();
    for (const id of [declined, refused, invalid]) assert.deepEqual(await rig.lettersOf(id), []);
  });

  test("a failure that can't be read is in the worker's log, and hides no other", async () => {
    const logged: string[] = [];
    const stop = watchWorkerLog(({ message, meta }) => {
      if (/could not be made a dead letter/.test(message)) logged.push(String(meta?.["workflowId"]));
    });
    const workflowId = await rig.start({ then: "misreports", undo: false });
    await ended(workflowId);
    await oneMorePass();
    await eventually("the log names it", () => logged.includes(workflowId));
    stop();
  });

  test("a run that is terminated, or timed out, has a dead letter that tells the step under way and what it left", async () => {
    const terminated = await rig.start({ then: "waits" });
    const timedOut = "timed-" + terminated;
    await rig.raw.workflow.start("order", {
      workflowId: timedOut,
      taskQueue: rig.namespace,
      args: [{ then: "waits" }],
      workflowRunTimeout: "3s",
    });
    await eventually("it waits", async () =>
      (await rig.client.describe(terminated)).account?.steps.some(({ state }) => state === "done"),
    );
    await rig.raw.workflow.getHandle(terminated).terminate("by the CLI");
    const letter = await rig.letterOf(terminated, { kind: "terminated" });
    assert.deepEqual(letter.error, { type: "Terminated", message: "by the CLI" });
    assert.equal(letter.openEffects?.[0]?.step, "shop.reserve");
    const late = await rig.letterOf(timedOut, { kind: "timedOut" });
    assert.equal(late.error.type, "TimedOut");
  });

  test("a child's failure that its parent handled, or failed with, is no dead letter of its own; one left alone is", async () => {
    const child = { then: "fails" };
    const handled = { child, childId: `handled-${rig.namespace}`, then: "handles" };
    const fatal = { child, childId: `fatal-${rig.namespace}`, then: "fails" };
    const left = { child: { then: "waits" }, childId: `left-${rig.namespace}`, then: "leaves" };
    await Promise.all([rig.start(handled, "family").then(ended), rig.start(left, "family").then(ended)]);
    const parent = await rig.start(fatal, "family");
    await rig.raw.workflow.getHandle(left.childId).terminate("nobody waits for it");
    await rig.letterOf(parent);
    await rig.letterOf(left.childId);
    await oneMorePass();
    assert.deepEqual(await rig.lettersOf(handled.childId), []);
    assert.deepEqual(await rig.lettersOf(fatal.childId), []);
  });

  test("lists filter by type, step, fingerprint, kind, status and time", async () => {
    const [one, other] = await Promise.all([rig.start({ card: "broken" }), rig.start({ card: "broken", undo: false })]);
    const letter = await rig.letterOf(one, { step: "shop.charge", kind: "failed", type: "order", status: "open" });
    const sibling = await rig.letterOf(other, { fingerprint: letter.fingerprint });
    assert.equal(letter.fingerprint, sibling.fingerprint);
    const found = async (filter: DeadLetterFilter) => (await rig.lettersOf(one, filter)).length;
    const justAfter = new Date(Date.parse(letter.firstSeenAt) + 1);
    assert.equal(await found({ type: "family" }), 0);
    assert.equal(await found({ step: "shop.reserve" }), 0);
    assert.equal(await found({ kind: "terminated" }), 0);
    assert.equal(await found({ status: "discarded" }), 0);
    assert.equal(await found({ since: justAfter }), 0);
    assert.equal(await found({ until: justAfter }), 1);
  });

  test("a dead letter that was discarded stays so, however often its failure is read again", async () => {
    const workflowId = await rig.start({ then: "fails" });
    const { id } = await rig.letterOf(workflowId);
    await rig.client.discard(id, { reason: "a test order" });
    await rig.stopWorker();
    await rig.startWorker();
    await oneMorePass();
    assert.deepEqual(await rig.lettersOf(workflowId), []);
    assert.equal((await rig.letterOf(workflowId, { status: "discarded" })).closed?.by, "ada");
  });

  test("every run of Tenuto's own workflows replays, and is short", async () => {
    const workflowBundle = await bundleSystemWorkflows();
    const own = rig.raw.workflow.list({ query: "TaskQueue = 'tenuto-system'" });
    let replayed = 0;
    for await (const { error, workflowId } of Worker.runReplayHistories({ workflowBundle }, own.intoHistories())) {
      assert.equal(error, undefined, workflowId);
      replayed += 1;
    }
    assert.ok(replayed > 5);
    const { historyLength } = await rig.raw.workflow.getHandle("tenuto-reconciler").describe();
    assert.ok(historyLength < 2_000);
  });
});

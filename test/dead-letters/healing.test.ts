import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { DeadLetter } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { letterRig } from "./fixtures/letter-rig.ts";

describe("failures that somebody has dealt with outside of their dead letters", () => {
  const rig = letterRig();

  const resolved = async ({ workflowId, id }: DeadLetter) => {
    const letter = await rig.letterOf(workflowId, { status: "resolved" });
    assert.equal(letter.id, id);
    return letter;
  };
  const resetFirstTask = async (workflowId: string, runId: string) => {
    const { namespace, connection } = rig;
    const answer = await connection.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      reason: "by hand",
      requestId: randomUUID(),
      // The first workflow task of a run that was started by its contract's client.
      workflowTaskFinishEventId: 4 as unknown as Long,
    });
    return answer.runId;
  };

  test("a run that is reset resolves its letter; failing again opens it again, with a count", async () => {
    const workflowId = await rig.start({ then: "fails" });
    const letter = await rig.letterOf(workflowId);
    // Fails again on its own, as nothing was mended.
    const again = await resetFirstTask(workflowId, letter.runId);
    const reopened = await eventually("the letter is about the new run", async () => {
      const [found] = await rig.lettersOf(workflowId);
      return found?.runId === again && found;
    });
    assert.deepEqual([reopened.id, reopened.count], [letter.id, 2]);
  });

  test("a terminated run that is reset, and waits again, has no open letter; the closed one says why", async () => {
    const workflowId = await rig.start({ then: "waits" });
    await eventually("it waits", async () =>
      (await rig.client.describe(workflowId)).account?.steps.some(({ state }) => state === "done"),
    );
    await rig.raw.workflow.getHandle(workflowId).terminate("by mistake");
    const letter = await rig.letterOf(workflowId);
    await resetFirstTask(workflowId, letter.runId);
    const { closed } = await resolved(letter);
    assert.match(closed?.reason ?? "", /reset from outside/);
    assert.deepEqual(await rig.lettersOf(workflowId), []);
    // A running run that is reset is terminated by the server: that is no failure.
    const { runId } = await rig.client.describe(workflowId);
    await resetFirstTask(workflowId, runId);
    await rig.letterOf(await rig.start({ then: "fails" }));
    assert.deepEqual(await rig.lettersOf(workflowId), []);
    await rig.client.signal(workflowId, "go", { ok: true });
  });

  test("a run that is started again under its id resolves the letter of the one before", async () => {
    // All that it did was undone: one that has left something is not dealt with by another run.
    const workflowId = await rig.start({ card: "odd" });
    const letter = await rig.letterOf(workflowId);
    assert.deepEqual(letter.openEffects, []);
    await rig.client.start("order", {}, { workflowId });
    assert.match((await resolved(letter)).closed?.reason ?? "", /started again/);
  });

  test("what happened while nobody looked is found when somebody looks again, and nothing twice", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => rig.start({ then: "waits" })));
    const known = await rig.start({ then: "fails" });
    await rig.letterOf(known);
    await rig.stopWorker();
    // As after ten minutes without any worker: the last look was long ago, and the day was read just before.
    const reconciler = rig.raw.workflow.getHandle("tenuto-reconciler");
    await reconciler.terminate("the machine is off");
    const [watermark, rereadAt] = [Date.now() - 600_000, Date.now()].map((at) => new Date(at).toISOString());
    await Promise.all(ids.map((id) => rig.raw.workflow.getHandle(id).terminate("gone")));
    await rig.raw.workflow.start("tenutoReconciler", {
      workflowId: "tenuto-reconciler",
      taskQueue: "tenuto-system",
      args: [{ everyMs: 500, watermark, rereadAt }],
    });
    await rig.startWorker();
    const letters = await Promise.all(ids.map((id) => rig.letterOf(id)));
    assert.equal(new Set(letters.map(({ id }) => id)).size, ids.length);
    await rig.letterOf(await rig.start({ then: "fails" }));
    for (const id of [...ids, known]) {
      const found = await rig.lettersOf(id);
      assert.deepEqual([found.length, found[0]?.count], [1, 1]);
    }
  });

  test("a signal that its contract refuses is a dead letter of kind poison, and the run goes on", async () => {
    const workflowId = await rig.start({ then: "waits" });
    const handle = rig.raw.workflow.getHandle(workflowId);
    await handle.signal("go", { ok: "yes" });
    const letter = await rig.letterOf(workflowId, { kind: "poison" });
    assert.match(letter.error.message, /^Signal "go" was not taken\. \/input\/ok/);
    await handle.signal("go", { ok: true });
    assert.equal(await handle.result(), "done");
    await handle.describe();
    assert.equal((await rig.lettersOf(workflowId)).length, 1);
  });
});

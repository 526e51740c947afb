import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { eventually } from "../rig/eventually.ts";
import { letterRig } from "./fixtures/letter-rig.ts";

describe("a run that is parked beside the dead letter of the run before it", () => {
  const rig = letterRig();

  /** What is listed of a run, once that is one letter of a kind. */
  const onlyLetter = (workflowId: string, kind: string) =>
    eventually(
      `run ${workflowId} has one letter, which is ${kind} and open`,
      async () => {
        const letters = await rig.lettersOf(workflowId);
        return letters.length === 1 && letters[0]?.kind === kind && letters[0].status === "open" && letters[0];
      },
      { withinMs: 120_000 },
    );
  const closedIds = async (workflowId: string) =>
    (await rig.lettersOf(workflowId, { status: "resolved" })).map(({ id }) => id);

  test("one that was started again by a redrive has the same id, and is listed once", async () => {
    const workflowId = await rig.start({ card: "odd" });
    const { id } = await rig.letterOf(workflowId, { kind: "failed" });
    await rig.client.redrive(id, { mode: "restart", input: { then: "parks" }, reason: "a good card" });
    const parked = await onlyLetter(workflowId, "parked");
    assert.equal(parked.id, id);
    assert.deepEqual((await rig.client.deadLetter(id)).modes, ["continue", "fail"]);

    await rig.client.redrive(id, { mode: "fail", reason: "there are no boxes" });
    const failed = await onlyLetter(workflowId, "failed");
    assert.deepEqual([failed.id, failed.count, failed.step], [id, 2, "shop.pack"]);
    assert.equal((await rig.client.deadLetter(id)).redrives.length, 1);
  });

  test("one that was reset from outside is the open one; the letter from before it stays closed", async () => {
    const workflowId = await rig.start({ then: "parks" });
    const { id, runId } = await onlyLetter(workflowId, "parked");
    await rig.client.terminate(workflowId, { reason: "a test" });
    assert.equal((await onlyLetter(workflowId, "terminated")).id, id);
    const { namespace, connection } = rig;
    await connection.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      reason: "by hand",
      requestId: randomUUID(),
      // The first workflow task.
      workflowTaskFinishEventId: 4 as unknown as Long,
    });
    const parked = await onlyLetter(workflowId, "parked");
    await eventually("the letter is closed", async () => (await closedIds(workflowId)).length > 0, {
      withinMs: 120_000,
    });
    assert.deepEqual([parked.id, await closedIds(workflowId)], [id, [id]]);
    const shown = await rig.client.deadLetter(id);
    assert.deepEqual([shown.kind, shown.status, shown.runId], ["parked", "open", parked.runId]);

    await rig.client.redrive(id, { mode: "fail", reason: "there are no boxes" });
    const failed = await onlyLetter(workflowId, "failed");
    assert.deepEqual([failed.id, failed.count], [id, 2]);
  });
});

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { letterRig } from "./fixtures/letter-rig.ts";

/** The server says so after five failed workflow tasks, which takes it about a minute. */
const stuckWithinMs = 300_000;

describe("runs whose workflow task fails again and again", () => {
  const rig = letterRig({ findWithinMs: stuckWithinMs });
  let begunByTheDead = "";
  let workflowId = "";

  before(async () => {
    await rig.stopWorker();
    begunByTheDead = await rig.start({ then: "is stuck at once" });
    await takeWorkflowTask();
    await rig.startWorker();
    workflowId = await rig.start({ then: "stuck" });
  });

  /** As a worker does that dies over it: nobody answers, and the server writes down no later attempt of that task. */
  const takeWorkflowTask = async () => {
    const { namespace, connection } = rig;
    const poll = { namespace, taskQueue: { name: rig.app.name }, identity: "dies" };
    const { taskToken } = await connection.withDeadline(Date.now() + 60_000, () =>
      connection.workflowService.pollWorkflowTaskQueue(poll),
    );
    assert.ok(taskToken.length > 0);
  };

  test("one whose first attempt died with its worker has a dead letter, which says where its error is", async () => {
    const letter = await rig.letterOf(begunByTheDead, { kind: "stuck" });
    assert.equal(letter.error.type, "WorkflowTaskFailed");
    assert.match(letter.error.message, /fails again and again.*the log of its worker has the error/);
  });

  test("a stuck run has a dead letter, which is resolved when the fixed code lets it go on", async () => {
    const letter = await rig.letterOf(workflowId, { kind: "stuck" });
    assert.equal(letter.error.type, "TypeError");
    assert.match(letter.error.message, /Cannot read properties of undefined/);
    assert.equal(letter.count, 1);
    await rig.stopWorker();
    await rig.startWorker(new URL("./fixtures/mended-workflows.ts", import.meta.url));
    for (const id of [begunByTheDead, workflowId]) {
      const { closed } = await rig.letterOf(id, { status: "resolved" });
      assert.match(closed?.reason ?? "", /completed|not stuck any more/);
      assert.equal((await rig.client.result(id, { waitMs: 20_000 })).status, "completed");
    }
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { letterRig } from "./fixtures/letter-rig.ts";

/** The server says so after five failed workflow tasks, which takes it about a minute. */
const stuckWithinMs = 300_000;

describe("runs whose workflow task fails again and again", () => {
  const rig = letterRig({ findWithinMs: stuckWithinMs });

  test("a stuck run has a dead letter, which is resolved when the fixed code lets it go on", async () => {
    const workflowId = await rig.start({ then: "stuck" });
    const letter = await rig.letterOf(workflowId, { kind: "stuck" });
    assert.equal(letter.error.type, "TypeError");
    assert.match(letter.error.message, /Cannot read properties of undefined/);
    assert.equal(letter.count, 1);
    await rig.stopWorker();
    await rig.startWorker(new URL("./fixtures/mended-workflows.ts", import.meta.url));
    const { closed } = await rig.letterOf(workflowId, { status: "resolved" });
    assert.match(closed?.reason ?? "", /completed|not stuck any more/);
    assert.equal((await rig.client.result(workflowId, { waitMs: 1_000 })).status, "completed");
  });
});

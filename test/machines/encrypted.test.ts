import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { textsIn } from "../dead-letters/fixtures/recorded-texts.ts";
import { Canaries } from "../encryption/fixtures/canaries.ts";
import { aKey } from "../encryption/fixtures/keys.ts";
import { testServer } from "../rig/stack.ts";

describe("state machines with encryption", { timeout: 300_000 }, () => {
  const canaries = new Canaries();
  const secret = () => canaries.some(1)[0] ?? "";
  let rig: TestRig;
  before(async () => {
    const server = { server: "real", address: testServer(), encryptionKeys: aKey("k1"), openRuns: "allow" } as const;
    rig = await createTestRig({ worker: { module: new URL("./fixtures/time-worker.ts", import.meta.url) }, ...server });
  });
  after(() => rig.close());

  test("what a machine remembers goes on over continue-as-new; the server has it, and what events carry, never in clear", async () => {
    const workflowId = randomUUID();
    const [trip, word, why, who] = [secret(), secret(), secret(), secret()];
    await rig.client.start("longTrip", { tripId: trip }, { workflowId });
    const send = async (event: string, data: object, updateId: string = randomUUID()) =>
      (await rig.client.update(workflowId, event, data, { updateId, waitMs: 30_000, by: who })).result;
    const first = await send("note", { text: word }, "first");
    for (let note = 1; note < 52; note += 1) await send("note", { text: word });
    assert.deepEqual(await send("note", { text: word }, "first"), first);
    await send("take", { seat: 7 });
    await rig.client.rewind(workflowId, { to: "open", reason: why, by: who });
    const { context, transitions } = await rig.client.machineState(workflowId);
    assert.deepEqual(context, { tripId: trip, notes: 7 });
    const cause = transitions.at(-1)?.cause;
    assert.equal(cause?.kind === "rewind" && cause.reason, why);

    // Read without keys, as whoever has the server can.
    const connection = await Connection.connect({ address: testServer() });
    const { namespace } = rig;
    const { workflowService: service } = connection;
    const { executions } = await service.listWorkflowExecutions({ namespace, query: `WorkflowId = '${workflowId}'` });
    assert.equal(executions.length, 2);
    for (const { execution = null } of executions) {
      const described = await service.describeWorkflowExecution({ namespace, execution });
      const { history } = await service.getWorkflowExecutionHistory({ namespace, execution });
      const texts = [...textsIn(described), ...textsIn(history)].join("\n");
      assert.ok(!texts.includes(canaries.prefix), "it tells");
      assert.ok(texts.includes("state:open"), "what is looked for would be found");
    }
    await connection.close();
    await rig.client.terminate(workflowId, { reason: "done" });
  });
});

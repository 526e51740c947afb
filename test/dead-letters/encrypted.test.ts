import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Worker } from "@temporalio/worker";
import { createEncryption, type DeadLetter } from "tenuto/client";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { aKey } from "../encryption/fixtures/keys.ts";
import { eventually } from "../rig/eventually.ts";
import { letterRig } from "./fixtures/letter-rig.ts";
import { textsIn } from "./fixtures/recorded-texts.ts";

const withinMs = 120_000;
/** What is in inputs, errors and the words of operators. */
const secrets = ["9f-secret-card", "can't be packed", "No such card", "is not answered", "because of 9f"];
const reason = "because of 9f";

describe("dead letters with encryption", () => {
  const encryption = createEncryption(aKey("k1"));
  const rig = letterRig({ encryption });

  const resolved = ({ id }: DeadLetter) =>
    eventually(`letter ${id} is resolved`, async () => (await rig.client.deadLetter(id)).status === "resolved", {
      withinMs,
    });
  const terminated = async () => {
    const workflowId = await rig.start({ card: "9f-secret-card", then: "waits" });
    await eventually("it waits", async () => {
      const { account, pendingSteps } = await rig.client.describe(workflowId);
      return pendingSteps.length === 0 && account?.steps.some(({ state }) => state === "done");
    });
    await rig.raw.workflow.getHandle(workflowId).terminate("by the CLI");
    return rig.letterOf(workflowId, { kind: "terminated" });
  };

  test("the reconciler reads failures, and who has the keys is told all of them", async () => {
    const workflowId = await rig.start({ card: "9f-secret-card", then: "fails" });
    const { id } = await rig.letterOf(workflowId, { kind: "failed" });
    const letter = await rig.client.deadLetter(id);
    assert.deepEqual(letter.failure, { type: "Unpackable", message: "Order 17 can't be packed" });
    assert.deepEqual(letter.input, { card: "[redacted]", then: "fails", undo: true });
    await rig.client.note(id, { note: reason });
    await rig.client.discard(id, { reason });
  });

  test("continue goes on from where a run was terminated", async () => {
    const letter = await terminated();
    await rig.client.redrive(letter.id, { mode: "continue", reason });
    const goOn = () =>
      rig.client.signal(letter.workflowId, "go", { ok: true }).then(
        () => true,
        () => false,
      );
    await eventually("the run takes a signal", goOn, { withinMs });
    await resolved(letter);
    assert.equal((await rig.client.result(letter.workflowId)).status, "completed");
  });

  test("compensate undoes what a terminated run did", async () => {
    const letter = await terminated();
    await rig.client.redrive(letter.id, { mode: "compensate", reason });
    await resolved(letter);
    assert.equal((await rig.client.result(letter.workflowId)).status, "canceled");
  });

  test("restart begins again, with other input", async () => {
    const letter = await rig.letterOf(await rig.start({ card: "odd" }), { kind: "failed" });
    await rig.client.redrive(letter.id, { mode: "restart", input: { card: "9f-secret-card" }, reason });
    await resolved(letter);
    assert.equal((await rig.client.result(letter.workflowId)).status, "completed");
  });

  test("continue that meets the same failure opens the letter again", async () => {
    const letter = await rig.letterOf(await rig.start({ card: "broken", undo: false }), { step: "shop.charge" });
    await rig.client.redrive(letter.id, { mode: "continue", reason });
    const again = async () => {
      const { status, count } = await rig.client.deadLetter(letter.id);
      return status === "open" && count === 2;
    };
    await eventually("it is open again", again, { withinMs });
  });

  test("a batch says what became of its items to who has the keys", async () => {
    const { id } = await rig.letterOf(await rig.start({ card: "odd" }), { kind: "failed" });
    const begun = await rig.client.startBatch({ action: "discard", filter: { ids: [id] }, reason });
    const over = async () => {
      const batch = await rig.client.batch(begun.id);
      return batch.closedAt !== undefined && batch;
    };
    const batch = await eventually("the batch is over", over, { withinMs });
    assert.deepEqual([batch.progress.done, batch.reason], [1, reason]);
    const { items } = await rig.client.batchItems(begun.id);
    assert.deepEqual(
      items.map((item) => [item.id, item.outcome]),
      [[id, "done"]],
    );
    assert.equal((await rig.client.deadLetter(id)).closed?.reason, reason);
  });

  test("the server has no input, error text or word of an operator in clear; marks have ids, names and hashes only", async () => {
    // Read without keys, as whoever has the server can.
    const { namespace } = rig;
    const { workflowService: service } = rig.connection;
    const executions = await eventually("an alert is told of it, and runs are counted", async () => {
      const { executions: listed } = await service.listWorkflowExecutions({ namespace, pageSize: 200 });
      const isThere = (name: string) => listed.some(({ type }) => type?.name === name);
      return ["tenutoAlertDelivery", "tenutoRollup"].every(isThere) && listed;
    });
    const marks = new Set<string>();
    const types = new Set<string>();
    let known = 0;
    for (const { execution = null, type, searchAttributes } of executions) {
      types.add(type?.name ?? "");
      const [own = "[]"] = textsIn(searchAttributes?.indexedFields?.["TenutoMarks"]?.data);
      for (const mark of JSON.parse(own) as readonly string[]) marks.add(mark);
      const described = await service.describeWorkflowExecution({ namespace, execution });
      const { history } = await service.getWorkflowExecutionHistory({ namespace, execution });
      const told = [...textsIn(described), ...textsIn(history)].join("\n");
      const found = secrets.filter((secret) => told.includes(secret));
      assert.deepEqual(found, [], `${type?.name} ${execution?.workflowId}`);
      // What is looked for would be found.
      if (told.includes("by the CLI")) known += 1;
    }
    assert.ok(known >= 2);
    assert.deepEqual([...types].sort(), [
      "order",
      "tenutoAlert",
      "tenutoAlertDelivery",
      "tenutoAlertRules",
      "tenutoBatch",
      "tenutoDeadLetter",
      "tenutoErrorGroup",
      "tenutoReconciler",
      "tenutoRollup",
      "tenutoRollups",
      "tenutoWatch",
    ]);
    const isAllowed =
      /^((dl|alert):[0-9a-f]{32}|fp:[0-9a-f]+|kind:\w+|(eg-)?type:order|step:shop\.\w+|(dl|eg|alert)-status:\w+|alert-rule:tenuto\.[a-z-]+|rollup(:\d{4}-\d{2})?)$/;
    assert.deepEqual(
      [...marks].filter((mark) => !isAllowed.test(mark)),
      [],
    );
    assert.ok(marks.size > 8);
  });

  test("its own workflows replay", async () => {
    const workflowBundle = await bundleSystemWorkflows();
    const own = rig.raw.workflow.list({ query: "WorkflowType IN ('tenutoDeadLetter', 'tenutoBatch')" });
    const dataConverter = { payloadCodecs: [encryption.codec] };
    for await (const { error, workflowId } of Worker.runReplayHistories(
      { workflowBundle, dataConverter },
      own.intoHistories(),
    ))
      assert.equal(error, undefined, workflowId);
  });
});

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createClient, type TenutoClient } from "tenuto/client";
import { deadLetterWorkflowId } from "../../src/sdk/core/dead-letter-id.ts";
import { eventually } from "../rig/eventually.ts";
import { matrixActivities } from "../sagas/fixtures/matrix-activities.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import { judge } from "../sagas/fixtures/judge.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { redriveApp } from "./fixtures/redrive.contract.ts";
import { openLetterOf } from "./fixtures/open-letter.ts";

describe("redrive", () => {
  const app = redriveApp("redrive");
  const rig = workerRig(new URL("./fixtures/redrive-workflows.ts", import.meta.url));
  const world = new OutsideWorld();
  let client: TenutoClient;
  before(async () => {
    await world.open();
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
    await rig.startWorker({ app, activities: [matrixActivities(world.proxyUrl)] });
  });
  after(() => world.close());

  const started = async (input: object, type = "trip") => {
    const order = anOrder(input);
    const { runId } = await client.start(type, order, { workflowId: order.orderId });
    return { id: order.orderId, runId };
  };
  const letterOf = async (workflowId: string) => openLetterOf(rig, workflowId);
  const settled = (letterId: string, status: string) =>
    eventually(`the letter is ${status}`, async () => {
      const letter = await client.deadLetter(letterId);
      return letter.status === status && letter;
    });
  const result = (id: string) => client.result(id, { waitMs: 30_000 });

  test("failed without undo: continue runs the failed step again, and keeps the finished ones", async () => {
    const order = anOrder({ isSaga: false });
    const { orderId: id } = order;
    world.proxy.plan(id, { step: 2, fault: "fails" });
    await client.start("trip", order, { workflowId: id });
    assert.equal((await result(id)).status, "failed");
    const letterId = await letterOf(id);
    assert.deepEqual((await client.deadLetter(letterId)).modes, ["continue"]);
    world.proxy.plan(id, {});
    const redriven = await client.redrive(letterId, { reason: "healed" });
    console.log(redriven);
    const letter = await settled(letterId, "resolved");
    console.log(letter);
    assert.equal((await result(id)).status, "completed");
    judge(await world.ledger(id), { stay: [1, 2, 3], undone: [] });
    void deadLetterWorkflowId;
  });

  test("terminated in a saga: compensate undoes what was done, and begins nothing", async () => {
    const { id } = await started({ waitBefore: 3 });
    await world.effectOf(id, 2);
    await eventually("waits", async () => (await client.describe(id)).pendingSteps.length === 0);
    await client.terminate(id, { reason: "test" });
    const letterId = await letterOf(id);
    const redriven = await client.redrive(letterId, { mode: "compensate", reason: "undo" });
    console.log(redriven);
    console.log(await settled(letterId, "resolved"));
    console.log(await result(id));
    judge(await world.ledger(id), { stay: [], undone: [1, 2] });
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestRig } from "tenuto/testing";
import { app } from "../../src/app.ts";
import "../rig/worker-log.ts";

test("goods that nobody sends: the return expires after 14 days", { timeout: 120_000 }, async () => {
  const workflows = new URL("../../src/workflows/index.ts", import.meta.url);
  const rig = await createTestRig({ app, workflows });
  try {
    const begunAt = await rig.now();
    const lines = [{ sku: "mug", quantity: 1 }];
    const input = { orderId: "o-1", chargeId: "ch_1", amountCents: 1_200, lines };
    const { workflowId } = await rig.client.start("returnRequest", input);
    assert.deepEqual(await rig.temporal.workflow.getHandle(workflowId).result(), {
      outcome: "expired",
      restocked: false,
    });
    const days = ((await rig.now()) - begunAt) / 86_400_000;
    assert.ok(days >= 14 && days < 14.01, `It took ${days} days`);
  } finally {
    await rig.close();
  }
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTestRig, killWorkerAt } from "tenuto/testing";
import { fulfillOrderContract } from "../../src/workflows/fulfill-order.contract.ts";
import { anOrder } from "../rig/orders.ts";
import { testServer } from "../rig/stack.ts";
import { startSandbox } from "../sandbox/fixture.ts";

const module = new URL("./fixtures/shop-worker.ts", import.meta.url);

const orders = [
  {
    what: "an order, whose worker is killed at each step",
    address: "1 Infinite Loop",
    kills: [
      killWorkerAt("stock.reserve", { when: "before-effect" }),
      killWorkerAt("payments.chargeCard", { when: "after-effect" }),
      killWorkerAt("shipping.book", { when: "before-effect" }),
      killWorkerAt("mail.sendReceipt", { when: "after-effect" }),
    ],
    ends: "completed",
    effects: ["stock.reserve", "payments.charge", "shipping.book", "mail.send"],
  },
  {
    what: "an order that can't be shipped, whose worker is killed at steps and undos",
    address: "declined",
    kills: [
      killWorkerAt("stock.reserve", { when: "after-effect" }),
      killWorkerAt("payments.refundCard", { when: "after-effect" }),
      killWorkerAt("stock.release", { when: "before-effect" }),
    ],
    ends: "failed",
    effects: ["stock.reserve", "payments.charge", "payments.refund", "stock.release"],
  },
] as const;

describe("the shop with a worker that is killed by rule", { timeout: 600_000, concurrency: 2 }, () => {
  for (const { what, address, kills, ends, effects } of orders) {
    test(`${what}: it ends as it would have, and the ledger has each effect once`, async (t) => {
      const sandbox = await startSandbox(t);
      const rig = await createTestRig({
        server: "real",
        address: testServer(),
        worker: { module, data: { sandboxUrl: sandbox.url() } },
        faults: kills,
      });
      t.after(() => rig.close().catch(() => undefined)); // Told by the test already.
      const { workflowId } = await rig.client.start(fulfillOrderContract, anOrder({ address }));
      const { status } = await rig.client.result(workflowId, { waitMs: 500_000 });
      await rig.close();
      assert.equal(status, ends);
      const lines = await sandbox.ledger();
      assert.deepEqual(
        lines.map(({ service, operation }) => `${String(service)}.${String(operation)}`),
        effects,
      );
    });
  }
});

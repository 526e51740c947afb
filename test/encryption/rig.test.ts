import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApplicationFailure, Connection, WorkflowFailedError } from "@temporalio/client";
import { createClient } from "tenuto/client";
import { createTestRig } from "tenuto/testing";
import { app } from "../../src/app.ts";
import { createShopActivities } from "../../src/activities/index.ts";
import { fulfillOrderContract } from "../../src/workflows/fulfill-order.contract.ts";
import { anOrder } from "../rig/orders.ts";
import { testServer } from "../rig/stack.ts";
import { startSandbox } from "../sandbox/fixture.ts";
import { aKey } from "./fixtures/keys.ts";

const workflows = new URL("../../src/workflows/index.ts", import.meta.url);
const module = new URL("../e2e/fixtures/shop-worker.ts", import.meta.url);

describe("a test rig with keys", { timeout: 300_000 }, () => {
  for (const where of ["in its process", "in a process of its own"] as const) {
    test(`its worker ${where} encrypts, its clients read, and what it records replays`, async (t) => {
      const sandbox = await startSandbox(t);
      const settings = { server: "real", address: testServer(), encryptionKeys: aKey("rig") } as const;
      const sandboxUrl = sandbox.url();
      const rig =
        where === "in its process"
          ? await createTestRig({ ...settings, app, workflows, activities: createShopActivities(sandboxUrl) })
          : await createTestRig({ ...settings, worker: { module, data: { sandboxUrl } } });
      t.after(() => rig.close().catch(() => undefined)); // Told by the test already.
      const { temporal, namespace } = rig;
      const connection = await Connection.connect({ address: testServer() });
      t.after(() => connection.close());

      const { workflowId } = await rig.client.start(fulfillOrderContract, anOrder({ address: "declined" }));
      const { status, error } = await rig.client.result(workflowId, { waitMs: 120_000 });
      const unread = await createClient(app, { connection, namespace });

      assert.deepEqual([status, error?.type], ["failed", "AddressRejected"]);
      await assert.rejects(unread.result(workflowId), { name: "DecryptionFailed", keyId: "rig" });
      // Temporal's own client of the rig reads, too.
      const raw: unknown = await temporal.workflow
        .getHandle(workflowId)
        .result()
        .catch((thrown: unknown) => thrown);
      assert.ok(raw instanceof WorkflowFailedError && raw.cause instanceof ApplicationFailure);
      assert.deepEqual([raw.cause.type, raw.cause.message], [error?.type, error?.message]);
      await rig.close();
    });
  }
});

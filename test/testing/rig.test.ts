import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { InvalidDefinition } from "tenuto";
import {
  bundleForTests,
  createTestRig,
  delayEffect,
  failStep,
  loseAnswer,
  restartServerAt,
  mock,
  RunsLeftOpen,
  type TestRig,
  type TestRigOptions,
} from "tenuto/testing";
import type { WorkflowBundle } from "tenuto/worker";
import { mail } from "../../src/activities/mail.contract.ts";
import { payments } from "../../src/activities/payments.contract.ts";
import { shipping } from "../../src/activities/shipping.contract.ts";
import { stock } from "../../src/activities/stock.contract.ts";
import { app } from "../../src/app.ts";
import { fulfillOrderContract } from "../../src/workflows/fulfill-order.contract.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, failureOfRun, startOrder } from "../rig/orders.ts";
import { testServer } from "../rig/stack.ts";

describe("the test rig on a real server", { timeout: 180_000 }, () => {
  let workflows: WorkflowBundle;
  before(async () => {
    workflows = await bundleForTests(new URL("../../src/workflows/index.ts", import.meta.url));
  });

  /** A rig whose provider is this list of what was done. */
  const rigWith = async (options: Partial<TestRigOptions> = {}) => {
    const done: { readonly step: string; readonly key: string }[] = [];
    const rig = await createTestRig({
      app,
      workflows,
      server: "real",
      address: testServer(),
      mocks: provider(done),
      ...options,
    });
    return { rig, done, steps: () => done.map(({ step }) => step) };
  };

  test("an order by the typed client, on mocks: all steps are done, and close finds nothing to tell", async () => {
    const { rig, steps } = await rigWith();
    const { workflowId } = await rig.client.start(fulfillOrderContract, anOrder());
    const { status } = await rig.client.result(workflowId, { waitMs: 30_000 });
    await rig.close();
    assert.equal(status, "completed");
    assert.deepEqual(steps(), ["reserve", "charge", "book", "mail"]);
  });

  test("a step fails twice by rule: its third attempt has the effect, once", async () => {
    const { rig, steps } = await rigWith({ faults: [failStep("payments.chargeCard", { times: 2 })] });
    await closing(rig, async () => (await startOrder({ client: rig.temporal }, anOrder())).result());
    assert.deepEqual(steps(), ["reserve", "charge", "book", "mail"]);
  });

  test("a step's answer is lost by rule: the effect is repeated under the same key", async () => {
    const { rig, done, steps } = await rigWith({ faults: [loseAnswer("payments.chargeCard")] });
    await closing(rig, async () => (await startOrder({ client: rig.temporal }, anOrder())).result());
    assert.deepEqual(steps(), ["reserve", "charge", "charge", "book", "mail"]);
    assert.equal(done[1]?.key, done[2]?.key);
  });

  test("a step's effect is delayed past its time by rule: it happens late, under the key of the attempt after it", async () => {
    const { rig, done, steps } = await rigWith({ faults: [delayEffect("payments.chargeCard", { lateByMs: 100 })] });
    await closing(rig, async () => (await startOrder({ client: rig.temporal }, anOrder())).result());
    assert.deepEqual(steps(), ["reserve", "charge", "charge", "book", "mail"]);
    assert.equal(done[1]?.key, done[2]?.key);
  });

  test("an activity that was not given: the run fails and says which, and where to give it", async () => {
    const { rig } = await rigWith({ mocks: [mock(stock, { release: async () => ({ released: false }) })] });
    await closing(rig, async () => {
      const { message } = (await failureOfRun(await startOrder({ client: rig.temporal }, anOrder()))).cause as Error;
      assert.match(message, /"stock\.reserve" was called, but the test rig has no function for it/);
    });
  });

  test("a run left open: close fails with its id", async () => {
    const { rig, steps } = await rigWith();
    const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 50_001 }] });
    const { workflowId } = await rig.client.start(fulfillOrderContract, order);
    await eventually("it waits", () => steps().includes("charge"));
    await assert.rejects(rig.close(), (error: unknown) => {
      assert.ok(error instanceof RunsLeftOpen);
      assert.deepEqual(error.workflowIds, [workflowId]);
      return true;
    });
  });

  test("a fault at a step that the app does not have is refused, with the steps it has", async () => {
    await assert.rejects(rigWith({ faults: [failStep("payments.charge")] }), (error: unknown) => {
      assert.ok(error instanceof InvalidDefinition);
      assert.match(error.message, /payments\.chargeCard/);
      return true;
    });
  });

  test("the rig's own server is killed at a step by rule: the order completes, under the key it had", async () => {
    const done: { readonly step: string; readonly key: string }[] = [];
    const rig = await createTestRig({
      app,
      workflows,
      server: "real",
      mocks: provider(done),
      faults: [restartServerAt("payments.chargeCard")],
    });
    await closing(rig, async () => {
      const { workflowId } = await startOrder({ client: rig.temporal }, anOrder());
      await eventually("the receipt is sent", () => done.some(({ step }) => step === "mail"));
      const { status } = await rig.client.result(workflowId, { waitMs: 60_000 });
      assert.equal(status, "completed");
    });
    assert.equal(new Set(done.map(({ key }) => key)).size, 4);
  });

  test("the rig's own server is killed and started again in the middle of an order: the order completes", async () => {
    const done: { readonly step: string; readonly key: string }[] = [];
    const rig = await createTestRig({ app, workflows, server: "real", mocks: provider(done) });
    await closing(rig, async () => {
      const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 50_001 }] });
      const run = await startOrder({ client: rig.temporal }, order);
      await eventually("it waits", () => done.length === 2);
      await rig.stopServer();
      await rig.restartServer();
      await eventually("the signal is taken", () =>
        run.signal("approve", { approved: true, by: "grace" }).then(
          () => true,
          () => false,
        ),
      );
      await run.result();
    });
    assert.deepEqual([...new Set(done.map(({ step }) => step))], ["reserve", "charge", "book", "mail"]);
  });
});

async function closing(rig: TestRig, body: () => Promise<unknown>): Promise<void> {
  try {
    await body();
  } finally {
    await rig.close();
  }
}

function provider(done: { step: string; key: string }[]) {
  const note = <T>(step: string, answer: T) => {
    return async (_input: unknown, { idempotencyKey }: { readonly idempotencyKey: string }) => {
      done.push({ step, key: idempotencyKey });
      return answer;
    };
  };
  return [
    mock(stock, { reserve: note("reserve", { reservationId: "r-1" }), release: note("release", { released: true }) }),
    mock(payments, {
      chargeCard: note("charge", { chargeId: "c-1" }),
      refundCard: note("refund", { refundId: "f-1" }),
    }),
    mock(shipping, {
      book: note("book", { shipmentId: "s-1", trackingNumber: "t-1" }),
      cancel: note("cancel", { canceled: true }),
    }),
    mock(mail, { sendReceipt: note("mail", { messageId: "m-1" }) }),
  ];
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { idempotencyKeyOf, type StepIdentity } from "../../src/sdk/core/idempotency-key.ts";

const step: StepIdentity = {
  namespace: "default",
  workflowId: "order-1",
  originalExecutionRunId: "run-1",
  activityType: "payments.chargeCard",
  input: { orderId: "1", amountCents: 100 },
  ordinal: 0,
  generation: 0,
};

test("the key of a step never changes between releases", () => {
  assert.equal(idempotencyKeyOf(step), "5a901b09f82ec7adda62abcf5cd4fe8c");
});

test("the order of the input's members makes no difference", () => {
  assert.equal(idempotencyKeyOf({ ...step, input: { amountCents: 100, orderId: "1" } }), idempotencyKeyOf(step));
});

const differences: Partial<StepIdentity>[] = [
  { namespace: "other" },
  { workflowId: "order-2" },
  { originalExecutionRunId: "run-2" },
  { activityType: "payments.refundCard" },
  { input: { orderId: "1", amountCents: 101 } },
  { ordinal: 1 },
  { generation: 1 },
];
for (const difference of differences) {
  test(`another ${Object.keys(difference).join()} makes another key`, () => {
    assert.notEqual(idempotencyKeyOf({ ...step, ...difference }), idempotencyKeyOf(step));
  });
}

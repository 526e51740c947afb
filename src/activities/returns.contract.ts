import { defineActivities } from "tenuto";
import { z } from "zod";

/** What is done when goods come back. */
export const returns = defineActivities("returns", {
  /** Puts goods back on their shelves. */
  restock: {
    input: z.object({
      orderId: z.string(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    }),
    output: z.object({ restockId: z.string() }),
    errors: { NotSellable: z.object({ reason: z.string() }) },
    retry: { retries: 5, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
    onExhausted: "park",
  },
  /** Takes them out again. */
  unstock: {
    input: z.object({ orderId: z.string(), restockKey: z.string() }),
    output: z.object({ unstocked: z.boolean() }),
    retry: { retries: 6, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
  /**
   * Pays back what was paid for them. Unlike `payments.refundCard`, which takes a whole charge back by the key of its step,
   * it needs only what the receipt has, and can pay back a part. Nothing takes it back.
   */
  repay: {
    input: z.object({ orderId: z.string(), chargeId: z.string(), amountCents: z.int().positive() }),
    output: z.object({ repaymentId: z.string() }),
    errors: { RepaymentRefused: z.object({ reason: z.string() }) },
    retry: { retries: 5, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
    onExhausted: "park",
  },
});

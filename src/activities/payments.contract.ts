import { defineActivities } from "tenuto";
import { z } from "zod";

export const payments = defineActivities("payments", {
  chargeCard: {
    input: z.object({ orderId: z.string(), amountCents: z.int().positive(), card: z.string() }),
    output: z.object({ chargeId: z.string() }),
    errors: { CardDeclined: z.object({ reason: z.string() }) },
    retry: { retries: 5, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
    onExhausted: "park",
    redact: ["card"],
  },
  refundCard: {
    input: z.object({ orderId: z.string(), chargeKey: z.string() }),
    output: z.object({ refundId: z.string().nullable() }),
    retry: { retries: 6, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
});

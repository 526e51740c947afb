import { defineActivities } from "tenuto";
import { z } from "zod";

export const mail = defineActivities("mail", {
  sendReceipt: {
    input: z.object({ orderId: z.string(), customer: z.string(), amountCents: z.int() }),
    output: z.object({ messageId: z.string() }),
    retry: { retries: 100, firstWait: "1s", factor: 2, maxWait: "5m" },
    attemptTimeout: "10s",
  },
  sendDigest: {
    input: z.object({ to: z.string(), day: z.string() }),
    output: z.object({ messageId: z.string() }),
    retry: { retries: 10, firstWait: "1s", factor: 2, maxWait: "5m" },
    attemptTimeout: "10s",
  },
});

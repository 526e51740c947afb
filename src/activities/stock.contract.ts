import { defineActivities } from "tenuto";
import { z } from "zod";

export const stock = defineActivities("stock", {
  reserve: {
    input: z.object({
      orderId: z.string(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    }),
    output: z.object({ reservationId: z.string() }),
    errors: { OutOfStock: z.object({ reason: z.string() }) },
    retry: { retries: 5, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
  release: {
    input: z.object({ orderId: z.string(), reserveKey: z.string() }),
    output: z.object({ released: z.boolean() }),
    retry: { retries: 6, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
});

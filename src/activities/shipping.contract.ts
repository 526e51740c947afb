import { defineActivities } from "tenuto";
import { z } from "zod";

export const shipping = defineActivities("shipping", {
  book: {
    input: z.object({ orderId: z.string(), address: z.string() }),
    output: z.object({ shipmentId: z.string(), trackingNumber: z.string() }),
    errors: { AddressRejected: z.object({ reason: z.string() }) },
    retry: { retries: 5, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
  cancel: {
    input: z.object({ orderId: z.string(), bookingKey: z.string() }),
    output: z.object({ canceled: z.boolean() }),
    retry: { retries: 6, firstWait: "1s", factor: 2 },
    attemptTimeout: "10s",
  },
});

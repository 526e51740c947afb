import { z } from "zod";

/** An order of the shop; amounts in cents. */
export const Order = z
  .object({
    id: z.string().min(1).max(200),
    customer: z.string().min(1).max(200),
    card: z.string().min(1).max(200),
    address: z.string().min(1).max(1_000),
    lines: z
      .array(
        z.object({
          sku: z.string().min(1).max(200),
          quantity: z.int().min(1).max(10_000),
          unitCents: z.int().min(1).max(100_000_000),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({
    examples: [
      {
        id: "o-1",
        customer: "ada@example.com",
        card: "ok",
        address: "1 Main St",
        lines: [{ sku: "mug", quantity: 2, unitCents: 1_200 }],
      },
    ],
  });

export type Order = z.infer<typeof Order>;

export const Fulfillment = z.object({
  orderId: z.string(),
  reservationId: z.string(),
  chargeId: z.string(),
  shipmentId: z.string(),
  trackingNumber: z.string(),
});

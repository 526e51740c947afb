import { defineWorkflow } from "tenuto";
import { z } from "zod";
import { Fulfillment, Order } from "./order.contract.ts";

export const fulfillOrderContract = defineWorkflow("fulfillOrder", {
  input: Order,
  output: Fulfillment,
  errors: { NotApproved: z.object({ reason: z.enum(["rejected", "unanswered"]), by: z.string().optional() }) },
  // For systems that approve; people answer the task `approveOrder`.
  signals: { approve: z.object({ approved: z.boolean(), by: z.string().min(1).max(200) }) },
  workflowId: (order) => `order-${order.id}`,
  idempotency: "once-per-id",
  sla: "10m",
  deadline: "2d",
  redact: ["card"],
  description:
    "Reserves stock, charges the card, books the shipment and sends the receipt. Above 50,000 cents it waits up to a " +
    "day until somebody completes its task `approveOrder`, or a system sends the signal `approve`. A card that can't be " +
    "charged for now parks it: an operator decides. What it did is undone when it can't finish.",
});

import { defineHumanTask } from "tenuto";
import { z } from "zod";

/** Asked of the shop's approvers before an expensive order ships. */
export const approveOrder = defineHumanTask("approveOrder", {
  title: ({ order }) => `Approve order ${order.id}: ${(order.amountCents / 100).toFixed(2)}`,
  question: z.object({
    order: z.object({
      id: z.string(),
      customer: z.string(),
      amountCents: z.int(),
      /** The dearest, so that an order of any length can be shown. */
      lines: z.array(z.object({ sku: z.string(), quantity: z.int(), unitCents: z.int() })).max(5),
      furtherLines: z.int(),
    }),
  }),
  answer: z.object({ note: z.string().max(500).optional() }),
  roles: ["approver"],
  channels: ["log"],
  reminders: ["4h"],
  due: "8h",
  escalation: { after: "12h", roles: ["approvalLead"] },
  timeout: "1d",
  onTimeout: "reject",
  description:
    "An order above 50,000 cents is charged and waits to be shipped. Complete the task to ship it; reject it to pay the " +
    "customer back. Unanswered after a day, it is rejected.",
});

import { defineApp } from "tenuto";
import { mail } from "./activities/mail.contract.ts";
import { payments } from "./activities/payments.contract.ts";
import { shipping } from "./activities/shipping.contract.ts";
import { stock } from "./activities/stock.contract.ts";
import { approveOrder } from "./workflows/approve-order.contract.ts";
import { fulfillOrderContract } from "./workflows/fulfill-order.contract.ts";

/** The example app: a shop that fulfils orders. */
export const app = defineApp({
  name: "shop",
  workflows: [fulfillOrderContract],
  activities: [stock, payments, shipping, mail],
  tasks: [approveOrder],
});

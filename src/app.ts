import { defineApp } from "tenuto";
import { mail } from "./activities/mail.contract.ts";
import { payments } from "./activities/payments.contract.ts";
import { returns } from "./activities/returns.contract.ts";
import { shipping } from "./activities/shipping.contract.ts";
import { stock } from "./activities/stock.contract.ts";
import { dailyDigest } from "./schedules/daily-digest.ts";
import { orders } from "./sources/orders.ts";
import { shop } from "./sources/shop.ts";
import { approveOrder } from "./workflows/approve-order.contract.ts";
import { dailyDigestContract } from "./workflows/daily-digest.contract.ts";
import { fulfillOrderContract } from "./workflows/fulfill-order.contract.ts";
import { returnRequestContract } from "./workflows/return-request.contract.ts";

/** The example app: a shop that fulfils orders and takes returns. */
export const app = defineApp({
  name: "shop",
  workflows: [fulfillOrderContract, returnRequestContract, dailyDigestContract],
  activities: [stock, payments, shipping, mail, returns],
  tasks: [approveOrder],
  sources: [shop, orders],
  schedules: [dailyDigest],
});

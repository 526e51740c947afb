import { defineEventSource, onEvent } from "tenuto";
import { standardWebhooks, webhook } from "tenuto/events";
import { z } from "zod";
import { fulfillOrderContract } from "../workflows/fulfill-order.contract.ts";
import { returnRequestContract } from "../workflows/return-request.contract.ts";

/** What the shop's front end and its warehouse post to `/v1/webhooks/shop`. */
export const shop = defineEventSource("shop", {
  from: webhook({ signature: standardWebhooks({ secrets: "TENUTO_WEBHOOK_SECRET_SHOP" }) }),
  on: {
    "order.placed": onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order }),
    "return.requested": onEvent(returnRequestContract.input, {
      start: returnRequestContract,
      input: (request) => request,
    }),
    "return.received": onEvent(z.object({ orderId: z.string().min(1).max(200), ok: z.boolean() }), {
      update: returnRequestContract,
      name: "inspect",
      workflowId: ({ orderId }) => `return-${orderId}`,
      input: ({ ok }) => ({ ok }),
    }),
  },
  description: "Orders and returns of the shop, as Standard Webhooks.",
});

// What the examples in the comments of src/sdk/workflow take for granted.
import { defineActivities, defineHumanTask, defineStateMachine, defineWorkflow } from "tenuto";
import type { ActivityCalls } from "tenuto/workflow";
import { z } from "zod";
import type { stock as stockContract } from "../../../src/activities/stock.contract.ts";

export { fulfillOrderContract } from "../../../src/workflows/fulfill-order.contract.ts";

export const payments = defineActivities("payments", {
  chargeCard: {
    input: z.object({ orderId: z.string().optional(), amountCents: z.int(), card: z.string() }),
    output: z.object({ chargeId: z.string() }),
    attemptTimeout: "10s",
  },
  refundCard: {
    input: z.object({ orderId: z.string(), chargeKey: z.string() }),
    output: z.object({ refundId: z.string().nullable() }),
    attemptTimeout: "10s",
  },
});

export const labels = defineActivities("labels", {
  label: { input: z.object({ parcelId: z.string() }), output: z.string(), attemptTimeout: "10s" },
});

export const chargeContract = defineWorkflow("charge", {
  input: z.object({ amountCents: z.int() }),
  output: z.object({ chargeId: z.string() }),
});

export const orderContract = defineWorkflow("order", {
  input: z.object({ id: z.string() }),
  output: z.object({ done: z.boolean() }),
  queries: { status: { input: z.undefined(), output: z.string() } },
  updates: { changeAddress: { input: z.string(), output: z.object({ changed: z.boolean() }) } },
});

const refund = {
  title: "Refund it?",
  question: z.object({ orderId: z.string(), amountCents: z.int() }),
  answer: z.object({ note: z.string() }),
  roles: ["support"],
} as const;
export const approveRefund = defineHumanTask("approveRefund", refund);
export const askManager = defineHumanTask("askManager", refund);
export const askFinance = defineHumanTask("askFinance", refund);

export const parcel = defineStateMachine("parcel", {
  version: 1,
  context: z.object({ orderId: z.string() }),
  events: { delivered: z.object({}) },
  initial: "onItsWay",
  states: { onItsWay: { on: { delivered: { target: "there" } } }, there: { type: "final" } },
});

export declare const pay: ActivityCalls<(typeof payments)["definitions"]>;
export declare const stock: ActivityCalls<(typeof stockContract)["definitions"]>;
export declare const carrier: ActivityCalls<(typeof labels)["definitions"]>;
export declare const parcels: readonly { readonly parcelId: string }[];
export declare const orderId: string;
export declare const lines: { readonly sku: string; readonly quantity: number }[];
export declare const charge: { readonly orderId: string; readonly amountCents: number; readonly card: string };
export declare const status: string;

// What the examples in the comments of the rest of Tenuto take for granted.
import type { Connection } from "@temporalio/client";
import { defineStateMachine, type EventSource, initialSnapshot } from "tenuto";
import { implementActivities } from "tenuto/activity";
import type { IncomingEvent, TenutoClient } from "tenuto/client";
import type { TestRig } from "tenuto/testing";
import { z } from "zod";
import { payments } from "../../../src/activities/payments.contract.ts";
import type { Order } from "../../../src/workflows/order.contract.ts";

export { readFile, writeFile } from "node:fs/promises";
export { app } from "../../../src/app.ts";
export { stock } from "../../../src/activities/stock.contract.ts";
export { fulfillOrderContract } from "../../../src/workflows/fulfill-order.contract.ts";
export { z } from "zod";
export { payments };

/** A provider's own library. */
export interface Gateway {
  charge(
    charge: { readonly amountCents: number; readonly card: string },
    options: { readonly idempotencyKey: string; readonly signal: AbortSignal },
  ): Promise<{ readonly chargeId: string }>;
  refund(
    refund: { readonly chargeKey: string },
    options: { readonly idempotencyKey: string },
  ): Promise<{ readonly refundId: string | null }>;
}

export interface Deps {
  readonly gateway: Gateway;
}

export const createPayments = ({ gateway }: Deps) =>
  implementActivities(payments, {
    chargeCard: (charge, context) => gateway.charge(charge, context),
    refundCard: ({ chargeKey }, context) => gateway.refund({ chargeKey }, context),
  });

export declare const gateway: Gateway;
export declare const gatewayAt: (url: string) => Gateway;
export declare const order: z.input<typeof Order>;
export declare const client: TenutoClient;
export declare const connection: Connection;
export declare const rig: TestRig;
export declare const taskId: string;
export declare const source: EventSource;
export declare const event: IncomingEvent;
export declare const pages: number;
export declare const copy: (page: number, options: { readonly signal: AbortSignal }) => Promise<void>;

export const returnRequest = defineStateMachine("returnRequest", {
  version: 1,
  context: z.object({ orderId: z.string() }),
  events: { inspected: z.object({ ok: z.boolean() }) },
  initial: "requested",
  states: { requested: { on: { inspected: { target: "closed" } } }, closed: { type: "final" } },
});
export const parcelV1 = defineStateMachine("parcel", {
  version: 1,
  context: z.object({ orderId: z.string() }),
  events: { delivered: z.object({}) },
  initial: "onItsWay",
  states: { onItsWay: { on: { delivered: { target: "there" } } }, there: { type: "final" } },
});
export const now = 0;
export const { snapshot } = initialSnapshot(returnRequest, { orderId: "o-1" }, now);

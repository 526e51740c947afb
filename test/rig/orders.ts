import { randomUUID } from "node:crypto";
import { WorkflowFailedError } from "@temporalio/client";
import type { z } from "zod";
import type { Order } from "../../src/workflows/order.contract.ts";
import type { Stack } from "./stack.ts";

type OrderInput = z.input<typeof Order>;

/** An order that no other test has; 12.00 unless told otherwise. */
export function anOrder(changes: Partial<OrderInput> = {}): OrderInput {
  return {
    id: randomUUID(),
    customer: "ada@example.com",
    card: "ok",
    address: "1 Infinite Loop",
    lines: [{ sku: "mug", quantity: 1, unitCents: 1_200 }],
    ...changes,
  };
}

/** Starts the shop's workflow for an order. */
export function startOrder({ client }: Pick<Stack, "client">, order: OrderInput) {
  return client.workflow.start("fulfillOrder", { taskQueue: "shop", workflowId: `order-${order.id}`, args: [order] });
}

/** What ended a run that did not complete. */
export async function failureOfRun(run: { result(): Promise<unknown> }): Promise<Error> {
  try {
    await run.result();
  } catch (error) {
    if (error instanceof WorkflowFailedError && error.cause) return error.cause;
    throw error;
  }
  throw new Error("The run completed");
}

// The contracts that the type tests are about.
import { defineActivities, defineWorkflow } from "tenuto";
import { z } from "zod";

export const payments = defineActivities("payments", {
  charge: {
    input: z.object({ cents: z.number(), card: z.string(), payer: z.object({ iban: z.string() }) }),
    output: z.object({ chargeId: z.string() }),
    errors: { Declined: z.object({ reason: z.string() }) },
    retryable: { Busy: z.object({ retryAfterSeconds: z.number() }) },
    retry: { on: { Busy: { wait: "retry-after" }, Timeout: { retries: 2 }, WorkerLost: { never: true } } },
    redact: ["card", "iban", "chargeId"],
    attemptTimeout: "10s",
  },
  refund: { input: z.object({ key: z.string() }), output: z.string(), attemptTimeout: "10s" },
});

export const order = defineWorkflow("order", {
  input: z.object({ id: z.string(), quantity: z.number().default(1) }),
  output: z.object({ done: z.boolean() }),
  errors: { NotApproved: z.object({ by: z.string() }) },
  signals: { approve: z.object({ approved: z.boolean() }) },
  queries: { status: { input: z.undefined(), output: z.enum(["open", "done"]) } },
  updates: { change: { input: z.object({ quantity: z.number() }), output: z.object({ was: z.number() }) } },
  workflowId: ({ id, quantity }) => `order-${id}-${quantity.toFixed(0)}`,
  sla: "10m",
  deadline: "2d",
  redact: ["id", "approved"],
});

export const charge = { cents: 1, card: "4242", payer: { iban: "DE" } };

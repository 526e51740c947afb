import { defineStateMachine, defineWorkflow } from "tenuto";
import { z } from "zod";

const Lines = z.array(z.object({ sku: z.string().min(1).max(200), quantity: z.int().min(1).max(10_000) }));

/** What a customer sends back, and what was paid for it. */
const ReturnRequest = z
  .object({
    orderId: z.string().min(1).max(200),
    /** The charge on the receipt. */
    chargeId: z.string().regex(/^[\w.:-]{1,200}$/),
    amountCents: z.int().min(1).max(100_000_000),
    lines: Lines.min(1).max(500),
  })
  .meta({ examples: [{ orderId: "o-1", chargeId: "ch_1", amountCents: 2_400, lines: [{ sku: "mug", quantity: 2 }] }] });

export type ReturnOutcome = z.infer<typeof ReturnOutcome>;

export const ReturnOutcome = z.object({
  outcome: z.enum(["closed", "expired", "rejected", "settled"]),
  repaymentId: z.string().optional(),
  /** Whether the goods are back in stock. */
  restocked: z.boolean(),
});

/**
 * A return: the goods are inspected, then paid back and restocked at the same time.
 *
 * A repayment can't be taken back, restocking can. So a repayment that fails for good takes the goods out of stock again, and
 * people decide. Goods that can't be sold again are no failure, as the customer is paid back all the same.
 */
export const returnRequest = defineStateMachine("returnRequest", {
  version: 1,
  context: ReturnRequest.extend({
    repaymentId: z.string().optional(),
    restocked: z.boolean(),
    /** The error of the step that failed for good. From then on money may have been paid, whatever people decide. */
    failed: z.string().optional(),
    note: z.string().optional(),
  }),
  events: {
    inspect: z.object({ ok: z.boolean(), note: z.string().max(500).optional() }),
    decide: z.object({ approved: z.boolean(), note: z.string().max(500).optional() }),
    settle: z.object({ note: z.string().min(1).max(500) }),
  },
  steps: { repay: z.object({ repaymentId: z.string() }), restock: z.object({ restocked: z.boolean() }) },
  initial: "requested",
  states: {
    requested: {
      rewind: ({ context }) => context.failed === undefined,
      on: {
        inspect: [
          { guard: ({ event }) => event.ok, target: "inspected", assign: ({ event }) => ({ note: event.note }) },
          { target: "manual", assign: ({ event }) => ({ note: event.note }) },
        ],
      },
      after: { "14d": { target: "expired" } },
    },
    inspected: {
      type: "parallel",
      onError: { target: "manual", assign: ({ error }) => ({ failed: error.type }) },
      states: {
        refund: {
          initial: "paying",
          states: {
            paying: {
              invoke: {
                step: "repay",
                onDone: { target: "paid", assign: ({ output }) => ({ repaymentId: output.repaymentId }) },
              },
            },
            paid: { type: "final" },
          },
        },
        restocking: {
          initial: "putting",
          states: {
            putting: {
              invoke: {
                step: "restock",
                onDone: [
                  { guard: ({ output }) => output.restocked, target: "put", assign: () => ({ restocked: true }) },
                  { target: "writtenOff" },
                ],
              },
            },
            put: { type: "final" },
            writtenOff: { type: "final" },
          },
        },
      },
      onDone: { target: "closed" },
    },
    manual: {
      on: {
        decide: [
          { guard: ({ event }) => event.approved, target: "inspected", assign: ({ event }) => ({ note: event.note }) },
          {
            guard: ({ context }) => context.failed === undefined,
            target: "rejected",
            assign: ({ event }) => ({ note: event.note }),
          },
        ],
        // Dealt with outside the shop, as by a bank transfer.
        settle: { target: "settled", assign: ({ event }) => ({ note: event.note }) },
      },
    },
    closed: { type: "final" },
    expired: { type: "final" },
    rejected: { type: "final" },
    settled: { type: "final" },
  },
  description:
    "An order's goods come back within 14 days, are inspected, paid back and restocked. People decide when they are not " +
    "as they should be, or when a step failed for good.",
});

export const returnRequestContract = defineWorkflow("returnRequest", {
  input: ReturnRequest,
  output: ReturnOutcome,
  machine: returnRequest,
  // One return for an order.
  workflowId: ({ orderId }) => `return-${orderId}`,
  idempotency: "once-per-id",
  description:
    "Waits up to 14 days for the goods of an order: the warehouse sends `inspect`. Then it pays back and restocks at the " +
    "same time. When the goods are not as they should be, or a step failed for good, people `decide` or `settle` it.",
});

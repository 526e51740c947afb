import { defineStateMachine } from "tenuto";
import { z } from "zod";

const refundOf = z.object({ refundId: z.string() });

/** A return: inspected, then refunded and restocked at the same time; by hand when one of both fails. */
export const returnRequest = defineStateMachine("returnRequest", {
  version: 1,
  context: z.object({
    orderId: z.string(),
    days: z.int().optional(),
    refundId: z.string().optional(),
    why: z.string().optional(),
  }),
  events: {
    inspected: z.object({ ok: z.boolean() }),
    decide: z.object({ approved: z.boolean() }),
    note: z.object({ text: z.string() }),
  },
  steps: { refund: refundOf, restock: z.object({}) },
  delays: { patience: ({ context }) => `${context.days ?? 3}d` },
  initial: "requested",
  states: {
    requested: {
      on: {
        inspected: [{ guard: ({ event }) => event.ok, target: "processing" }, { target: "manual" }],
        note: { assign: ({ event }) => ({ why: event.text }) },
      },
      after: { "14d": { target: "expired" } },
    },
    processing: {
      type: "parallel",
      onError: { target: "manual", assign: ({ error }) => ({ why: `${error.type}: ${error.message}` }) },
      states: {
        refund: {
          initial: "paying",
          states: {
            paying: {
              invoke: {
                step: "refund",
                input: ({ context }) => ({ orderId: context.orderId }),
                onDone: { target: "paid", assign: ({ output }) => ({ refundId: output.refundId }) },
              },
            },
            paid: { type: "final" },
          },
        },
        stock: {
          initial: "putting",
          states: { putting: { invoke: { step: "restock", onDone: { target: "put" } } }, put: { type: "final" } },
        },
      },
      onDone: { target: "closed" },
    },
    manual: {
      on: {
        decide: [
          { guard: ({ event }) => event.approved, target: "processing" },
          { guard: ({ context }) => context.why !== undefined, target: "closed" },
        ],
      },
      after: { patience: { target: "closed" } },
    },
    expired: { type: "final", output: () => "too late" },
    closed: { type: "final", output: ({ context }) => context.refundId ?? "nothing" },
  },
});

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

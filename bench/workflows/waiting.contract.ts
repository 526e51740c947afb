import { defineWorkflow } from "tenuto";
import { z } from "zod";

/** Twenty schemas, as a contract of a grown application has them. */
const parts = {
  part0: z.object({ id: z.string().min(1), note: z.string().optional() }),
  part1: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  part2: z.union([z.object({ kind: z.literal("card"), number: z.string() }), z.object({ kind: z.literal("cash") })]),
  part3: z.record(z.string(), z.number().nonnegative()),
  part4: z.object({ id: z.string().min(1), note: z.string().optional() }),
  part5: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  part6: z.union([z.object({ kind: z.literal("card"), number: z.string() }), z.object({ kind: z.literal("cash") })]),
  part7: z.record(z.string(), z.number().nonnegative()),
  part8: z.object({ id: z.string().min(1), note: z.string().optional() }),
  part9: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  part10: z.union([z.object({ kind: z.literal("card"), number: z.string() }), z.object({ kind: z.literal("cash") })]),
  part11: z.record(z.string(), z.number().nonnegative()),
  part12: z.object({ id: z.string().min(1), note: z.string().optional() }),
  part13: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  part14: z.union([z.object({ kind: z.literal("card"), number: z.string() }), z.object({ kind: z.literal("cash") })]),
  part15: z.record(z.string(), z.number().nonnegative()),
  part16: z.object({ id: z.string().min(1), note: z.string().optional() }),
  part17: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  part18: z.union([z.object({ kind: z.literal("card"), number: z.string() }), z.object({ kind: z.literal("cash") })]),
  part19: z.record(z.string(), z.number().nonnegative()),
};

export const waitsForever = defineWorkflow("waitsForever", {
  input: z.object(parts).partial(),
  output: z.string(),
  signals: { ...parts, goOn: z.string() },
  idempotency: "allow-duplicate",
});

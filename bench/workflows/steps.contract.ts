import { defineActivities, defineWorkflow } from "tenuto";
import { z } from "zod";

export const steps = defineActivities("steps", {
  step: {
    input: z.object({ number: z.int() }),
    output: z.object({ number: z.int() }),
    retry: { retries: 5 },
    attemptTimeout: "10s",
  },
});

export const threeTenutoSteps = defineWorkflow("threeTenutoSteps", {
  input: z.object({ number: z.int() }),
  output: z.object({ number: z.int() }),
  idempotency: "allow-duplicate",
});

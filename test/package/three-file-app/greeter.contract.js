import { defineActivities, defineWorkflow } from "tenuto";
import { z } from "zod";

export const greetings = defineActivities("greetings", {
  compose: { input: z.object({ name: z.string() }), output: z.string(), attemptTimeout: "5s" },
});

export const greetContract = defineWorkflow("greet", { input: z.object({ name: z.string() }), output: z.string() });

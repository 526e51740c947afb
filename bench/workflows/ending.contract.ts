import { defineWorkflow } from "tenuto";
import { z } from "zod";

export const ending = defineWorkflow("ending", {
  input: z.object({ isStuck: z.boolean() }),
  output: z.string(),
  signals: { goOn: z.string() },
});

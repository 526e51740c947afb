import { defineWorkflow } from "tenuto";
import { z } from "zod";

const numbered = (name: string) =>
  defineWorkflow(name, {
    input: z.object({ fails: z.boolean() }),
    output: z.null(),
    sla: "1s",
    errors: { Refused: z.object({}) },
  });

/** Run by the same function. */
export const [small, large, rare] = [numbered("small"), numbered("large"), numbered("rare")];

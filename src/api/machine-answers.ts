// What the routes of state machines answer.
import type { RunDescription } from "tenuto/client";
import { z } from "zod";
import type { Shape } from "./answer-parts.ts";

export const MachineBrief = z.object({
  machine: z.string(),
  version: z.int(),
  status: z.enum(["active", "done"]),
  state: z.array(z.string()).describe("The paths of the innermost active states"),
  allowed: z.array(z.string()).describe("The events that active states take"),
} satisfies Shape<NonNullable<RunDescription["machine"]>>);

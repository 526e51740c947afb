// Which work goes first: what starts take of it, and what answers tell.
import { type Lane, lanePriorities } from "tenuto";
import { z } from "zod";
import type { Shape } from "./answer-parts.ts";

const description =
  "Which work goes first where work waits: the smaller priority (3 if not given); of one priority, work is shared out " +
  "among fairness keys by their weight (1 if not given)";

export const LaneBody = z
  .strictObject({
    priority: z.literal(lanePriorities, { error: "A whole number from 1, which goes first, to 5" }).optional(),
    fairnessKey: z.string().min(1).max(64).optional().describe("1 to 64 bytes, in clear text"),
    fairnessWeight: z.number().min(0.001).max(1_000).optional(),
  } satisfies Shape<Lane>)
  .meta({ id: "StartLane", description });

// Others may have set what we do not.
const told = {
  priority: z.int().min(1).optional(),
  fairnessKey: z.string().optional(),
  fairnessWeight: z.number().optional(),
} satisfies Shape<Lane>;

export const LaneAnswer = z.object(told).meta({ id: "Lane", description });

export const LaneOfType = z.object({
  ...told,
  isKeyOfInput: z.boolean().describe("Whether a run's input makes its fairness key"),
});

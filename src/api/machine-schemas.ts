// What the routes of state machines take.
import { z } from "zod";
import { reason, RunQuery } from "./schemas.ts";

const diagramKinds = ["machine", "saga"] as const;

export const DiagramQuery = RunQuery.extend({
  kind: z
    .enum(diagramKinds, { error: `One of ${diagramKinds.join(", ")}` })
    .optional()
    .describe("The run's state machine, or its steps; without it, the state machine of a run that has one"),
});

export const RewindBody = z.strictObject({
  to: z.string({ error: "The path of a state" }).min(1, "The path of a state").max(1_000),
  reason,
});

import { z } from "zod";

/** What a run answers when an event was taken, or its machine was rewound. */
export const machineAnswer = z.object({
  /** The paths of the innermost active states. */
  state: z.array(z.string()),
  status: z.enum(["active", "done"]),
  /** The ordinal of the transition after which this is so, from 1. */
  transition: z.int(),
  /** The step that failed for good, so that something else came of it. */
  failed: z.object({ step: z.string(), type: z.string() }).optional(),
});

export type MachineAnswer = Readonly<z.output<typeof machineAnswer>>;

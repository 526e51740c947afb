import { defineActivities, defineApp, defineWorkflow } from "tenuto";
import { z } from "zod";

const nap = { input: z.int(), output: z.int(), attemptTimeout: "30s" } as const;

/** Steps that wait, on the app's own queue and on another one. */
export const naps = defineActivities("naps", { nap, slowNap: { ...nap, queue: "slow" } });
export const naps1 = defineWorkflow("naps1", { input: z.int(), output: z.int() });
/** Many of them at once. */
export const manyNaps = defineWorkflow("manyNaps", {
  input: z.object({ naps: z.int(), ms: z.int() }),
  output: z.int(),
});
export const slowNaps = defineWorkflow("slowNaps", { input: z.int(), output: z.int(), queue: "slow" });
export const nappingApp = defineApp({ name: "napping", workflows: [naps1, manyNaps, slowNaps], activities: [naps] });

import type { WorkflowOf } from "tenuto";
import { activities } from "tenuto/workflow";
import { steps, type threeTenutoSteps as contract } from "./steps.contract.ts";

const { step } = activities(steps);

/** Three activities in sequence, by contract. */
export const threeTenutoSteps: WorkflowOf<typeof contract> = async (input) => step(await step(await step(input)));

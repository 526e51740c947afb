import type { WorkflowOf } from "tenuto";
import { humanTask } from "tenuto/workflow";
import { type asking as contract, tasks } from "./asking.contract.ts";

/** Asks one, and ends with the answer. */
export const asking: WorkflowOf<typeof contract> = async ({ task, question }) => humanTask(tasks[task], question);

import type { WorkflowOf } from "tenuto";
import { signals } from "tenuto/workflow";
import { ending as contract } from "./ending.contract.ts";

const { goOn } = signals(contract);

/** Waits, or has a bug. */
export const ending: WorkflowOf<typeof contract> = async ({ isStuck }) => {
  if (isStuck) throw new TypeError("Cannot read properties of undefined");
  return goOn.receive();
};

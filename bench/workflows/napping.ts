import type { WorkflowOf } from "tenuto";
import { activities } from "tenuto/workflow";
import {
  type manyNaps as manyContract,
  naps,
  type naps1 as napsContract,
  type slowNaps as slowContract,
} from "./napping.contract.ts";

const { nap, slowNap } = activities(naps);

export const naps1: WorkflowOf<typeof napsContract> = (ms) => nap(ms);
export const slowNaps: WorkflowOf<typeof slowContract> = (ms) => slowNap(ms);
export const manyNaps: WorkflowOf<typeof manyContract> = async ({ naps: count, ms }) => {
  await Promise.all(Array.from({ length: count }, () => nap(ms)));
  return count;
};

import { proxyActivities } from "@temporalio/workflow";

/** The activity that is called; it does nothing, so that what is measured is the way to it and back. */
export interface Steps {
  step(number: number): Promise<number>;
}

const { step } = proxyActivities<Steps>({ startToCloseTimeout: "10s" });

/** Three activities in sequence. */
export async function threeSteps(): Promise<number> {
  const first = await step(0);
  const second = await step(first);
  return step(second);
}

import { proxyActivities } from "@temporalio/workflow";

/** What the raw workflow calls. */
export interface RawSteps {
  step(input: { readonly number: number }): Promise<{ readonly number: number }>;
}

const { step } = proxyActivities<RawSteps>({ startToCloseTimeout: "15s", retry: { maximumAttempts: 6 } });

/** Three activities in sequence, by the plain SDK. */
export async function threeRawSteps(input: { readonly number: number }): Promise<{ readonly number: number }> {
  return step(await step(await step(input)));
}

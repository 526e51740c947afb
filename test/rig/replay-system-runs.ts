import type { Client } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";
import { Worker } from "@temporalio/worker";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";

/** Replays every run of some types of Tenuto's own, without a cache; how many. */
export async function replaySystemRuns({ workflow }: Client, types: readonly string[]): Promise<number> {
  const workflowBundle = await bundleSystemWorkflows();
  const query = `WorkflowType IN (${types.map((type) => `'${type}'`).join(", ")})`;
  let runs = 0;
  for await (const { workflowId, history } of workflow.list({ query }).intoHistories()) {
    // Temporal types it as unknown.
    const { events } = history as temporal.api.history.v1.IHistory;
    if (!events?.some(({ workflowTaskCompletedEventAttributes: done }) => done)) continue;
    await Worker.runReplayHistory({ workflowBundle }, { events }, workflowId);
    runs += 1;
  }
  return runs;
}

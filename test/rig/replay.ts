import type { Client } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";
import { Worker, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { checkHistories, type RecordedHistory } from "tenuto/testing";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { eventually } from "./eventually.ts";
import "./worker-log.ts";

/**
 * Replays every run of a client's namespace that a worker has taken up, from its saved history, and compares the key of
 * each step.
 *
 * @throws `HistoriesDiffer`, and when there was nothing to replay.
 */
export async function replayAll(
  client: Client,
  workflows: URL | WorkflowBundleWithSourceMap = new URL("../../src/workflows/index.ts", import.meta.url),
): Promise<number> {
  const { namespace } = client.options;
  const ours = `TaskQueue != '${systemTaskQueue}'`;
  await eventually("all runs are listed", async () => (await client.workflow.count(ours)).count > 0);
  const recorded: RecordedHistory[] = [];
  const runs = client.workflow.list({ query: ours });
  for await (const { workflowId, history } of runs.intoHistories()) {
    // Temporal types it as unknown.
    const { events } = history as temporal.api.history.v1.IHistory;
    if (events?.some(isTaskDone)) recorded.push({ namespace, workflowId, history: { events } });
  }
  const replayed = await checkHistories({ workflows }, recorded);
  if (replayed === 0) throw new Error(`No run of namespace "${namespace}" was replayed`);
  return replayed;
}

/** Replays every run of some types of Tenuto's own workflows without a cache; how many runs, and how long the longest history is. */
export async function replaySystemWorkflows(
  { workflow }: Client,
  ...types: readonly string[]
): Promise<{ readonly runs: number; readonly longest: number }> {
  const workflowBundle = await bundleSystemWorkflows();
  const query = `WorkflowType IN (${types.map((type) => `'${type}'`).join(", ")})`;
  let [runs, longest] = [0, 0];
  const replayable = async function* () {
    for await (const { workflowId, history } of workflow.list({ query }).intoHistories()) {
      const { events } = history as temporal.api.history.v1.IHistory;
      if (!events?.some(isTaskDone)) continue;
      longest = Math.max(longest, events.length);
      yield { workflowId, history: { events } };
    }
  };
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, replayable())) {
    if (error) throw new Error(`The run "${workflowId}" of Tenuto's own does not replay`, { cause: error });
    runs += 1;
  }
  return { runs, longest };
}

/** The replay of a history that no worker has taken up waits for ever. */
function isTaskDone({ workflowTaskCompletedEventAttributes }: temporal.api.history.v1.IHistoryEvent): boolean {
  return Boolean(workflowTaskCompletedEventAttributes);
}

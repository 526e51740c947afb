import type { Client } from "@temporalio/client";
import { Worker, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { deadLetterWorkflow } from "../../src/sdk/core/dead-letter.ts";
import { bundleWorkflows } from "../../src/sdk/worker/bundle-workflows.ts";
import { eventually } from "./eventually.ts";
import "./worker-log.ts";

/**
 * Replays every run of a client's namespace from its saved history.
 *
 * @throws the first determinism violation, and when there was nothing to replay.
 */
export async function replayAll(
  client: Client,
  workflows: URL | WorkflowBundleWithSourceMap = new URL("../../src/workflows/index.ts", import.meta.url),
): Promise<number> {
  const namespace = client.options.namespace;
  await eventually("all runs are listed", async () => (await client.workflow.count()).count > 0);
  const workflowBundle = workflows instanceof URL ? await bundleWorkflows(workflows) : workflows;
  let replayed = 0;
  const histories = client.workflow.list({ query: `WorkflowType != '${deadLetterWorkflow}'` }).intoHistories();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error) throw new Error(`Run "${workflowId}" does not replay`, { cause: error });
    replayed += 1;
  }
  if (replayed === 0) throw new Error(`No run of namespace "${namespace}" was replayed`);
  return replayed;
}

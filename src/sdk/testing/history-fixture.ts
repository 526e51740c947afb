import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import type { temporal } from "@temporalio/proto";
import type { HistoryJson, RecordedHistory } from "./check-histories.ts";

/** Fields that tell of the machine it was recorded on, and that no replay reads. */
const machineFields = new Set(["stackTrace", "identity", "workerVersion", "originalBuildId", "buildId"]);

/** A history as it is written to a file and read again. */
export interface HistoryFixture extends RecordedHistory {
  readonly history: HistoryJson;
}

/**
 * A history as a fixture: in JSON, without stack traces and names of machines.
 *
 * @example
 * ```ts
 * const { namespace } = rig;
 * const { workflowId } = await rig.client.start(fulfillOrderContract, order);
 * await rig.client.result(workflowId, { waitMs: 10_000 });
 * const history = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
 * await writeFile("ok.json", JSON.stringify(historyFixture({ namespace, workflowId, history }), null, 2));
 * ```
 */
export function historyFixture(recorded: {
  readonly namespace: string;
  readonly workflowId: string;
  readonly history: temporal.api.history.v1.IHistory;
}): HistoryFixture {
  const { namespace, workflowId } = recorded;
  const json = JSON.parse(historyToJSON(recorded.history)) as HistoryJson;
  return { namespace, workflowId, history: withoutMachine(json) as HistoryJson };
}

function withoutMachine(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutMachine);
  if (typeof json !== "object" || json === null) return json;
  const fields = Object.entries({ ...json, ...ownQueueName(json) });
  return Object.fromEntries(
    fields.filter(([name]) => !machineFields.has(name)).map(([name, member]) => [name, withoutMachine(member)]),
  );
}

/** A sticky queue is named after the process that polls it. */
function ownQueueName(json: object): { readonly name?: unknown } {
  return "normalName" in json && json.normalName ? { name: json.normalName } : {};
}

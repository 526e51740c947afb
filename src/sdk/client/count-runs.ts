import { decode } from "./payloads.ts";
import type { RunFilter } from "./list-runs.ts";
import { type RunStatus, runStatuses, visibilityStatus } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";
import { isFruitless, visibilityQuery } from "./visibility-query.ts";

/** How many runs there are, in all and in each status. */
export interface RunCounts {
  readonly total: number;
  readonly byStatus: Readonly<Record<RunStatus, number>>;
}

/** @throws what {@link TenutoClient.counts} throws. */
export async function countRuns(temporal: Temporal, filter: RunFilter): Promise<RunCounts> {
  const groups = isFruitless(filter) ? [] : await countGroups(temporal, filter);
  const counts = new Map(groups.map(({ groupValues, count }) => [decode(groupValues?.[0]), Number(count)]));
  const byStatus = runStatuses.map((status) => [status, counts.get(visibilityStatus[status]) ?? 0] as const);
  return {
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
    byStatus: Object.fromEntries(byStatus) as RunCounts["byStatus"],
  };
}

async function countGroups(temporal: Temporal, filter: RunFilter) {
  const { namespace } = temporal;
  const query = `${visibilityQuery(filter)} GROUP BY ExecutionStatus`.trim();
  const { groups } = await temporal.call((service) => service.countWorkflowExecutions({ namespace, query }));
  return groups ?? [];
}

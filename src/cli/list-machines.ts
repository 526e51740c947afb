import type { RunSummary } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListMachinesOptions {
  readonly type?: string;
  readonly state?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists runs that are state machines. */
export async function listMachines(
  { api, output, isJson }: Cli,
  { type, state, limit, cursor }: ListMachinesOptions,
): Promise<undefined> {
  const page = await readPages<RunSummary>(api, "/v1/runs", { type, state, machine: "true", limit, cursor });
  if (isJson) {
    output.json(page);
    return;
  }
  const { items } = page;
  if (items.length > 0) output.table(items, columnsAt(Date.now()));
  else output.notice("There are no such runs.");
  moreThanShown(output, page);
}

function columnsAt(nowMs: number): readonly Column<RunSummary>[] {
  return [
    { title: "ID", value: ({ workflowId }) => workflowId },
    { title: "RUN", value: ({ status }) => status, leaveOut: 2 },
    { title: "STARTED", value: ({ startedAt }) => `${distance(startedAt, nowMs)} ago`, leaveOut: 3 },
    { title: "TYPE", value: ({ type }) => type, atLeast: 12, leaveOut: 1 },
    { title: "STATE", value: ({ machine }) => machine?.state.join(", "), atLeast: 12 },
    { title: "TAKES", value: takenBy, atLeast: 12, leaveOut: 4 },
  ];
}

function takenBy({ machine, status }: RunSummary): string | undefined {
  return status === "running" ? machine?.allowed.join(", ") : undefined;
}

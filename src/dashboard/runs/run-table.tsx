import type { ComponentChildren } from "preact";
import type { RunSummary } from "tenuto/client";
import { Code } from "../parts/facts.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago, Took } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";
import { placeWith } from "../router/location.ts";

export interface RunTableProps {
  readonly caption: string;
  readonly runs: readonly RunSummary[];
  readonly empty: ComponentChildren;
}

export function RunTable({ caption, runs, empty }: RunTableProps) {
  return (
    <Table
      caption={caption}
      rows={runs}
      keyOf={({ runId }) => runId}
      empty={empty}
      columns={[
        {
          title: "Workflow id",
          isWide: true,
          cell: (run) => (
            <Link to={placeOfRun(run)}>
              <Code text={run.workflowId} most={80} />
            </Link>
          ),
        },
        { title: "Type", cell: ({ type }) => <Code text={type} most={60} /> },
        { title: "Status", cell: (run) => <RunPills run={run} /> },
        { title: "Started", cell: ({ startedAt }) => <Ago at={startedAt} /> },
        { title: "Took", align: "end", cell: (run) => <Took from={run.startedAt} to={run.closedAt} /> },
      ]}
    />
  );
}

/** The status of a run, and what it waits for. */
export function RunPills({ run }: { readonly run: Pick<RunSummary, "status" | "marks" | "machine"> }) {
  return (
    <span class="pills">
      <StatusPill status={run.status} />
      {run.marks.map((mark) => (
        <StatusPill key={mark} status={mark} />
      ))}
      {run.machine?.state.map((state) => (
        <span key={state} class="tag" dir="auto">
          {state}
        </span>
      ))}
    </span>
  );
}

/** Where a run is; with its run id, since a later one may have its workflow id. */
export function placeOfRun({ workflowId, runId }: { readonly workflowId: string; readonly runId?: string }): string {
  return placeWith(`/runs/${encodeURIComponent(workflowId)}`, { runId });
}

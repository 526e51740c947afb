import { type LinkBase, linksOf, type RunLinks } from "tenuto/client";

/** Where a run is found by its workflow id, and its links. */
export function pathsOf(
  run: { readonly workflowId: string; readonly runId: string },
  base: LinkBase,
): { readonly location: string; readonly links: RunLinks } {
  return { location: `/v1/runs/${encodeURIComponent(run.workflowId)}`, links: linksOf(run, base) };
}

/** Where an update is asked for; it names the run that has it: after continue-as-new another one has the workflow id. */
export function updateLocation(update: {
  readonly workflowId: string;
  readonly name: string;
  readonly updateId: string;
  readonly runId: string;
}): string {
  const { workflowId, name, updateId, runId } = update;
  const path = `/v1/runs/${encodeURIComponent(workflowId)}/updates/${encodeURIComponent(name)}`;
  return `${path}/${encodeURIComponent(updateId)}?runId=${runId}`;
}

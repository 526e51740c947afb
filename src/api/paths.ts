import { type LinkBase, linksOf, type RunLinks } from "tenuto/client";

/** Where a run is found by its workflow id, and its links. */
export function pathsOf(
  run: { readonly workflowId: string; readonly runId: string },
  base: LinkBase,
): { readonly location: string; readonly links: RunLinks } {
  return { location: `/v1/runs/${encodeURIComponent(run.workflowId)}`, links: linksOf(run, base) };
}

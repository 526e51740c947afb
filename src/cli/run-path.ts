/** The path of a run, and of what is done to it. */
export function runPath(workflowId: string, action = ""): string {
  return `/v1/runs/${encodeURIComponent(workflowId)}${action}`;
}

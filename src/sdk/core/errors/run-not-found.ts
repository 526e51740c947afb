/** A run that is not there: never started, or closed for longer than it is kept. */
export class RunNotFound extends Error {
  override readonly name = "RunNotFound";
  readonly code = "RUN_NOT_FOUND";
  readonly workflowId: string;
  readonly runId: string | undefined;

  constructor({ workflowId, runId }: { readonly workflowId: string; readonly runId?: string | undefined }) {
    const which = runId === undefined ? "" : ` and run id ${JSON.stringify(runId)}`;
    super(
      `No run can be found with workflow id ${JSON.stringify(workflowId)}${which}. ` +
        "Check the id; a closed run is kept for the namespace's retention only.",
    );
    this.workflowId = workflowId;
    this.runId = runId;
  }
}

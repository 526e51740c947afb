/** A run that is over and can be told nothing more. */
export class RunClosed extends Error {
  override readonly name = "RunClosed";
  readonly code = "RUN_CLOSED";
  readonly workflowId: string;

  constructor({ workflowId }: { readonly workflowId: string }) {
    super(
      `The run of ${JSON.stringify(workflowId)} can't be reached: it is closed. ` +
        "Read its result, or start a new run.",
    );
    this.workflowId = workflowId;
  }
}

/** A workflow id that is taken, by the rule of its contract's `idempotency`. */
export class RunAlreadyStarted extends Error {
  override readonly name = "RunAlreadyStarted";
  readonly code = "RUN_ALREADY_STARTED";
  readonly workflowId: string;
  /** The run that has the id. */
  readonly runId: string;

  constructor({ workflowId, runId }: { readonly workflowId: string; readonly runId: string }) {
    super(
      `The start of ${JSON.stringify(workflowId)} is refused: run ${runId} has that workflow id. ` +
        "Look at that run, or start under another id.",
    );
    this.workflowId = workflowId;
    this.runId = runId;
  }
}

/** A run whose value was not there in time; it goes on. */
export class RunNotFinished extends Error {
  override readonly name = "RunNotFinished";
  readonly code = "RUN_NOT_FINISHED";
  readonly isRetryable = true;
  readonly workflowId: string;

  constructor({ workflowId, waitMs }: { readonly workflowId: string; readonly waitMs: number }) {
    super(
      `The run of ${JSON.stringify(workflowId)} has no value yet: got none within ${waitMs} ms. ` +
        "Ask again, or pass a longer `waitMs`.",
    );
    this.workflowId = workflowId;
  }
}

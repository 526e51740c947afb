/** An idempotency key that came with another input before. */
export class IdempotencyKeyReused extends Error {
  override readonly name = "IdempotencyKeyReused";
  readonly code = "IDEMPOTENCY_KEY_REUSED";
  readonly workflowId: string;
  readonly runId: string;

  /** `what` names what is done once, as in `Update "deposit"`. */
  constructor(
    { workflowId, runId }: { readonly workflowId: string; readonly runId: string },
    { what = "The start" }: { readonly what?: string } = {},
  ) {
    super(
      `${what} of ${JSON.stringify(workflowId)} is refused: its idempotency key was used with another input, ` +
        `for run ${runId}. Repeat the first input, or use a new key for a new request.`,
    );
    this.workflowId = workflowId;
    this.runId = runId;
  }
}

/** An idempotency key that came with another input before. */
export class IdempotencyKeyReused extends Error {
  override readonly name = "IdempotencyKeyReused";
  readonly code = "IDEMPOTENCY_KEY_REUSED";
  readonly workflowId: string;
  readonly runId: string;

  constructor({ workflowId, runId }: { readonly workflowId: string; readonly runId: string }) {
    super(
      `The start of ${JSON.stringify(workflowId)} is refused: its idempotency key was used with another input, ` +
        `for run ${runId}. Repeat the first input, or use a new key for a new request.`,
    );
    this.workflowId = workflowId;
    this.runId = runId;
  }
}

/** A run that ended without a value, for a reason that its contract does not declare. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  readonly code = "RUN_FAILED";
  readonly workflowId: string;
  readonly status: string;
  /** The type of the error that it ended with, such as `SagaPartial`, `Canceled` or `Timeout`. */
  readonly type: string;

  /** `cause` is the recorded error, with its own causes; a `DeclaredError` in that chain is one. */
  constructor(
    { workflowId, status, type, reason }: Readonly<Record<"workflowId" | "status" | "type" | "reason", string>>,
    options?: ErrorOptions,
  ) {
    super(
      `The run of ${JSON.stringify(workflowId)} ended as ${status}: got ${type} (${JSON.stringify(reason)}). ` +
        "See `cause` and the run's history.",
      options,
    );
    this.workflowId = workflowId;
    this.status = status;
    this.type = type;
  }
}

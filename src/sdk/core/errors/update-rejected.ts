/** An update that the run refused before it did anything; nothing of it is in the history. */
export class UpdateRejected extends Error {
  override readonly name = "UpdateRejected";
  readonly code = "UPDATE_REJECTED";
  readonly workflowId: string;
  readonly update: string;
  readonly reason: string;

  /** `cause` is what the run threw: a `DeclaredError` when its contract declares it. */
  constructor(
    update: string,
    { workflowId, reason }: { readonly workflowId: string; readonly reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The run of ${JSON.stringify(workflowId)} refused update ${JSON.stringify(update)}: ` +
        `got ${JSON.stringify(reason)}. Nothing changed; correct the input, or wait until the run can take it.`,
      options,
    );
    this.workflowId = workflowId;
    this.update = update;
    this.reason = reason;
  }
}

/** An update that the run accepted and that was not over in time; its update id asks for it again. */
export class UpdatePending extends Error {
  override readonly name = "UpdatePending";
  readonly code = "UPDATE_PENDING";
  readonly isRetryable = true;
  readonly workflowId: string;
  readonly update: string;
  readonly updateId: string;

  constructor(
    update: string,
    { workflowId, updateId, waitMs }: Readonly<Record<"workflowId" | "updateId", string>> & { readonly waitMs: number },
  ) {
    super(
      `Update ${JSON.stringify(update)} of the run of ${JSON.stringify(workflowId)} is not over: ` +
        `got no outcome within ${waitMs} ms. Send it again with \`updateId\` ${JSON.stringify(updateId)} to wait on.`,
    );
    this.workflowId = workflowId;
    this.update = update;
    this.updateId = updateId;
  }
}

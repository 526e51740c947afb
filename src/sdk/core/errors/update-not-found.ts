/** An update that its run does not have: never accepted, or refused, which leaves no trace. */
export class UpdateNotFound extends Error {
  override readonly name = "UpdateNotFound";
  readonly code = "UPDATE_NOT_FOUND";
  readonly workflowId: string;
  readonly updateId: string;

  constructor({ workflowId, updateId }: { readonly workflowId: string; readonly updateId: string }) {
    super(
      `No update ${JSON.stringify(updateId)} can be found in the run of ${JSON.stringify(workflowId)}. ` +
        "Check the id; one that was refused leaves no trace, and can be sent again.",
    );
    this.workflowId = workflowId;
    this.updateId = updateId;
  }
}

/** An update that the run accepted and that then failed, for a reason that its contract does not declare. */
export class UpdateFailed extends Error {
  override readonly name = "UpdateFailed";
  readonly code = "UPDATE_FAILED";
  readonly workflowId: string;
  readonly update: string;
  readonly updateId: string;

  /** `cause` is what the run threw. */
  constructor(
    update: string,
    { workflowId, updateId, reason }: Readonly<Record<"workflowId" | "updateId" | "reason", string>>,
    options?: ErrorOptions,
  ) {
    super(
      `Update ${JSON.stringify(update)} of the run of ${JSON.stringify(workflowId)} failed: ` +
        `got ${JSON.stringify(reason)}. See \`cause\`; send it again under a new update id when that is mended.`,
      options,
    );
    this.workflowId = workflowId;
    this.update = update;
    this.updateId = updateId;
  }
}

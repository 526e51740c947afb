/** A workflow that the app does not have. */
export class UnknownWorkflowType extends Error {
  override readonly name = "UnknownWorkflowType";
  readonly code = "UNKNOWN_WORKFLOW_TYPE";
  readonly type: string;
  readonly known: readonly string[];

  constructor(type: string, known: readonly string[]) {
    super(
      `No workflow can be found under ${JSON.stringify(type)}: the app has ${known.join(", ") || "none"}. ` +
        "Use one of these, or list the contract in the app.",
    );
    this.type = type;
    this.known = known;
  }
}

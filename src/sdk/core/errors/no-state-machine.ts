/** A run that is no state machine, or has not begun to be one. */
export class NoStateMachine extends Error {
  override readonly name = "NoStateMachine";
  readonly code = "NO_STATE_MACHINE";
  readonly workflowId: string;
  readonly type: string;

  constructor(workflowId: string, type: string) {
    super(
      `Run ${JSON.stringify(workflowId)} of workflow "${type}" has no state machine, or has not begun it. ` +
        "Ask a run whose workflow calls `runStateMachine`.",
    );
    this.workflowId = workflowId;
    this.type = type;
  }
}

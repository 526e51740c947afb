/** A token that no link of ours has, or that was changed; what it says is not looked at. */
export class TaskLinkInvalid extends Error {
  override readonly name = "TaskLinkInvalid";
  readonly code = "TASK_LINK_INVALID";

  constructor() {
    super("The link can't be used: its token is not one of ours, or was changed. Open it again from the message.");
  }
}

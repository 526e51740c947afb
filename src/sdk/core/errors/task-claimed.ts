/** A task that somebody else works on; nothing changed. */
export class TaskClaimed extends Error {
  override readonly name = "TaskClaimed";
  readonly code = "TASK_CLAIMED";
  readonly taskId: string;
  /** Who has claimed it. */
  readonly by: string;

  constructor(taskId: string, by: string) {
    super(
      `Task ${JSON.stringify(taskId)} is claimed by ${JSON.stringify(by)}. ` +
        "Ask them, or have an operator release or reassign it.",
    );
    this.taskId = taskId;
    this.by = by;
  }
}

/** A task that needs several people, and that this one has answered already; nothing changed. */
export class TaskAnswered extends Error {
  override readonly name = "TaskAnswered";
  readonly code = "TASK_ANSWERED";
  readonly taskId: string;
  /** Who has answered it. */
  readonly by: string;

  constructor(taskId: string, by: string) {
    super(
      `Task ${JSON.stringify(taskId)} has the answer of ${JSON.stringify(by)} already. ` +
        "It needs several people: others have to answer now.",
    );
    this.taskId = taskId;
    this.by = by;
  }
}

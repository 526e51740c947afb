/** Somebody has rejected a human task; a run that does not catch it fails so, as an outcome and no dead letter. */
export class TaskRejected extends Error {
  override readonly name = "TaskRejected";
  readonly code = "TASK_REJECTED";
  readonly taskId: string;
  /** The name of the task's definition. */
  readonly type: string;
  readonly by: string;
  readonly reason: string;

  constructor({ taskId, type, by, reason }: Pick<TaskRejected, "taskId" | "type" | "by" | "reason">) {
    super(`Task ${JSON.stringify(taskId)} (${type}) was rejected by ${JSON.stringify(by)}.`);
    this.taskId = taskId;
    this.type = type;
    this.by = by;
    this.reason = reason;
  }
}

/** Whether an unknown value is a {@link TaskRejected}; holds across copies of the package. */
export function isTaskRejected(error: unknown): error is TaskRejected {
  return error instanceof Error && error.name === "TaskRejected" && "taskId" in error;
}

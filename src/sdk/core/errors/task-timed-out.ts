/** Nobody has answered a human task in time; a run that does not catch it fails so, as an outcome and no dead letter. */
export class TaskTimedOut extends Error {
  override readonly name = "TaskTimedOut";
  readonly code = "TASK_TIMED_OUT";
  readonly taskId: string;
  /** The name of the task's definition. */
  readonly type: string;

  constructor({ taskId, type }: Pick<TaskTimedOut, "taskId" | "type">) {
    super(`Task ${JSON.stringify(taskId)} (${type}) was answered by nobody in time.`);
    this.taskId = taskId;
    this.type = type;
  }
}

/** Whether an unknown value is a {@link TaskTimedOut}; holds across copies of the package. */
export function isTaskTimedOut(error: unknown): error is TaskTimedOut {
  return error instanceof Error && error.name === "TaskTimedOut" && "taskId" in error;
}

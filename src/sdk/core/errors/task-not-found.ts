/** There is no task of that id, or none that the caller may know of. */
export class TaskNotFound extends Error {
  override readonly name = "TaskNotFound";
  readonly code = "TASK_NOT_FOUND";
  readonly taskId: string;

  constructor(taskId: string) {
    super(`There is no task ${JSON.stringify(taskId)}. List the tasks, and take the id from there.`);
    this.taskId = taskId;
  }
}

import type { TaskEnd } from "../human-task.ts";

/** A task that waits for nobody any more: it was answered, or its run is over; nothing changed. */
export class TaskClosed extends Error {
  override readonly name = "TaskClosed";
  readonly code = "TASK_CLOSED";
  readonly taskId: string;
  /** How it ended, as far as that is known. */
  readonly ended: TaskEnd | undefined;

  constructor(taskId: string, ended?: TaskEnd) {
    const who = ended?.by === undefined ? "" : ` by ${JSON.stringify(ended.by)}`;
    const how = ended ? `it is ${ended.status}${who}, at ${ended.at}` : "its run is over";
    super(`Task ${JSON.stringify(taskId)} waits for nobody any more: ${how}. Look at the run that put it.`);
    this.taskId = taskId;
    this.ended = ended;
  }
}

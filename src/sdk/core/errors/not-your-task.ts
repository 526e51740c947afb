import type { TaskAudience } from "../human-task.ts";

/** A task that is for others; nothing changed. */
export class NotYourTask extends Error {
  override readonly name = "NotYourTask";
  readonly code = "NOT_YOUR_TASK";
  readonly taskId: string;
  readonly by: string;
  /** Who may answer it. */
  readonly audience: TaskAudience;

  constructor({ taskId, by, audience }: Pick<NotYourTask, "taskId" | "by" | "audience">) {
    const { roles, assignees } = audience;
    const asked = [...roles.map((role) => `task role "${role}"`), ...assignees.map((name) => JSON.stringify(name))];
    super(
      `Task ${JSON.stringify(taskId)} is not for ${JSON.stringify(by)}: it is for ${asked.join(", ") || "nobody"}. ` +
        "Ask one of them, or have an operator reassign it.",
    );
    this.taskId = taskId;
    this.by = by;
    // No more of the task than whom it is for.
    this.audience = { roles, assignees };
  }
}

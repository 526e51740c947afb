// What a run refuses of what people do about tasks, as the errors of ours that it means.
import type { temporal as api } from "@temporalio/proto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { NotYourTask } from "../core/errors/not-your-task.ts";
import { TaskAnswered } from "../core/errors/task-answered.ts";
import { TaskClaimed } from "../core/errors/task-claimed.ts";
import { TaskClosed } from "../core/errors/task-closed.ts";
import { TaskLinkGone } from "../core/errors/task-link-gone.ts";
import { TaskNotFound } from "../core/errors/task-not-found.ts";
import type { TaskCall, TaskEnd, TaskRecord } from "../core/human-task.ts";
import type { TaskRefusal } from "../core/task-state.ts";
import { errorOf, runErrorOf } from "./run-failure.ts";
import { shownEnd } from "./task.ts";

interface Asked {
  readonly taskId: string;
  readonly record: TaskRecord;
  readonly call: TaskCall;
  readonly redact: readonly string[];
}

export function refusedAs(
  failure: api.api.failure.v1.IFailure,
  { taskId, record, call: { by }, redact }: Asked,
): Error {
  const { type, data } = runErrorOf(failure);
  const refusal = data as TaskRefusal | undefined;
  if (type === "TaskNotFound") return new TaskNotFound(taskId);
  if (!refusal || refusal.type !== type) return errorOf(failure);
  switch (refusal.type) {
    case "TaskClosed":
      return closed(taskId, refusal.ended, redact);
    case "TaskClaimed":
      return new TaskClaimed(taskId, refusal.by);
    case "NotYourTask":
      // Of the record no more than that: the question may hold what contracts redact.
      return new NotYourTask({ taskId, by: by.name, audience: { roles: record.roles, assignees: record.assignees } });
    case "AlreadyAnswered":
      return new TaskAnswered(taskId, by.name);
    case "TaskLinkGone":
      return new TaskLinkGone("used");
    case "InvalidInput": {
      const { pointer, message } = refusal;
      return new InvalidInput("What is done about the task", [{ pointer, message }]);
    }
  }
}

/** Of a task whose run is over. */
export function closedAs(
  { taskId, record }: Pick<Asked, "taskId" | "record">,
  { redact }: Pick<Asked, "redact">,
): TaskClosed {
  return closed(taskId, record.ended, redact);
}

/** Whoever comes too late is told the answer that counts, and nothing in it that contracts redact. */
function closed(taskId: string, ended: TaskEnd | undefined, redact: readonly string[]): TaskClosed {
  return new TaskClosed(taskId, ended && shownEnd(ended, redact));
}

import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TaskNotFound } from "../core/errors/task-not-found.ts";
import { partsOfTaskId, type TaskRecord } from "../core/human-task.ts";
import { describeRaw, type RawDescription } from "./describe-raw.ts";
import { taskRecordsIn } from "./task.ts";
import type { Temporal } from "./temporal.ts";

/** A task, and the run that has it. */
export interface FoundTask {
  readonly taskId: string;
  readonly key: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly record: TaskRecord;
  readonly info: RawDescription["workflowExecutionInfo"];
}

/** What the latest run of a task's workflow id says of it; no worker is asked. @throws {@link TaskNotFound} */
export async function findTask(temporal: Temporal, taskId: string): Promise<FoundTask> {
  const parts = partsOfTaskId(taskId);
  if (!parts) throw new TaskNotFound(taskId);
  const { key, workflowId } = parts;
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId }).catch((error: unknown) => {
    throw error instanceof RunNotFound ? new TaskNotFound(taskId) : error;
  });
  const record = taskRecordsIn(info).find((each) => each.key === key);
  if (!record) throw new TaskNotFound(taskId);
  return { taskId, key, workflowId, runId: info?.execution?.runId ?? "", record, info };
}

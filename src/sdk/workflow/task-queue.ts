import { workflowInfo } from "@temporalio/workflow";
import { appOfTaskQueue, taskQueueOf } from "../core/queue.ts";

/** The task queue of a kind of work of this run's app. In a replay it is another one; Temporal compares no task queues. */
export function taskQueueFor(queue?: string): string {
  return taskQueueOf(appOfTaskQueue(workflowInfo().taskQueue), queue);
}

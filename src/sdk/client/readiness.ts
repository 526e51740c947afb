import { tsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { type QueuedApp, queuesOf } from "../core/queue.ts";
import type { Temporal } from "./temporal.ts";

/** Whether the Temporal server answers. */
export interface Reachability {
  readonly ok: boolean;
  /** Why not. */
  readonly detail?: string;
}

/** Who takes the app's work. */
export interface WorkerPresence {
  /** Whether at least one worker asked for work in the last minute. */
  readonly ok: boolean;
  readonly pollers: number;
  readonly taskQueue: string;
}

/** Who takes the work of each of the app's queues. */
export interface AppWorkers extends WorkerPresence {
  /** Whether each of its queues has a worker for each kind of task that comes there. */
  readonly queues: readonly (WorkerPresence & { readonly queue: string })[];
}

const checkMs = 2_000;
const recentMs = 60_000;

export async function checkReachability(temporal: Temporal): Promise<Reachability> {
  try {
    await temporal.call((service) => service.getSystemInfo({}), { deadline: temporal.deadline(checkMs) });
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** Those of the app's own queue, and of each queue. */
export async function findAppWorkers(temporal: Temporal, app: QueuedApp): Promise<AppWorkers> {
  const queues = await Promise.all(
    queuesOf(app).map(async ({ queue, taskQueue, hasWorkflows, hasActivities }) => {
      const found = await Promise.all([
        ...(hasWorkflows ? [findWorkers(temporal, taskQueue)] : []),
        ...(hasActivities ? [findWorkers(temporal, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)] : []),
      ]);
      const pollers = Math.min(...found.map((each) => each.pollers));
      return { queue, taskQueue, ok: pollers > 0, pollers };
    }),
  );
  const pollers = queues[0]?.pollers ?? 0;
  return { ok: queues.every(({ ok }) => ok), pollers, taskQueue: app.name, queues };
}

export async function findWorkers(
  temporal: Temporal,
  taskQueue: string,
  taskQueueType: proto.temporal.api.enums.v1.TaskQueueType = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
): Promise<WorkerPresence> {
  const { pollers } = await temporal.call(
    (service) =>
      service.describeTaskQueue({
        namespace: temporal.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType,
      }),
    { deadline: temporal.deadline(checkMs) },
  );
  const since = Date.now() - recentMs;
  const recent = (pollers ?? []).filter(({ lastAccessTime }) => tsToMs(lastAccessTime) >= since);
  return { ok: recent.length > 0, pollers: recent.length, taskQueue };
}

import { tsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
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

export async function findWorkers(temporal: Temporal, taskQueue: string): Promise<WorkerPresence> {
  const { TaskQueueType } = proto.temporal.api.enums.v1;
  const { pollers } = await temporal.call(
    (service) =>
      service.describeTaskQueue({
        namespace: temporal.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    { deadline: temporal.deadline(checkMs) },
  );
  const since = Date.now() - recentMs;
  const recent = (pollers ?? []).filter(({ lastAccessTime }) => tsToMs(lastAccessTime) >= since);
  return { ok: recent.length > 0, pollers: recent.length, taskQueue };
}

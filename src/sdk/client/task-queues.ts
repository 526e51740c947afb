import { tsToMs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";

const { TaskQueueType } = proto.temporal.api.enums.v1;
const kinds = {
  workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
} as const;

/** Who asked a task queue for work in the last minutes. */
export interface Poller {
  /** As the worker calls itself. @default process id and host name */
  readonly identity: string;
  readonly lastSeenAt: string;
}

/** The tasks of one kind that wait in a task queue, and who takes them. */
export interface TaskQueueState {
  /** Tasks that wait for a worker; the server's estimate. */
  readonly backlog: number;
  /** For how long the oldest of them has waited, in milliseconds. */
  readonly backlogAgeMs: number;
  readonly pollers: readonly Poller[];
}

/** A task queue of the app, or of Tenuto itself. */
export interface TaskQueue {
  readonly name: string;
  readonly workflow: TaskQueueState;
  readonly activity: TaskQueueState;
}

/** @throws what {@link TenutoClient.taskQueues} throws. */
export async function describeTaskQueues(temporal: Temporal, names: readonly string[]): Promise<readonly TaskQueue[]> {
  const queues = names.map(async (name) => {
    const [workflow, activity] = await Promise.all([
      stateOf(temporal, name, kinds.workflow),
      stateOf(temporal, name, kinds.activity),
    ]);
    return { name, workflow, activity };
  });
  return Promise.all(queues);
}

type Kind = (typeof kinds)[keyof typeof kinds];

async function stateOf(temporal: Temporal, name: string, taskQueueType: Kind): Promise<TaskQueueState> {
  const { namespace } = temporal;
  const { pollers, stats } = await temporal.call((service) =>
    service.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType, reportStats: true }),
  );
  return {
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    backlogAgeMs: stats?.approximateBacklogAge ? tsToMs(stats.approximateBacklogAge) : 0,
    pollers: (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? "",
      lastSeenAt: timeOf(lastAccessTime) ?? "",
    })),
  };
}

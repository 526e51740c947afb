import { tsToMs } from "@temporalio/common/lib/time.js";
import proto, { type temporal as api } from "@temporalio/proto";
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

/** What waits in a task queue; the server's estimates. */
export interface Backlog {
  /** Tasks that wait for a worker. */
  readonly backlog: number;
  /** For how long the oldest of them has waited, in milliseconds. */
  readonly backlogAgeMs: number;
  /** Tasks that came within a second, over the last half minute; a task that a worker gets at once may be missing. */
  readonly addedPerSecond: number;
  /** Tasks that workers got within a second, over the last half minute. */
  readonly dispatchedPerSecond: number;
}

/** What waits under one priority. */
export interface PriorityBacklog extends Backlog {
  /** 1 goes first; 3 is that of what has none. */
  readonly priority: number;
}

/** Limits that the server keeps, in tasks a second. */
export interface QueueLimits {
  /** Of all tasks together. */
  readonly perSecond?: number;
  /** Of the tasks of each fairness key. */
  readonly perKeyPerSecond?: number;
}

/** The tasks of one kind that wait in a task queue, and who takes them. */
export interface TaskQueueState extends Backlog {
  readonly pollers: readonly Poller[];
  /** Most urgent first; absent where the server does not tell. */
  readonly byPriority?: readonly PriorityBacklog[];
  /** Absent without one. */
  readonly limits?: QueueLimits;
  /** Whether tasks wait because of a limit. */
  readonly isRateLimited: boolean;
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
type Stats = api.api.taskqueue.v1.ITaskQueueStats;

async function stateOf(temporal: Temporal, name: string, taskQueueType: Kind): Promise<TaskQueueState> {
  const { namespace } = temporal;
  const { pollers, stats, statsByPriorityKey, config } = await temporal.call((service) =>
    service.describeTaskQueue({
      ...{ namespace, taskQueue: { name }, taskQueueType },
      ...{ reportStats: true, reportConfig: true },
    }),
  );
  const byPriority = Object.entries(statsByPriorityKey ?? {})
    .map(([priority, each]) => ({ priority: Number(priority), ...backlogOf(each) }))
    .sort((one, other) => one.priority - other.priority);
  const limits = limitsOf(config);
  return {
    ...backlogOf(stats),
    pollers: (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? "",
      lastSeenAt: timeOf(lastAccessTime) ?? "",
    })),
    ...(byPriority.length > 0 && { byPriority }),
    ...(Object.keys(limits).length > 0 && { limits }),
    isRateLimited: stats?.rateLimitingActive ?? false,
  };
}

function backlogOf(stats: Stats | null | undefined): Backlog {
  return {
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    backlogAgeMs: stats?.approximateBacklogAge ? tsToMs(stats.approximateBacklogAge) : 0,
    addedPerSecond: rounded(stats?.tasksAddRate),
    dispatchedPerSecond: rounded(stats?.tasksDispatchRate),
  };
}

function limitsOf(config: api.api.taskqueue.v1.ITaskQueueConfig | null | undefined): QueueLimits {
  const perSecond = config?.queueRateLimit?.rateLimit?.requestsPerSecond;
  const perKeyPerSecond = config?.fairnessKeysRateLimitDefault?.rateLimit?.requestsPerSecond;
  return {
    ...(typeof perSecond === "number" && { perSecond }),
    ...(typeof perKeyPerSecond === "number" && { perKeyPerSecond }),
  };
}

function rounded(rate: number | null | undefined): number {
  return Math.round((rate ?? 0) * 100) / 100;
}

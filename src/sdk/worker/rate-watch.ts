// Whether steps may pass by their task queue: not while it has a rate, or work that waits, which they would overtake. A worker
// looks again and again, so that a rate that is set while it runs holds within seconds. How it fails: when nobody knows, they may not.
import { setTimeout as sleep } from "node:timers/promises";
import type { NativeConnection } from "@temporalio/worker";
import { tsToMs } from "@temporalio/common/lib/time.js";
import proto, { type temporal } from "@temporalio/proto";

const { RateLimitSource, TaskQueueType } = proto.temporal.api.enums.v1;

/** Often enough that a rate holds within seconds, and half a request a second. */
const everyMs = 2_000;
/** Of what was seen; then nobody knows. */
const goodForMs = 3 * everyMs;
/** Tasks that come and go at once are not work that waits. */
const waitsFromMs = 500;

/** Where to look. */
export interface WatchedQueue {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** What is known of a task queue at this moment. */
export interface RateWatch {
  /** Whether steps may pass by it. */
  readonly mayBeEager: () => boolean;
  /** Looks until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
}

export function watchRates(queue: WatchedQueue): RateWatch {
  let freeUntil = 0;
  return {
    mayBeEager: () => Date.now() < freeUntil,
    async run(signal) {
      while (!signal.aborted) {
        const askedAt = Date.now();
        const isFree = await looksFree(queue).catch(() => undefined);
        // What could not be seen may be as before, for a while.
        if (isFree !== undefined) freeUntil = isFree ? askedAt + goodForMs : 0;
        await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

type Described = temporal.api.workflowservice.v1.IDescribeTaskQueueResponse;

async function looksFree({ connection, namespace, taskQueue }: WatchedQueue): Promise<boolean> {
  const described: Described = await connection.withDeadline(Date.now() + everyMs, () =>
    connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
      reportConfig: true,
      reportStats: true,
    }),
  );
  const { config, effectiveRateLimit, stats } = described;
  const source = effectiveRateLimit?.rateLimitSource ?? 0;
  const hasRate =
    source === RateLimitSource.RATE_LIMIT_SOURCE_API ||
    source === RateLimitSource.RATE_LIMIT_SOURCE_WORKER ||
    Boolean(config?.queueRateLimit?.rateLimit ?? config?.fairnessKeysRateLimitDefault?.rateLimit);
  const waitedMs = stats?.approximateBacklogAge ? tsToMs(stats.approximateBacklogAge) : 0;
  return !hasRate && !(Number(stats?.approximateBacklogCount ?? 0) > 0 && waitedMs >= waitsFromMs);
}

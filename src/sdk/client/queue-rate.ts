// How many steps of a task queue begin in a second: kept by the server, so for all workers together, and changed while they run.
import proto, { type temporal as api } from "@temporalio/proto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { UnknownQueue } from "../core/errors/unknown-queue.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import { queuesOf } from "../core/queue.ts";
import { assertOfNamespace } from "./assert-of-namespace.ts";
import type { Reach } from "./run-target.ts";
import { timeOf } from "./run-summary.ts";

const { TaskQueueType } = proto.temporal.api.enums.v1;
const taskQueueType = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;

/** The rates of a task queue. */
export interface QueueRate {
  /** Steps that begin in a second at most, by all workers together; 0 holds all of them, `null` is no limit. */
  readonly perSecond: number | null;
  /** Of each fairness key, times its weight. */
  readonly perKeyPerSecond: number | null;
  /** Who set the first last, and why. */
  readonly changed?: RateChanged;
  /** Who set the second last, and why. */
  readonly perKeyChanged?: RateChanged;
}

/** Who set a rate. */
export interface RateChanged {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** What is to become of the rates of a task queue, and why. */
export interface QueueRateChange {
  /** Steps in a second, 0 to 100,000; `null` takes the limit away. @default it stays */
  readonly perSecond?: number | null | undefined;
  /** Of each fairness key, times its weight; as `perSecond`. @default it stays */
  readonly perKeyPerSecond?: number | null | undefined;
  readonly reason: string;
  /** Who changes it. @default the client's `identity` */
  readonly by?: string | undefined;
}

/** @throws what {@link TenutoClient.setQueueRate} throws. */
export async function setQueueRate(
  { temporal, app }: Reach,
  name: string,
  { perSecond, perKeyPerSecond, reason, by = temporal.identity }: QueueRateChange,
): Promise<QueueRate> {
  assertOfNamespace(temporal, "Task queues are those of all tenants");
  const known = queuesOf(app).map(({ taskQueue }) => taskQueue);
  if (!known.includes(name)) throw new UnknownQueue(name, { app: app.name, known });
  assertChange(name, { perSecond, perKeyPerSecond, reason });
  const { config } = await temporal.call((service) =>
    service.updateTaskQueueConfig({
      namespace: temporal.namespace,
      identity: by,
      taskQueue: name,
      taskQueueType,
      ...(perSecond !== undefined && { updateQueueRateLimit: updateOf(perSecond, reason) }),
      ...(perKeyPerSecond !== undefined && { updateFairnessKeyRateLimitDefault: updateOf(perKeyPerSecond, reason) }),
    }),
  );
  return rateIn(config);
}

type Config = api.api.taskqueue.v1.ITaskQueueConfig | null | undefined;

function rateIn(config: Config): QueueRate {
  const { queueRateLimit: queue, fairnessKeysRateLimitDefault: perKey } = config ?? {};
  return {
    perSecond: limitIn(queue),
    perKeyPerSecond: limitIn(perKey),
    ...changedIn(queue, "changed"),
    ...changedIn(perKey, "perKeyChanged"),
  };
}

type Limit = api.api.taskqueue.v1.IRateLimitConfig | null | undefined;

function limitIn(limit: Limit): number | null {
  return limit?.rateLimit ? plain(limit.rateLimit.requestsPerSecond ?? 0) : null;
}

function changedIn<Name extends string>(limit: Limit, name: Name): { readonly [Key in Name]?: RateChanged } {
  const { reason, updateIdentity: by, updateTime } = limit?.metadata ?? {};
  const at = timeOf(updateTime);
  if (at === undefined) return {};
  return { [name]: { by: by ?? "", reason: reason ?? "", at } } as { readonly [Key in Name]: RateChanged };
}

function updateOf(rate: number | null, reason: string) {
  return { rateLimit: rate === null ? null : { requestsPerSecond: rate }, reason };
}

/** The server keeps single precision. */
function plain(rate: number): number {
  return Number(rate.toPrecision(6));
}

const mostPerSecond = 100_000;

function assertChange(name: string, { perSecond, perKeyPerSecond, reason }: Omit<QueueRateChange, "by">): void {
  const issues: ValidationIssue[] = [];
  for (const [member, rate] of Object.entries({ perSecond, perKeyPerSecond }))
    if (rate !== undefined && rate !== null && !isRate(rate))
      issues.push({ pointer: `/${member}`, message: "A number from 0 to 100000, or null for no limit" });
  if (perSecond === undefined && perKeyPerSecond === undefined)
    issues.push({ pointer: "", message: "Give perSecond, perKeyPerSecond or both" });
  if (reason.trim() === "" || Buffer.byteLength(reason) > 1_000)
    issues.push({ pointer: "/reason", message: "Say why, in 1,000 bytes at most" });
  if (issues.length > 0) throw new InvalidInput(`The rate of task queue ${JSON.stringify(name)}`, issues);
}

function isRate(rate: unknown): boolean {
  return typeof rate === "number" && rate >= 0 && rate <= mostPerSecond && (rate === 0 || rate >= 0.001);
}

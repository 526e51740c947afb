import type { TaskQueueState } from "tenuto/client";

/** As the API tells of one kind of tasks: pollers are counted. */
export interface QueueKind extends Omit<TaskQueueState, "pollers"> {
  readonly pollers: number;
}

/** A task queue as the API tells of it. */
export interface ShownQueue {
  readonly name: string;
  readonly workflow: QueueKind;
  readonly activity: QueueKind;
}

/** A worker on one task queue. */
export interface ShownWorker {
  readonly identity: string;
  readonly taskQueue: string;
  readonly kinds: readonly ("workflow" | "activity")[];
  readonly lastSeenAt: string;
}

/** Tenuto's own, whose rate nobody changes. */
export const systemQueue = "tenuto-system";

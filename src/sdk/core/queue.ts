// Task queues of an app: its own, which has the app's name, and one for each other kind of work that a contract names. Neither
// name can have a dot, so the dot between them tells the two apart.
import type { App } from "./define-app.ts";
import { assertName } from "./definition-name.ts";

/** How the app's own queue is called among its queues. */
export const mainQueue = "main";

/** What of an app says which queues it has. */
export type QueuedApp = Pick<App, "name" | "workflows" | "activities">;

/** A queue of an app, and which kinds of tasks come there. */
export interface AppQueue {
  /** As contracts name it; `"main"` is the app's own. */
  readonly queue: string;
  /** As Temporal knows it. */
  readonly taskQueue: string;
  readonly hasWorkflows: boolean;
  readonly hasActivities: boolean;
}

/**
 * The task queue of a kind of work; without one, the app's own.
 *
 * @example
 * ```ts
 * taskQueueOf("shop", "slow"); // "shop.slow"
 * taskQueueOf("shop"); // "shop"
 * ```
 */
export function taskQueueOf(app: string, queue: string = mainQueue): string {
  return queue === mainQueue ? app : `${app}.${queue}`;
}

/**
 * The queues that an app's contracts name, its own first.
 *
 * @example
 * ```ts
 * const names = queuesOf(app).map(({ queue }) => queue); // ["main", "slow"]
 * ```
 */
export function queuesOf({ name, workflows, activities }: QueuedApp): readonly AppQueue[] {
  const ofWorkflows = named(workflows);
  const ofActivities = named(activities.flatMap(({ definitions }) => Object.values(definitions)));
  const others = [...new Set([...ofWorkflows, ...ofActivities])].filter((queue) => queue !== mainQueue).sort();
  // Tenuto's own activities of an app are on its own queue, whatever contracts say.
  const main = { queue: mainQueue, taskQueue: name, hasWorkflows: true, hasActivities: true };
  return [
    main,
    ...others.map((queue) => ({
      queue,
      taskQueue: taskQueueOf(name, queue),
      hasWorkflows: ofWorkflows.has(queue),
      hasActivities: ofActivities.has(queue),
    })),
  ];
}

/** The app that a task queue belongs to. */
export function appOfTaskQueue(taskQueue: string): string {
  return taskQueue.split(".", 1)[0] ?? taskQueue;
}

/** @throws `InvalidDefinition` when a queue has a name that can't be one. */
export function assertQueue(queue: string | undefined, whose: string): void {
  if (queue !== undefined) assertName(queue, `\`queue\` of ${whose}`);
}

function named(definitions: readonly { readonly queue?: string }[]): ReadonlySet<string> {
  return new Set(definitions.map(({ queue = mainQueue }) => queue));
}

import type { AlertRulesRecord } from "../core/alert-rule.ts";

/** When, and what else there is to look at. */
export interface Moment {
  readonly nowMs: number;
  /** By name. */
  readonly apps: readonly string[];
  /** The task queues of the apps. */
  readonly queues: readonly string[];
  /** Of the apps' types, the longest that a run should take, in milliseconds. */
  readonly slas: Readonly<Record<string, number>>;
}

/** A moment, and what the apps have told of themselves. */
export function momentOf(
  { apps, taskQueues = Object.keys(apps), slas = {} }: Pick<AlertRulesRecord, "apps" | "taskQueues" | "slas">,
  nowMs: number,
): Moment {
  return { nowMs, apps: Object.keys(apps), queues: taskQueues, slas };
}

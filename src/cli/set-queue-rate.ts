import type { QueueRate } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";

/** Which rates to set, and why. */
export interface SetQueueRate {
  readonly name: string;
  readonly perSecond?: number | "none";
  readonly perKey?: number | "none";
  readonly reason: string;
}

/** Limits how many steps of a task queue begin in a second. */
export async function setQueueRate(
  { api, output, isJson }: Cli,
  { name, perSecond, perKey, reason }: SetQueueRate,
): Promise<undefined> {
  if (perSecond === undefined && perKey === undefined)
    throw new UsageError("Say what to change: give --per-second, --per-key or both.");
  const path = `/v1/task-queues/${encodeURIComponent(name)}/rate`;
  const rate = await api.put<QueueRate>(path, { perSecond: sent(perSecond), perKeyPerSecond: sent(perKey), reason });
  if (isJson) {
    output.json(rate);
    return;
  }
  output.line(`${name}: ${shown(rate.perSecond)} in all, ${shown(rate.perKeyPerSecond)} for each fairness key.`);
}

function sent(limit: number | "none" | undefined): number | null | undefined {
  return limit === "none" ? null : limit;
}

function shown(limit: number | null): string {
  return limit === null ? "any number of steps" : `${limit} steps a second`;
}

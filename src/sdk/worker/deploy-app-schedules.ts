// Brings the schedules of an app's code to the server when a worker of it starts. What it leaves as it is, it warns of.
import { setTimeout as sleep } from "node:timers/promises";
import { Runtime } from "@temporalio/worker";
import { deploySchedules, type ScheduleDeploy } from "../client/deploy-schedules.ts";
import type { Temporal } from "../client/temporal.ts";
import type { App } from "../core/define-app.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";

/** Whether a worker that starts deploys the schedules of its app, or leaves that to others. */
export type DeploySchedules = "deploy" | "leave";

const tryAgainMs = 2_000;

/** Deploys once; a server that is away is waited for, until the signal fires. */
export async function deployAppSchedules(temporal: Temporal, app: App, signal: AbortSignal): Promise<void> {
  let isTold = false;
  while (!signal.aborted) {
    try {
      tell(app, await deploySchedules({ temporal, app }, { isBackAllowed: false }));
      return;
    } catch (error) {
      if (!isTold) warn(`The schedules of app "${app.name}" could not be deployed: ${(error as Error).message}`);
      isTold = true;
      // What the code says does not change while this process runs.
      if (error instanceof InvalidInput) return;
    }
    await sleep(tryAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

function tell({ name }: App, { superseded, changes }: ScheduleDeploy): void {
  if (superseded) {
    const { at, by } = superseded;
    const remedy = "To go back to this code, deploy it: tenuto schedules deploy";
    warn(`The schedules of app "${name}" are left as they are: newer code was deployed at ${at}, by ${by}. ${remedy}`);
  }
  for (const { id, change, why, differences } of changes) {
    if (change !== "kept") continue;
    const fields = differences.map(({ field }) => field).join(", ");
    warn(`Schedule "${id}" is not as the code of app "${name}" says${fields === "" ? "" : ` (${fields})`}. ${why}`);
  }
}

function warn(message: string): void {
  Runtime.instance().logger.warn(message);
}

import { CancellationScope, patched, proxyLocalActivities } from "@temporalio/workflow";
import { exhaustedActivityType, type ExhaustedStep, type OnExhausted } from "../core/incident.ts";
import { distrustClock } from "./clock.ts";
import { purposeAsked } from "./reset-purpose.ts";

const local = proxyLocalActivities<Record<string, (step: ExhaustedStep) => Promise<OnExhausted>>>({
  startToCloseTimeout: "10s",
  // A failure is no verdict: it fails the workflow task, and the next one asks again.
  retry: { maximumAttempts: 1 },
});

/**
 * Whether this run knows incidents, and undoes in parallel; the histories of runs from before replay without. One patch for
 * both, asked before the verdict: after a local activity that outlasted its workflow task, a replay would not know it yet.
 */
export function knowsIncidents(): boolean {
  return patched("tenuto.incidents");
}

/** What the contract says at this moment about a step whose retries ran out; the history keeps it. */
export async function verdictOn(step: ExhaustedStep): Promise<OnExhausted> {
  // A patch that is first asked about after a local activity may be missing in a replay.
  const purpose = purposeAsked();
  if (purpose) await purpose;
  try {
    return await CancellationScope.nonCancellable(async () => (await local[exhaustedActivityType]?.(step)) ?? "fail");
  } catch (error) {
    throw new TypeError(`What becomes of step "${step.activityType}" could not be found out`, { cause: error });
  } finally {
    distrustClock();
  }
}

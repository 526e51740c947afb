import { proxyActivities, workflowInfo } from "@temporalio/workflow";
import { type OpenEffect, reportActivityType, type RunReport } from "../core/dead-letter.ts";
import { carriedLetterId } from "./own-dead-letter.ts";
import { tenantOfRun } from "./tenant.ts";
import { toldError } from "./run-step.ts";
import { now } from "./waiting.ts";

/** Bounded by nothing but success: a saga that is half undone must not close before somebody can know. */
const tenuto = proxyActivities<Record<string, (report: RunReport) => Promise<void>>>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "1m" },
});

/** Opens this run's dead letter, before the run closes. */
export async function reportPartial(original: unknown, openEffects: readonly OpenEffect[]): Promise<void> {
  const { workflowId, runId, originalExecutionRunId: originalRunId, workflowType: type } = workflowInfo();
  const tenant = tenantOfRun();
  const carriedId = carriedLetterId();
  await tenuto[reportActivityType]?.({
    kind: "partial",
    workflowId,
    runId,
    originalRunId,
    type,
    ...(tenant !== undefined && { tenant }),
    ...(carriedId !== undefined && { carriedId }),
    error: toldError(original),
    openEffects,
    at: now(),
  });
}

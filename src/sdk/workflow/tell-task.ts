// Tells people of tasks. Nobody waits for it but the end of the run. Module state belongs to one run.
import { CancellationScope, condition, proxyActivities } from "@temporalio/workflow";
import { type TaskNews, type TaskTelling, tellTaskActivityType } from "../core/human-task.ts";
import { localWorkflowId, tenantOfRun } from "./tenant.ts";

/** Bounded by nothing but success: who is not told can't answer. */
const tenuto = proxyActivities<Record<string, (telling: TaskTelling) => Promise<void>>>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "1m" },
});

let underWay = 0;

/** Begins to tell it. */
export function tell(news: TaskNews): void {
  const tenant = tenantOfRun();
  const telling = { ...news, workflowId: localWorkflowId(), ...(tenant !== undefined && { tenant }) };
  underWay += 1;
  void CancellationScope.nonCancellable(async () => {
    try {
      await tenuto[tellTaskActivityType]?.(telling);
    } catch {
      // Only what no repeat can mend ends here, and it is in the history.
    }
    underWay -= 1;
  });
}

/** What has to be waited for before the run ends; `undefined` when all is told. */
export function allTold(): Promise<void> | undefined {
  if (underWay === 0) return undefined;
  return CancellationScope.nonCancellable(() => condition(() => underWay === 0));
}

// Tells people of tasks. Nobody waits for it but the end of the run. Module state belongs to one run.
import { CancellationScope, condition, proxyActivities } from "@temporalio/workflow";
import { type TaskNews, tellTaskActivityType } from "../core/human-task.ts";

/** Bounded by nothing but success: who is not told can't answer. */
const tenuto = proxyActivities<Record<string, (news: TaskNews) => Promise<void>>>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "1m" },
});

let underWay = 0;

/** Begins to tell it. */
export function tell(news: TaskNews): void {
  underWay += 1;
  void CancellationScope.nonCancellable(async () => {
    try {
      await tenuto[tellTaskActivityType]?.(news);
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

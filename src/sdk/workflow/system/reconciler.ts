import { continueAsNew, proxyActivities, sleep, workflowInfo } from "@temporalio/workflow";
import {
  afterPass,
  nextPass,
  reconcileActivityType,
  type ReconcilerOutcome,
  type ReconcilerPass,
  type ReconcilerState,
} from "../../core/reconciler.ts";

/** A pass whose worker is gone is made by another one soon, and goes on where it was. */
const tenuto = proxyActivities<Record<string, (pass: ReconcilerPass) => Promise<ReconcilerOutcome>>>({
  startToCloseTimeout: "30m",
  heartbeatTimeout: "20s",
  retry: { initialInterval: "1s", maximumInterval: "15s" },
});

/** A history that is read again at each start of a worker stays short. */
const longestHistory = 1_500;

/** Looks for failures that nobody has reported, for as long as the namespace is there. */
export async function tenutoReconciler(begun: ReconcilerState): Promise<void> {
  let state = begun;
  while (workflowInfo().historyLength < longestHistory) {
    const pass = nextPass(state, Date.now());
    const outcome = await tenuto[reconcileActivityType]?.(pass);
    if (outcome) state = afterPass(state, { pass, outcome });
    await sleep(state.everyMs);
  }
  await continueAsNew<typeof tenutoReconciler>(state);
}

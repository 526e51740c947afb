// A local activity that outlasts its workflow task ends, in a replay, at another time than it did: what the clock says right
// after it may differ. A timer has its place in the history, and so has what follows it.
import { CancellationScope, sleep } from "@temporalio/workflow";
import { machineTimer } from "../core/state-machine/machine-record.ts";

let isUnsure = false;

/** Notes that a local activity has ended, after which the clock is not to be trusted. */
export function distrustClock(): void {
  isUnsure = true;
}

/** What to wait for until the clock says the same in every replay; `undefined` when it does already. */
export function clockSettled(): Promise<void> | undefined {
  if (!isUnsure) return undefined;
  isUnsure = false;
  return CancellationScope.nonCancellable(() => sleep(1, { summary: machineTimer }));
}

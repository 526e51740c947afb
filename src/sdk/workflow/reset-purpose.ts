// A run that a reset has made learns what it is for before it begins anything new. The server takes no signal in a reset
// (1.31 refuses it), so a run that is to be undone could begin a step before its cancellation comes. What it asks is the
// dead letter, which knows the purpose before it resets anything; the marker of the local activity is the answer for every
// replay. A replay knows by the patch before it where the run has asked, so histories without one replay as they are.
// Module state belongs to one run.
import { CancellationScope, patched, proxyLocalActivities, workflowInfo } from "@temporalio/workflow";
import { purposeActivityType, type PurposeRequest, type ResetPurpose } from "../core/redrive.ts";
import { ownDeadLetterId } from "./own-dead-letter.ts";
import { standsStillFor } from "./standstill.ts";
import { tenantOfRun } from "./tenant.ts";

const local = proxyLocalActivities<Record<string, (request: PurposeRequest) => Promise<ResetPurpose>>>({
  startToCloseTimeout: "20s",
  // A failure is no answer: it fails the workflow task, and the next one asks again.
  retry: { maximumAttempts: 1 },
});

let known: ResetPurpose | undefined;
let asking: Promise<void> | undefined;
let asked = 0;

/** Asks what this run is for, if a reset has made it and it does not know yet; `undefined` when there is nothing to wait for. */
export function purposeAsked(): Promise<void> | undefined {
  if (!asking && mustAsk()) {
    asking = ask().finally(() => {
      asking = undefined;
    });
  }
  return asking;
}

/** What a step has to wait for before it begins; one of a run that is to be undone waits for its cancellation. */
export function beforeNewWork(): Promise<void> | undefined {
  const purpose = purposeAsked();
  return purpose || isCompensating() ? admitted(purpose) : undefined;
}

/** Whether a reset has made this run so that it undoes what it did. */
export function isCompensating(): boolean {
  return known?.mode === "compensate";
}

async function admitted(purpose: Promise<void> | undefined): Promise<void> {
  const scope = CancellationScope.current();
  await purpose;
  if (isCompensating() && isReachedByCancellation(scope)) await scope.cancelRequested;
}

function isReachedByCancellation(scope: CancellationScope): boolean {
  return scope.cancellable && (scope.parent === undefined || isReachedByCancellation(scope.parent));
}

function mustAsk(): boolean {
  const patch = `tenuto.reset-${asked + 1}`;
  const { runId, originalExecutionRunId, unsafe } = workflowInfo();
  if (unsafe.isReplaying) return patched(patch);
  return runId !== originalExecutionRunId && known?.runId !== runId && patched(patch);
}

async function ask(): Promise<void> {
  asked += 1;
  const tenant = tenantOfRun();
  const request = { deadLetterId: ownDeadLetterId(), ...(tenant !== undefined && { tenant }) };
  try {
    known = await CancellationScope.nonCancellable(async () => local[purposeActivityType]?.(request));
  } catch (error) {
    throw new TypeError("What this run was reset for could not be found out", { cause: error });
  }
  standsStillFor(known?.stoodStillMs ?? 0);
}

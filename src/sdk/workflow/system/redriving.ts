// How a dead letter goes again. Why that is safe: its workflow alone resets, one redrive at a time; it describes the run
// that failed first, and takes over a reset that is there already; it has written down what it is about to do before it
// does it. A reset is sent once, and never again before it was looked for: the server does not know a repeated one.
// How it fails: a worker that dies leaves an attempt that times out, after which the reset is looked for.
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  type CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  rootCause,
  sleep,
  TimeoutFailure,
} from "@temporalio/workflow";
import { laneActivityTypes, type LaneWait, type WaitActivity, waitOptionsOf } from "../../core/lane-record.ts";
import { deliverEventActivityType, type EventRedelivery } from "../../core/letter-event.ts";
import {
  type FollowedRun,
  type FollowTask,
  type RedrivePlan,
  type RedriveStart,
  redriveActivityTypes as types,
  type RedriveTask,
} from "../../core/redrive.ts";

interface Activities {
  readonly [types.plan]: (task: RedriveTask) => Promise<RedrivePlan>;
  readonly [types.reset]: (task: RedriveTask & { readonly eventId: string }) => Promise<RedriveStart>;
  readonly [types.find]: (task: RedriveTask) => Promise<string | undefined>;
  readonly [types.restart]: (task: RedriveTask) => Promise<RedriveStart>;
  readonly [types.cancel]: (task: FollowTask) => Promise<void>;
  readonly [types.follow]: (task: FollowTask) => Promise<FollowedRun>;
}

const retry = { initialInterval: "1s", maximumInterval: "30s" } as const;
const repeated = proxyActivities<Activities>({ startToCloseTimeout: "30s", heartbeatTimeout: "5s", retry });
const once = proxyActivities<Activities>({
  startToCloseTimeout: "15s",
  heartbeatTimeout: "5s",
  retry: { maximumAttempts: 1 },
});

/** Half a minute, in which a request that was slow on its way arrives. */
const lookAfter = ["1s", "2s", "4s", "8s", "15s"] as const;

/** Makes the run go again; answers with the run that goes on, or says why there is none. */
export async function goAgain(task: RedriveTask): Promise<RedriveStart> {
  for (;;) {
    const plan = await repeated[types.plan](task);
    if (plan.kind === "refused") return { refused: plan.why };
    const start = plan.kind === "adopted" ? plan : await begin(task, plan);
    if (!start) continue;
    if ("runId" in start && task.request.mode === "compensate")
      await repeated[types.cancel]({ workflowId: task.record.workflowId, runId: start.runId });
    return start;
  }
}

async function begin(
  task: RedriveTask,
  plan: RedrivePlan & { readonly kind: "reset" | "restart" },
): Promise<RedriveStart | undefined> {
  if (plan.kind === "restart") return repeated[types.restart](task);
  // While it was closed, another run may have got its slot.
  if (plan.slot) await waitFor(plan.slot);
  try {
    return await once[types.reset]({ ...task, eventId: plan.eventId });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    if (error.cause instanceof ApplicationFailure && error.cause.type === "ResetRefused")
      return { refused: error.cause.message };
  }
  // Nobody knows whether it has arrived, or will.
  for (const wait of lookAfter) {
    await sleep(wait);
    const runId = await repeated[types.find](task);
    if (runId !== undefined) return { runId };
  }
  return undefined;
}

function waitFor(slot: LaneWait): Promise<void> {
  return proxyActivities<WaitActivity>(waitOptionsOf(slot))[laneActivityTypes.wait](slot);
}

const deliveredWithin = "7 days";

interface Delivering {
  readonly app: string;
  /** Canceled when it is not to be delivered after all. */
  readonly scope: CancellationScope;
}

/**
 * Has a worker of an event's app deliver it; waits while there is none, and while what is in the way may pass. Once it is canceled
 * it ends at once, except where a worker is at it: that ends as it does.
 */
export async function deliverAgain(
  task: RedriveTask,
  { app, scope }: Delivering,
): Promise<EventRedelivery | { readonly outcome: "undelivered"; readonly why: string }> {
  const { [deliverEventActivityType]: deliver } = proxyActivities<{
    readonly [deliverEventActivityType]: (task: RedriveTask) => Promise<EventRedelivery>;
  }>({
    taskQueue: app,
    startToCloseTimeout: "60s",
    heartbeatTimeout: "5s",
    scheduleToCloseTimeout: deliveredWithin,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry,
  });
  try {
    return await scope.run(() => deliver(task));
  } catch (error) {
    if (isCancellation(error)) return { outcome: "undelivered", why: "it was withdrawn before a worker delivered it" };
    if (!(error instanceof ActivityFailure)) throw error;
    const isLate = error.cause instanceof TimeoutFailure;
    const what = isLate ? `no worker of "${app}" has delivered it within ${deliveredWithin}` : "it can't be delivered";
    return { outcome: "undelivered", why: `${what}: ${rootCause(error) ?? error.message}` };
  }
}

const firstLookMs = 1_000;
const longestLookMs = 10 * 60_000;

/** Follows a run until it is over; `undefined` when somebody else has told of it first, or the history is long. */
export async function followed(
  task: FollowTask,
  { isOver, onRun }: { readonly isOver: () => boolean; readonly onRun: (runId: string) => void },
): Promise<FollowedRun | undefined> {
  let { runId } = task;
  for (let waitMs = firstLookMs; !isOver(); waitMs = Math.min(waitMs * 1.5, longestLookMs)) {
    const run = await repeated[types.follow]({ ...task, runId });
    if (isOver()) return undefined;
    if (run.status !== "running") return run;
    if (run.runId !== runId) onRun(run.runId);
    runId = run.runId;
    await condition(isOver, waitMs);
  }
  return undefined;
}

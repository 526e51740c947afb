import proto, { type temporal } from "@temporalio/proto";
import type { Incident, Waiting } from "../core/incident.ts";
import { accountQuery, type RunAccount } from "../core/run-account.ts";
import { type DroppedSignals, droppedSignalsMemo } from "../core/intake.ts";
import { waitActivityId } from "../core/lane-record.ts";
import { describeRaw, executionOf, type RawDescription } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { decode } from "./payloads.ts";
import { placeInLane, type WaitingForLane } from "./lanes.ts";
import { runErrorOf } from "./run-failure.ts";
import { type LinkBase, type RunSummary, summaryOf, timeOf } from "./run-summary.ts";
import { recordedRequestId } from "./start-request.ts";
import { waitingIn } from "./run-waiting.ts";
import { isOpenTask } from "../core/human-task.ts";
import { type Lane, laneFrom } from "../core/priority.ts";
import type { Reach } from "./run-target.ts";
import { type Task, tasksOf, taskViewOf } from "./task.ts";
import type { Temporal } from "./temporal.ts";

const { PendingActivityState: State } = proto.temporal.api.enums.v1;

const states = {
  scheduled: State.PENDING_ACTIVITY_STATE_SCHEDULED,
  started: State.PENDING_ACTIVITY_STATE_STARTED,
  cancelRequested: State.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED,
  paused: State.PENDING_ACTIVITY_STATE_PAUSED,
  pauseRequested: State.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED,
} as const;

/** What a step that is not over is doing. */
export type StepState = keyof typeof states;

/** A step that is not over. */
export interface PendingStep {
  readonly activityId: string;
  readonly type: string;
  /** From 1. */
  readonly attempt: number;
  /** How many attempts its retry policy allows; absent when it has no such limit. */
  readonly maxAttempts?: number;
  readonly state: StepState;
  readonly lastFailure?: { readonly type: string; readonly message: string };
  readonly nextRetryAt?: string;
  readonly lastStartedAt?: string;
}

/** What is known about a run. */
export interface RunDescription extends RunSummary {
  readonly historyLength: number;
  readonly pendingSteps: readonly PendingStep[];
  /** Of the request over REST that began it. */
  readonly requestId?: string;
  /** Which of its work goes first where work waits; absent when nobody has said. */
  readonly lane?: Lane;
  /** What is parked, oldest first, the first 20. */
  readonly incidents: readonly Incident[];
  /** What it asks people and waits for, the one that was opened first, first. */
  readonly tasks: readonly Task[];
  /** Who paused the run, while it is paused. */
  readonly paused?: Waiting["paused"];
  /** The lane in which it waits for its slot, while it does; none of its code has run. */
  readonly waitingFor?: WaitingForLane;
  /** What its sagas did; absent when no worker answers within a second. */
  readonly account?: RunAccount;
  /** Signals that the run did not take, because its contract does not: how many, and the last of them with what is wrong. */
  readonly droppedSignals: DroppedSignals;
}

/** @throws what {@link TenutoClient.describe} throws. */
export async function describeRun(
  { temporal, app }: Reach,
  run: RunReference,
  base: LinkBase,
): Promise<RunDescription> {
  const raw = await describeRaw(temporal, run);
  const info = raw.workflowExecutionInfo ?? {};
  const { incidents, paused } = waitingIn(info);
  const requestId = recordedRequestId(info.memo);
  const lane = laneFrom(info.priority);
  const waitingFor = await waitedFor(temporal, run.workflowId, raw);
  const account = await accountOf(temporal, { ...run, runId: info.execution?.runId ?? run.runId });
  return {
    ...summaryOf(info, base),
    historyLength: Number(info.historyLength ?? 0),
    ...(requestId !== undefined && { requestId }),
    ...(lane && { lane }),
    pendingSteps: (raw.pendingActivities ?? [])
      .filter(({ activityId }) => activityId !== waitActivityId)
      .map(pendingStepOf),
    droppedSignals: droppedSignalsOf(info.memo),
    incidents,
    tasks: tasksOf(info, taskViewOf({ temporal, app })).filter(isOpenTask),
    ...(paused && { paused }),
    ...(waitingFor && { waitingFor }),
    ...(account && { account }),
  };
}

/** By what the activity by which it waits has told, so that no worker is asked. */
async function waitedFor(temporal: Temporal, workflowId: string, { pendingActivities }: RawDescription) {
  const wait = pendingActivities?.find(({ activityId }) => activityId === waitActivityId);
  const told = decode(wait?.heartbeatDetails?.payloads?.[0]) as { readonly lane?: string } | undefined;
  if (told?.lane === undefined) return undefined;
  const { idPrefix } = temporal;
  const lane = told.lane.startsWith(idPrefix) ? told.lane.slice(idPrefix.length) : told.lane;
  return placeInLane(temporal, lane, workflowId);
}

/** By the memo, which anybody may have written. */
function droppedSignalsOf(memo: temporal.api.common.v1.IMemo | null | undefined): DroppedSignals {
  const recorded = decode(memo?.fields?.[droppedSignalsMemo]) as Partial<DroppedSignals> | null | undefined;
  const { count, last } = recorded ?? {};
  return typeof count === "number" && Array.isArray(last) ? { count, last } : { count: 0, last: [] };
}

/** What else there is to tell must not wait for a worker. */
const briefWaitMs = 1_000;

/** What the sagas of a run did, as a worker replays it; `undefined` when none answers in time. */
export function accountOf(temporal: Temporal, run: RunReference, waitMs?: number): Promise<RunAccount | undefined> {
  return askBriefly<RunAccount>(temporal, run, { queryType: accountQuery, waitMs });
}

/** What a run of ours answers to a query of ours; `undefined` when no worker does in time. */
export async function askBriefly<Answer>(
  temporal: Temporal,
  run: RunReference,
  { queryType, waitMs = briefWaitMs }: { readonly queryType: string; readonly waitMs?: number | undefined },
): Promise<Answer | undefined> {
  const request = { namespace: temporal.namespace, execution: executionOf(run), query: { queryType } };
  try {
    const deadline = Date.now() + waitMs;
    const { queryResult } = await temporal.call((service) => service.queryWorkflow(request), { run, deadline });
    return decode(queryResult?.payloads?.[0]) as Answer | undefined;
  } catch {
    return undefined;
  }
}

export function pendingStepOf(activity: temporal.api.workflow.v1.IPendingActivityInfo): PendingStep {
  const attempt = activity.attempt ?? 1;
  const maxAttempts = activity.maximumAttempts ?? 0;
  const state = (Object.keys(states) as StepState[]).find((name) => states[name] === activity.state) ?? "scheduled";
  const failure = activity.lastFailure && runErrorOf(activity.lastFailure);
  const nextRetryAt = attempt > 1 && state === "scheduled" ? timeOf(activity.scheduledTime) : undefined;
  const lastStartedAt = timeOf(activity.lastStartedTime);
  return {
    activityId: activity.activityId ?? "",
    type: activity.activityType?.name ?? "",
    attempt,
    ...(maxAttempts > 0 && { maxAttempts }),
    state,
    ...(failure && { lastFailure: { type: failure.type, message: failure.message } }),
    ...(nextRetryAt !== undefined && { nextRetryAt }),
    ...(lastStartedAt !== undefined && { lastStartedAt }),
  };
}

// The slot of this run: it asks for it before its code begins, and waits. Why nothing depends on the contract of today: the lane is
// in the header of the start, or in the marker of the parse. The wait is an activity that the lane ends, so its place in the
// history is the same in every replay; an attempt that nobody ends is made again, and asks again.
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  defaultPayloadConverter,
  type Headers,
  ContinueAsNew,
  proxyActivities,
  proxySinks,
  workflowInfo,
} from "@temporalio/workflow";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { laneHeaderName, type LaneOfRun, type LaneSubject } from "../core/lane.ts";
import {
  laneActivityTypes,
  type LaneSinks,
  type LaneWait,
  type WaitActivity,
  waitOptionsOf,
} from "../core/lane-record.ts";
import { setMarks } from "./marks.ts";
import { tenantOfRun } from "./tenant.ts";

/** A lane as a run hands it to the one that goes on with it. */
interface CarriedLane extends LaneOfRun {
  readonly isHeld?: true;
}

const { tenutoLane } = proxySinks<LaneSinks>();

// Module state belongs to one run.
let held: LaneOfRun | undefined;

/** The lane that a start puts its run in. */
export function laneIn(headers: Headers): CarriedLane | undefined {
  const header = headers[laneHeaderName];
  return header && defaultPayloadConverter.fromPayload<CarriedLane>(header);
}

/** Says which lane a child is in. */
export function withLaneHeader(headers: Headers, lane: CarriedLane | undefined): Headers {
  return lane ? { ...headers, [laneHeaderName]: defaultPayloadConverter.toPayload(lane) } : headers;
}

/** The lane of the run after a continue-as-new: it has the slot that this one has. */
export function laneLeft(): CarriedLane | undefined {
  return held && { ...held, isHeld: true };
}

/** Waits for this run's slot; `undefined` when it has one, or needs none. */
export function slotGiven(lane: CarriedLane | undefined): Promise<void> | undefined {
  if (!lane) return undefined;
  const { isHeld, ...own } = lane;
  held = own;
  return isHeld ? undefined : waited(own);
}

/** Tells when a run that has a slot closes, so that the lane looks at once. */
export function untilLeft<T>(running: Promise<T>): Promise<T> {
  return held ? telling(running, held) : running;
}

async function telling<T>(running: Promise<T>, lane: LaneOfRun): Promise<T> {
  try {
    const result = await running;
    left(lane);
    return result;
  } catch (error) {
    if (!(error instanceof ContinueAsNew)) left(lane);
    throw error;
  }
}

function left(lane: LaneOfRun): void {
  const { firstExecutionRunId: firstRunId, unsafe } = workflowInfo();
  if (!unsafe.isReplaying) tenutoLane.left(subjectOf(lane), { firstRunId });
}

function subjectOf({ key }: LaneOfRun): LaneSubject {
  const { workflowType: type } = workflowInfo();
  const tenant = tenantOfRun();
  return { type, ...(key !== undefined && { key }), ...(tenant !== undefined && { tenant }) };
}

async function waited(own: LaneOfRun): Promise<void> {
  const { key: _, ...terms } = own;
  const { workflowId, firstExecutionRunId: firstRunId } = workflowInfo();
  const wait: LaneWait = { lane: subjectOf(own), workflowId, firstRunId, terms };
  const { [laneActivityTypes.wait]: waitInLane } = proxyActivities<WaitActivity>({
    ...waitOptionsOf(wait),
    taskQueue: systemTaskQueue,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
  setMarks({ waiting: true });
  try {
    await waitInLane(wait);
  } catch (error) {
    // The lane has refused it: that is how the run ends.
    throw error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : error;
  } finally {
    setMarks({ waiting: false });
  }
}

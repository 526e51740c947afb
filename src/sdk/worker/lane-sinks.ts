import type { InjectedSinks } from "@temporalio/worker";
import { signalLane } from "../client/ask-lane.ts";
import { idOfTenant } from "../client/id-of-tenant.ts";
import { waitForOutcome } from "../client/run-result.ts";
import type { RunReference } from "../client/grpc-errors.ts";
import type { Temporal } from "../client/temporal.ts";
import { laneIdOf, type LaneSubject } from "../core/lane.ts";
import { type LaneChain, type LaneClosed, laneSignals, type LaneSinks } from "../core/lane-record.ts";

/** A run that says that it ends is closed a moment later, or not at all. */
const closesWithinMs = 10_000;

/**
 * Tells lanes of runs that have closed, once the server says that they have: so a lane hands on their slots at once. What gets lost
 * costs time only, since lanes look by themselves.
 */
export function laneSinks(temporal: Temporal): InjectedSinks<LaneSinks> {
  return {
    tenutoLane: {
      left: {
        fn: ({ workflowId, runId }, lane, { firstRunId }) => {
          void tellClosed(temporal, lane, { workflowId, runId, firstRunId }).catch(() => undefined);
        },
        callDuringReplay: false,
      },
    },
  };
}

async function tellClosed(temporal: Temporal, lane: LaneSubject, ending: LaneChain & RunReference): Promise<void> {
  const { workflowId, firstRunId } = ending;
  const wait = { ...ending, waitMs: closesWithinMs, isFollowing: true };
  const { result, runId } = await waitForOutcome(temporal, wait);
  if (result.status === "running") return;
  const closed: LaneClosed = { workflowId, firstRunId, runId };
  const laneId = idOfTenant(temporal, lane.tenant, laneIdOf(lane));
  await signalLane(temporal, laneId, { signal: laneSignals.closed, value: closed });
}

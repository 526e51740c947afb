import type { InjectedSinks } from "@temporalio/worker";
import { signalLane } from "../client/ask-lane.ts";
import { idOfTenant } from "../client/id-of-tenant.ts";
import type { Temporal } from "../client/temporal.ts";
import { laneIdOf } from "../core/lane.ts";
import { laneSignals, type LaneSinks } from "../core/lane-record.ts";

/** Tells lanes of runs that close. A hint that is lost costs time only: lanes look by themselves. */
export function laneSinks(temporal: Temporal): InjectedSinks<LaneSinks> {
  return {
    tenutoLane: {
      left: {
        fn: (_info, lane, hint) => {
          const workflowId = idOfTenant(temporal, lane.tenant, laneIdOf(lane));
          void signalLane(temporal, workflowId, { signal: laneSignals.hint, value: hint }).catch(() => undefined);
        },
        callDuringReplay: false,
      },
    },
  };
}

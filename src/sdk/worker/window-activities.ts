// What Tenuto's own worker does for windows of events; starts are the app's. It may be cut anywhere and made again.
import { Context } from "@temporalio/activity";
import type { Encryption } from "../client/encryption.ts";
import { requestCancel } from "../client/request-cancel.ts";
import { windowActivityTypes as types, type WindowFollow } from "../core/window-record.ts";
import { followChain } from "./follow-chain.ts";
import { serverOf } from "./redrive-activities.ts";
import { waitPlaces } from "./wait-places.ts";
import { whileBeating } from "./while-beating.ts";

/** So many runs are waited for at once; others are looked after again and again. A worker has 100 places for all it does. */
const waitsAtOnce = 40;

/** Below the time that the activity has. */
const longestWaitMs = 20 * 60_000;

/** The activities of `tenutoEventWindow` that Tenuto's own worker has. */
export function windowActivities(encryption: Encryption | undefined) {
  const places = waitPlaces(waitsAtOnce);
  return {
    [types.follow]: ({ tenant, workflowId, runId: firstRunId, cancels }: WindowFollow) => {
      const server = serverOf(encryption);
      const temporal = tenant === undefined ? server : server.forTenant(tenant);
      const reason = "A newer event has come";
      const cancel = (runId: string) =>
        requestCancel(temporal, { workflowId, runId, requestId: `tenuto-superseded-${runId}`, reason });
      const { cancellationSignal: signal } = Context.current();
      return places.with(longestWaitMs, (waitMs) =>
        whileBeating(() =>
          followChain(temporal, { workflowId, firstRunId }, { waitMs, signal, ...(cancels && { onOpen: cancel }) }),
        ),
      );
    },
  } as const;
}

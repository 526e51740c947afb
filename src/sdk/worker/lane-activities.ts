// Node's side of lanes. Each may be cut anywhere and made again.
import { CompleteAsyncError, Context } from "@temporalio/activity";
import { msToTs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { askLane } from "../client/ask-lane.ts";
import { describeIfThere } from "../client/describe-raw.ts";
import type { Encryption } from "../client/encryption.ts";
import { grpc, hasGrpcCode } from "../client/grpc-errors.ts";
import { inParallel } from "../client/in-parallel.ts";
import { encode } from "../client/payloads.ts";
import { requestCancel } from "../client/request-cancel.ts";
import { runStatusOf } from "../client/run-status.ts";
import type { Temporal } from "../client/temporal.ts";
import {
  laneActivityTypes as types,
  type LaneCancel,
  type LaneChain,
  type LaneClosed,
  type LaneFollow,
  type LaneTelling,
  type LaneWait,
  longestAskMs,
  waitActivityId,
} from "../core/lane-record.ts";
import { endOfChain, type LastRun, lastRunIn, lastRunOf } from "./follow-chain.ts";
import { serverOf } from "./redrive-activities.ts";
import { waitPlaces } from "./wait-places.ts";
import { whileBeating } from "./while-beating.ts";

/** So many lanes have their runs waited for at once; those of others are looked at again and again. */
const waitsAtOnce = 40;

/** So many holders of one lane are described at once. */
const describedAtOnce = 5;

/** The activities of lanes, and the one by which a slot is waited for. */
export function laneActivities(encryption: Encryption | undefined) {
  const places = waitPlaces(waitsAtOnce);
  return {
    [types.wait]: async (wait: LaneWait): Promise<never> => {
      const { heartbeat, info } = Context.current();
      const server = serverOf(encryption);
      // By what waits now: a reset takes over the activity with its input.
      const { workflowId, runId } = info.workflowExecution ?? { workflowId: "", runId: "" };
      const lane = await askLane(server, { ...wait, waiter: { workflowId, runId } });
      if (info.startToCloseTimeoutMs > longestAskMs) heartbeat({ lane });
      else await askAgainLater(server, info.taskToken, lane);
      throw new CompleteAsyncError();
    },
    [types.grant]: (telling: LaneTelling) => grantSlot(serverOf(encryption), telling),
    [types.refuse]: (telling: LaneTelling) => refuseSlot(serverOf(encryption), telling),
    [types.find]: ({ workflowId }: { readonly workflowId: string }) => firstRunOf(serverOf(encryption), workflowId),
    [types.follow]: ({ chains, waitMs }: LaneFollow) =>
      places.with(waitMs, (longestMs) =>
        whileBeating(() => closedOf(serverOf(encryption), { chains, waitMs: longestMs })),
      ),
    [types.cancel]: (cancel: LaneCancel) => cancelFor(serverOf(encryption), cancel),
  } as const;
}

/** A run that its lane has forgotten asks again after that. */
const askAgainAfter = msToTs("2m");

/**
 * Ends an attempt that has asked: the activity waits for its next one, and the lane ends it meanwhile. So an attempt is short, and one
 * whose worker was killed before it had asked is soon made again. What it tells is seen by who describes the run, without a worker.
 */
async function askAgainLater(temporal: Temporal, taskToken: Uint8Array, lane: string): Promise<void> {
  const { namespace, identity } = temporal;
  const category = proto.temporal.api.enums.v1.ApplicationErrorCategory.APPLICATION_ERROR_CATEGORY_BENIGN;
  const applicationFailureInfo = { type: "WaitsForSlot", nextRetryDelay: askAgainAfter, category };
  const failure = { message: `Waits for its slot in lane "${lane}"`, source: "Tenuto", applicationFailureInfo };
  const lastHeartbeatDetails = { payloads: [encode({ lane })] };
  const request = { namespace, identity, taskToken, failure, lastHeartbeatDetails };
  // Where it is over, the lane was faster.
  await isAnswered(temporal, (service) => service.respondActivityTaskFailed(request));
}

/** Ends the activity by which somebody waits; `gone` when nobody is there any more. */
async function grantSlot(temporal: Temporal, { waiter }: LaneTelling): Promise<"taken" | "gone"> {
  const { namespace, identity } = temporal;
  const request = { namespace, identity, ...waiter, activityId: waitActivityId };
  if (await isAnswered(temporal, (service) => service.respondActivityTaskCompletedById(request))) return "taken";
  const found = await describeIfThere(temporal, { workflowId: waiter.workflowId });
  const info = found?.workflowExecutionInfo;
  const runId = info?.execution?.runId ?? "";
  const status = runStatusOf(info?.status);
  if (!info || (status !== "running" && status !== "continuedAsNew")) return "gone";
  const isWaiting = found.pendingActivities?.some(({ activityId }) => activityId === waitActivityId);
  if (isWaiting && runId === waiter.runId) throw new Error(`Run "${runId}" waits for its slot, but could not be told`);
  // It knows already, or another run has taken over and asks by itself; the lane follows the chain in any case.
  return "taken";
}

/** Fails the activity by which a run waits; one that is over needs no answer. */
async function refuseSlot(temporal: Temporal, { waiter }: LaneTelling): Promise<void> {
  const { namespace, identity } = temporal;
  const applicationFailureInfo = { type: "ConcurrencyLimit", nonRetryable: true };
  const message = "As many runs are at work as the contract of this one allows at once, so it did not begin";
  const failure = { message, source: "Tenuto", applicationFailureInfo };
  const request = { namespace, identity, ...waiter, activityId: waitActivityId, failure };
  await isAnswered(temporal, (service) => service.respondActivityTaskFailedById(request));
}

/** Ends an attempt to wait; whether it was still waited for. */
async function isAnswered(temporal: Temporal, call: Parameters<Temporal["call"]>[0]): Promise<boolean> {
  const isOver = (error: unknown) => hasGrpcCode(error, grpc.notFound);
  try {
    await temporal.call(call, { keep: isOver });
    return true;
  } catch (error) {
    if (isOver(error)) return false;
    throw error;
  }
}

/** The first run of the chain that is open under a workflow id. */
async function firstRunOf(temporal: Temporal, workflowId: string): Promise<string | undefined> {
  const info = (await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo;
  const firstRunId = info?.firstRunId || (info?.execution?.runId ?? "");
  return lastRunIn(info, firstRunId).isOpen ? firstRunId : undefined;
}

/** Those of the chains that are over; waits until there is one, or for so long. */
async function closedOf(temporal: Temporal, { chains, waitMs }: LaneFollow): Promise<readonly LaneClosed[]> {
  const closed: LaneClosed[] = [];
  const open: { readonly chain: LaneChain; readonly last: LastRun }[] = [];
  await inParallel(chains, describedAtOnce, async (chain) => {
    const last = await lastRunOf(temporal, chain);
    if (last.isOpen) open.push({ chain, last });
    else closed.push({ ...chain, runId: last.runId });
  });
  if (closed.length > 0 || waitMs === 0) return closed;
  const found = new AbortController();
  const signal = AbortSignal.any([Context.current().cancellationSignal, found.signal]);
  await Promise.all(
    open.map(async ({ chain, last }) => {
      const { isOpen, runId } = await endOfChain(temporal, chain, { waitMs, signal, last });
      if (isOpen) return;
      closed.push({ ...chain, runId });
      found.abort();
    }),
  );
  return closed;
}

/** Asks a run to leave its lane for another; `alone` when that one is gone. */
async function cancelFor(temporal: Temporal, { victim, newcomer }: LaneCancel): Promise<"asked" | "closed" | "alone"> {
  if (newcomer.firstRunId !== "" && !(await lastRunOf(temporal, newcomer)).isOpen) return "alone";
  const { workflowId } = victim;
  const { isOpen, runId } = await lastRunOf(temporal, victim);
  if (!isOpen) return "closed";
  const reason = "A newer run takes its place in the lane";
  await requestCancel(temporal, { workflowId, runId, requestId: `tenuto-lane-${runId}`, reason });
  return "asked";
}

// How a run gets into its lane. Why that is safe: a lane takes a chain once, so asking again changes nothing. A lane that was
// ended by somebody, and not by itself, may have runs at work: the one that begins instead of it takes them from its memo, which
// had them before they heard of their slots.
import type { temporal } from "@temporalio/proto";
import { laneIdOf, type LaneSubject } from "../core/lane.ts";
import {
  type LaneAsk,
  laneMark,
  laneMemo,
  type LaneRecord,
  laneSignals,
  type LaneWait,
  laneWorkflow,
} from "../core/lane-record.ts";
import { recordOf, restoredFrom, withAsk } from "../core/lane-state.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { describeIfThere } from "./describe-raw.ts";
import { idOfTenant } from "./id-of-tenant.ts";
import { decode, encode } from "./payloads.ts";
import { runStatusOf } from "./run-status.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import type { Temporal } from "./temporal.ts";

/** Asks for the slot of a run, for who sees the server's ids; once it returns, the lane has it. The lane's id. */
export async function askLane(server: Temporal, { lane, ...ask }: LaneWait & LaneAsk): Promise<string> {
  const workflowId = idOfTenant(server, lane.tenant, laneIdOf(lane));
  if (!(await signalLane(server, workflowId, { signal: laneSignals.ask, value: ask })))
    await beginLane(server, workflowId, { lane, ask });
  return workflowId;
}

/** Another worker replays that much before it hands on a slot, when the one that had the lane was killed. */
const eventsPerRun = 300;

/** A run that a worker has end is told of by that one, so only those are followed that are at work for longer, or whose worker was killed. */
const followAfterMs = 5_000;

/** So long a lane stands still when the worker that has its task is killed; none takes that long. */
const taskTimeoutMs = 5_000;

interface LaneSignal {
  readonly signal: string;
  readonly value: unknown;
}

/** Sends a signal to a lane that is there; whether it is. */
export async function signalLane(
  server: Temporal,
  workflowId: string,
  { signal, value }: LaneSignal,
): Promise<boolean> {
  const { namespace, identity } = server;
  const request = {
    namespace,
    identity,
    workflowExecution: { workflowId },
    signalName: signal,
    input: { payloads: [encode(value)] },
  };
  try {
    await server.call((service) => service.signalWorkflowExecution(request), { run: { workflowId } });
    return true;
  } catch (error) {
    if (error instanceof RunNotFound || error instanceof RunClosed) return false;
    throw error;
  }
}

interface Beginning {
  readonly lane: LaneSubject;
  readonly ask: LaneAsk;
}

async function beginLane(server: Temporal, workflowId: string, { lane, ask }: Beginning): Promise<void> {
  const state = await laneBefore(server, workflowId);
  const { tenant } = lane;
  await signalSystemWorkflow(server, {
    workflowId,
    type: laneWorkflow,
    signal: laneSignals.ask,
    value: ask,
    input: { subject: lane, eventsPerRun, followAfterMs, ...(state && { state }) },
    memo: { [laneMemo]: recordOf(lane, withAsk(state, ask, Date.now())) },
    marks: [laneMark],
    taskTimeoutMs,
    tenant,
  });
}

/** What the lane that somebody has ended leaves to the next one; one that has ended by itself was empty. */
export async function laneBefore(server: Temporal, workflowId: string) {
  const info = (await describeIfThere(server, { workflowId }))?.workflowExecutionInfo;
  const status = runStatusOf(info?.status);
  if (status === "completed" || status === "running") return undefined;
  const record = laneRecordIn(info?.memo);
  return record && restoredFrom(record);
}

/** What a lane's memo has. */
export function laneRecordIn(memo: temporal.api.common.v1.IMemo | null | undefined): LaneRecord | undefined {
  return decode(memo?.fields?.[laneMemo]) as LaneRecord | undefined;
}

// A dead letter as an item of a batch operation.
import type { BatchItem, ItemOrder } from "../core/batch.ts";
import type { DeadLetterRecord } from "../core/dead-letter.ts";
import { DeadLetterNotOpen } from "../core/errors/dead-letter-not-open.ts";
import { IncidentDecided } from "../core/errors/incident-decided.ts";
import { IncidentNotFound } from "../core/errors/incident-not-found.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { type Act, Skipped } from "./batch-act.ts";
import { describeRaw } from "./describe-raw.ts";
import { discardDeadLetter } from "./discard-dead-letter.ts";
import { locateDeadLetter } from "./find-dead-letter.ts";
import { recordOf } from "./open-dead-letter.ts";
import { type Redrive, redriveDeadLetter } from "./redrive-dead-letter.ts";
import type { Reach } from "./run-target.ts";
import { waitingIn } from "./run-waiting.ts";
import { decideIncident } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { type PolledUpdate, pollUpdate, stages } from "./poll-update.ts";

/** Redrives or discards it; says how. */
export const actOnLetter: Act = async (reach, order, item) => {
  if (item.runId !== undefined && item.incidentId !== undefined)
    return redriveParked(reach, order, { ...item, runId: item.runId, incidentId: item.incidentId });
  const { action, id: batchId, mode, by, reason, dryRun } = order;
  const { workflowId } = await locateDeadLetter(reach.temporal, item.id);
  const before = await recordOf(reach.temporal, workflowId);
  const earlier = before && doneBy(batchId, before);
  if (earlier !== undefined) return earlier;
  if (before && before.status !== "open") throw taken(before);
  try {
    if (action === "redrive")
      return said(await redriveDeadLetter(reach, item.id, { mode, by, reason, dryRun, batchId }));
    if (!dryRun) await discardDeadLetter(reach, item.id, { by, reason, batchId });
    return "discard";
  } catch (error) {
    if (!(error instanceof DeadLetterNotOpen)) throw error;
    // An attempt before this one may have got through, or another batch.
    const now = await recordOf(reach.temporal, workflowId);
    const done = now && doneBy(batchId, now);
    if (done !== undefined) return done;
    throw now ? taken(now) : error;
  }
};

/** What this batch has done to it before. */
function doneBy(batchId: string, { redrives, closed }: DeadLetterRecord): string | undefined {
  const redrive = redrives.find((each) => each.batchId === batchId);
  if (redrive) return redrive.mode;
  return closed?.batchId === batchId ? "discard" : undefined;
}

/** Without time and run, which the dead letter has: what many say is kept once. */
function taken({ status, redrives, closed }: DeadLetterRecord): Skipped {
  const last = status === "redriving" ? redrives.at(-1) : closed;
  const who = last?.batchId === undefined ? `"${last?.by ?? ""}"` : `batch ${last.batchId}`;
  return new Skipped(status === "redriving" ? `it is being redriven by ${who}` : `it was ${status} by ${who}`);
}

/** A reset says which steps go again. */
function said({ mode, again = [] }: Redrive): string {
  const steps = again.map(({ step }) => step).join(", ");
  return steps === "" ? mode : `${mode}: ${steps}`;
}

interface ParkedItem extends BatchItem {
  readonly runId: string;
  readonly incidentId: string;
}

/** Everything of it that waits is decided: under an id of the batch, so that a repeat is the same decision. */
async function redriveParked(reach: Reach, order: ItemOrder, item: ParkedItem): Promise<string> {
  const { action, mode = "continue", by, reason, dryRun } = order;
  const { id, workflowId, runId } = item;
  if (action === "discard" || (mode !== "continue" && mode !== "fail")) {
    const why = "its run is parked, and goes on or fails where it is";
    throw new RedriveUnsound({ id, mode: action === "discard" ? "discard" : mode, modes: ["continue", "fail"] }, why);
  }
  const { incidents } = waitingIn((await describeRaw(reach.temporal, { workflowId, runId })).workflowExecutionInfo);
  const waiting = incidents.length > 0 ? incidents : [{ id: item.incidentId, step: "" }];
  if (dryRun) {
    if (incidents.length === 0) throw new Skipped("it is not parked any more");
    return `${mode}: ${waiting.map(({ step }) => step).join(", ")}`;
  }
  for (const { id: incidentId } of waiting) {
    const updateId = decisionId(order, incidentId);
    const decision = { action: mode === "fail" ? "fail" : "retry", incidentId, by, reason, runId, updateId } as const;
    try {
      await decideIncident(reach, workflowId, decision);
    } catch (error) {
      const isDecided = [IncidentDecided, IncidentNotFound, RunClosed].some((Decided) => error instanceof Decided);
      if (!isDecided || !(await isTaken(reach.temporal, { workflowId, runId, updateId }))) throw error;
    }
  }
  return mode;
}

function decisionId({ id }: ItemOrder, incidentId: string): string {
  return `batch-${id}-${incidentId}`;
}

/** Whether a run has taken a decision of this batch; its history knows also when it is over. */
async function isTaken(temporal: Temporal, decision: PolledUpdate): Promise<boolean> {
  try {
    const { outcome } = await pollUpdate(temporal, decision, { stage: stages.now, deadline: temporal.deadline() });
    return Boolean(outcome?.success);
  } catch (error) {
    if (error instanceof UpdateNotFound) return false;
    throw error;
  }
}

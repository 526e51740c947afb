// A run that somebody names goes again from where it failed: its dead letter does that, which is opened when there is none.
import { deadLetterIdOf } from "../core/dead-letter-id.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { carriedLetterMemo } from "../core/redrive.ts";
import { describeRaw, type RawDescription } from "./describe-raw.ts";
import { letterWorkflowId, openDeadLetter, recordOf } from "./open-dead-letter.ts";
import { decode } from "./payloads.ts";
import { reportOfNamedRun } from "./read-failure.ts";
import { type Redrive, redriveDeadLetter } from "./redrive-dead-letter.ts";
import { fetchStart } from "./run-history.ts";
import { runStatusOf } from "./run-status.ts";
import type { Reach } from "./run-target.ts";
import { waitingIn } from "./run-waiting.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";

/** @throws what {@link TenutoClient.reset} throws. */
export async function resetRun(reach: Reach, workflowId: string, options: SteerOptions): Promise<Redrive> {
  const { runId, ...note } = options;
  const id = await openLetter(reach.temporal, { workflowId, runId });
  return redriveDeadLetter(reach, id, { ...note, mode: "continue" });
}

/** The dead letter of a run, which is open from now on if it was not before; its id. */
export async function openLetter(
  temporal: Temporal,
  run: { readonly workflowId: string; readonly runId?: string | undefined },
): Promise<string> {
  const described = await describeRaw(temporal, run);
  const { workflowExecutionInfo: info } = described;
  const status = runStatusOf(info?.status);
  const parked = status === "running" ? waitingIn(info).deadLetterId : undefined;
  if (parked !== undefined) return parked;
  const report = await reportOfNamedRun(temporal, described);
  if (report) return openDeadLetter(temporal, report);
  const id = await letterIdOf(temporal, described);
  // Of one that waits for its redrive, or of a saga that left something behind.
  if (await recordOf(temporal, letterWorkflowId(temporal, id, temporal.tenant))) return id;
  const why = `its run is ${status}, so there is nothing to go on from`;
  throw new RedriveUnsound({ id, mode: "continue", modes: [] }, why);
}

/** The id of the dead letter that a run's failure goes to. */
async function letterIdOf(temporal: Temporal, { workflowExecutionInfo: info }: RawDescription): Promise<string> {
  const carried = decode(info?.memo?.fields?.[carriedLetterMemo]);
  if (typeof carried === "string") return carried;
  const { namespace, idPrefix } = temporal;
  const run = { workflowId: info?.execution?.workflowId ?? "", runId: info?.execution?.runId ?? "" };
  const { originalExecutionRunId } = await fetchStart(temporal, run);
  const originalRunId = originalExecutionRunId || run.runId;
  return deadLetterIdOf({ namespace, workflowId: idPrefix + run.workflowId, originalRunId });
}

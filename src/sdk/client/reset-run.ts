// A run that somebody names goes again from where it failed: its dead letter does that, which is opened when there is none.
import {
  type AddressedReport,
  deadLetterMemo,
  deadLetterWorkflow,
  reportSignal,
  systemTaskQueue,
} from "../core/dead-letter.ts";
import { deadLetterWorkflowId } from "../core/dead-letter-id.ts";
import { marksOfLetter } from "../core/dead-letter-marks.ts";
import { isOpen, withReport } from "../core/dead-letter-record.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { recordIn } from "./dead-letter.ts";
import { describeRaw } from "./describe-run.ts";
import { encode } from "./payloads.ts";
import { type Redrive, redriveDeadLetter } from "./redrive-dead-letter.ts";
import { kindOfRun, letterIdOfRun, reportOfRun } from "./report-of-run.ts";
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
  const isRunning = runStatusOf(info?.status) === "running";
  const parked = isRunning ? waitingIn(info).deadLetterId : undefined;
  if (parked !== undefined) return parked;
  const id = await letterIdOfRun(temporal, described);
  const before = await recordOf(temporal, id);
  if (before && isOpen(before)) return id;
  const kind = kindOfRun(described);
  if (!kind) {
    const why = `its run is ${runStatusOf(info?.status)}, so there is nothing to go on from`;
    throw new RedriveUnsound({ id, mode: "continue", modes: [] }, why);
  }
  const addressed: AddressedReport = { id, report: await reportOfRun(temporal, described, kind) };
  const record = withReport(before, addressed);
  const { namespace, identity } = temporal;
  const request = {
    namespace,
    identity,
    requestId: `tenuto-open-${id}-${info?.execution?.runId ?? ""}`,
    workflowId: deadLetterWorkflowId(id),
    workflowType: { name: deadLetterWorkflow },
    taskQueue: { name: systemTaskQueue },
    input: before ? { payloads: [encode(before)] } : null,
    signalName: reportSignal,
    signalInput: { payloads: [encode(addressed)] },
    memo: { fields: { [deadLetterMemo]: encode(record) } },
    searchAttributes: { indexedFields: { [marksAttribute]: encode(marksOfLetter(record)) } },
  };
  await temporal.call((service) => service.signalWithStartWorkflowExecution(request), { run });
  return id;
}

async function recordOf(temporal: Temporal, id: string) {
  try {
    const { workflowExecutionInfo } = await describeRaw(temporal, { workflowId: deadLetterWorkflowId(id) });
    return workflowExecutionInfo ? recordIn(workflowExecutionInfo) : undefined;
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

// What becomes of a dead letter while it is made to go again: pure, with the time as a parameter.
import type { DeadLetterRecord, RedriveRecord } from "./dead-letter.ts";
import { fingerprintOfFailure } from "./fingerprint.ts";
import type { EventRedelivery } from "./letter-event.ts";
import type { FollowedRun, RedriveRequest } from "./redrive.ts";

const keptRedrives = 20;

/** A dead letter that somebody wants to go again. */
export function withRedrive(record: DeadLetterRecord, request: RedriveRequest, at: string): DeadLetterRecord {
  const { mode, by, reason, batchId } = request;
  const redrive: RedriveRecord = { mode, by, reason, at, ...(batchId !== undefined && { batchId }) };
  return { ...record, status: "redriving", redrives: [...redrivesOf(record), redrive].slice(-keptRedrives) };
}

/** One whose redrive has a run that goes on. */
export function withRedriveRun(record: DeadLetterRecord, newRunId: string): DeadLetterRecord {
  return withLast(record, { newRunId });
}

/** One that could not be made to go again: it is open as before. */
export function withRefusal(record: DeadLetterRecord, why: string): DeadLetterRecord {
  return { ...withLast(record, { outcome: `refused: ${why}` }), status: "open" };
}

/** One whose redriven run is over: that resolves it, or opens it again. */
export function withEnd(record: DeadLetterRecord, end: FollowedRun, at: string): DeadLetterRecord {
  const { runId, status, closedAt = at, error, facts } = end;
  const last = redrivesOf(record).at(-1);
  const outcome = outcomeOf(end, last?.mode);
  const ended = withLast(record, { outcome, newRunId: runId });
  if (isDealtWith(end, last?.mode)) {
    const { by, reason } = last ?? { by: "tenuto", reason: "" };
    return { ...ended, status: "resolved", closed: { by, reason: `${outcome}: ${reason}`, at } };
  }
  const { step: _, failure: __, attempts: ___, ...kept } = ended;
  const failed = error ?? { type: status, message: "" };
  const step = end.step === undefined ? {} : { step: end.step };
  return {
    ...kept,
    ...step,
    ...facts,
    kind:
      failed.type === "SagaPartial" ? "partial" : status === "timedOut" || status === "terminated" ? status : "failed",
    status: "open",
    runId,
    closedAt,
    error: failed,
    fingerprint: fingerprintOfFailure({ type: record.type, ...step, error: failed }),
    count: record.count + 1,
    lastSeenAt: closedAt,
  };
}

/** An event's, which was delivered again: that resolves it, or opens it again with what is wrong now. */
export function withRedelivery(record: DeadLetterRecord, end: EventRedelivery, at: string): DeadLetterRecord {
  if (end.outcome !== "refused") {
    const { outcome, workflowId, runId } = end;
    const { by, reason } = redrivesOf(record).at(-1) ?? { by: "tenuto", reason: "" };
    const led = {
      ...(workflowId !== undefined && { newWorkflowId: workflowId }),
      ...(runId !== undefined && { newRunId: runId }),
    };
    const closed = { by, reason: `${outcome}: ${reason}`, at };
    return { ...withLast(record, { outcome, ...led }), status: "resolved", closed };
  }
  const { type, step } = record;
  const { error } = end;
  const { failure: _, ...kept } = withLast(record, { outcome: `refused again, ${error.type}` });
  return {
    ...kept,
    status: "open",
    error,
    fingerprint: fingerprintOfFailure({ type, ...(step !== undefined && { step }), error }),
    count: record.count + 1,
    lastSeenAt: at,
  };
}

/** The mode of the redrive that is under way. */
export function lastRedriveMode(
  record: Pick<DeadLetterRecord, "status" | "redrives">,
): RedriveRecord["mode"] | undefined {
  return record.status === "redriving" ? redrivesOf(record).at(-1)?.mode : undefined;
}

/** One of which somebody else says first that its redriven run has failed. */
export function withFailedAgain(
  record: DeadLetterRecord,
  { runId, error }: Pick<DeadLetterRecord, "runId" | "error">,
): DeadLetterRecord {
  if (record.status !== "redriving") return record;
  return withLast(record, { outcome: `failed again, ${error.type}`, newRunId: runId });
}

/** What a dead letter is now, for the one who wants something else of it. */
export function standingOf(record: Pick<DeadLetterRecord, "status" | "closed" | "redrives">): string {
  const { status, closed } = record;
  if (closed) return `it was ${status} by "${closed.by}" at ${closed.at} (${closed.reason})`;
  const last = redrivesOf(record).at(-1);
  if (status !== "redriving" || !last) return `it is ${status}`;
  const run = last.newRunId === undefined ? "" : `, run ${last.newRunId}`;
  return `it is being redriven with ${last.mode} by "${last.by}" since ${last.at}${run}`;
}

function isDealtWith(
  { status, error, isDeclared, facts }: FollowedRun,
  mode: RedriveRecord["mode"] | undefined,
): boolean {
  // Its saga was over already: what it did is still there.
  if (mode === "compensate" && status === "canceled") return facts?.undone === true || facts?.stepsDone === 0;
  if (status === "completed" || status === "canceled" || isDeclared) return true;
  return status === "failed" && mode === "compensate" && error?.type !== "SagaPartial";
}

function outcomeOf(end: FollowedRun, mode: RedriveRecord["mode"] | undefined): string {
  const { status, error, isDeclared } = end;
  if (mode === "compensate" && isDealtWith(end, mode)) return status === "completed" ? status : "compensated";
  if (isDeclared) return `ended with ${error?.type ?? "a declared error"}`;
  return error && status === "failed" ? `failed again, ${error.type}` : status;
}

function withLast(record: DeadLetterRecord, known: Partial<RedriveRecord>): DeadLetterRecord {
  const redrives = redrivesOf(record);
  const last = redrives.at(-1);
  return last ? { ...record, redrives: [...redrives.slice(0, -1), { ...last, ...known }] } : record;
}

/** Records of an earlier version have none. */
function redrivesOf({ redrives = [] }: Partial<Pick<DeadLetterRecord, "redrives">>): readonly RedriveRecord[] {
  return redrives;
}

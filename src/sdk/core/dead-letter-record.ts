// What becomes of a dead letter by what it is told: pure, so that its workflow and who starts it agree.
import type {
  AddressedReport,
  DeadLetterRecord,
  DeadLetterReport,
  DiscardRequest,
  NoteRequest,
  OpenEffect,
  Resolution,
  RunReport,
} from "./dead-letter.ts";
import { fingerprintOfFailure } from "./fingerprint.ts";
import { lastRedriveMode, withFailedAgain } from "./redrive-record.ts";

const keptNotes = 100;
const keptEffects = 20;

/**
 * A dead letter after a report: the same record when it says nothing new, as after a repeated delivery.
 *
 * `record` is `undefined` for the first report.
 */
export function withReport(record: DeadLetterRecord | undefined, { id, report }: AddressedReport): DeadLetterRecord {
  const { at, ...failure } = completed(report);
  if (!record) {
    const first = { status: "open", count: 1, firstSeenAt: at, lastSeenAt: at, notes: [], redrives: [] } as const;
    return { ...failure, id, ...first };
  }
  if (isKnown(record, report)) return isOpen(record) && !failure.event ? enriched(record, failure) : record;
  if (report.kind === "poison" && record.runId === report.runId && record.kind !== "poison") {
    // What befell the run since is the worse failure, and stays what the letter tells.
    return { ...record, ...(failure.droppedSignals !== undefined && { droppedSignals: failure.droppedSignals }) };
  }
  // A run that is to be undone may fail in the end: its letter looks at what it left.
  if (lastRedriveMode(record) === "compensate" && report.kind === "failed") return record;
  const { firstSeenAt, count, notes, redrives } = withFailedAgain(since(record), report);
  const openEffects = joined(record.openEffects, failure.openEffects);
  const droppedSignals = failure.droppedSignals ?? record.droppedSignals;
  return {
    ...failure,
    ...(droppedSignals !== undefined && { droppedSignals }),
    id,
    status: "open",
    openEffects,
    count: count + 1,
    firstSeenAt,
    lastSeenAt: at > record.lastSeenAt ? at : record.lastSeenAt,
    notes,
    redrives,
  };
}

/** Whether a dead letter has been told of that failure before. */
export function isKnown(record: DeadLetterRecord, report: RunReport | DeadLetterReport): boolean {
  // The same bytes without an id may be another event, once somebody has dealt with the first.
  if (record.event) return record.event.id !== undefined || isOpen(record);
  if (record.runId !== report.runId) return report.at <= record.lastSeenAt;
  if (report.kind === "poison") return (record.droppedSignals ?? 0) >= (report.droppedSignals ?? 0);
  // A run can be stuck again and again; each time it is found more than once.
  if (report.kind === "stuck") return record.kind === "stuck" ? isOpen(record) : report.at <= record.lastSeenAt;
  // A run is over once, and tells of its given up undos before that.
  return record.kind !== "stuck" && record.kind !== "poison";
}

/** A dead letter that an operator closes. */
export function withDiscard(record: DeadLetterRecord, request: DiscardRequest, at: string): DeadLetterRecord {
  const { by, reason, batchId } = request;
  return { ...record, status: "discarded", closed: { by, reason, at, ...(batchId !== undefined && { batchId }) } };
}

/** A dead letter whose failure was dealt with outside; the same record when that is another failure, or it is closed. */
export function withResolution(record: DeadLetterRecord, { runId, by, reason, at }: Resolution): DeadLetterRecord {
  if (!isOpen(record) || record.runId !== runId) return record;
  return { ...record, status: "resolved", closed: { by, reason, at } };
}

export function withNote(record: DeadLetterRecord, { by, note }: NoteRequest, at: string): DeadLetterRecord {
  return { ...record, notes: [...since(record).notes, { by, note, at }].slice(-keptNotes) };
}

/** Lists carry memos: a larger input is in the letter's history only. */
const longestMemoInput = 2_000;

/** The record as a memo keeps it. */
export function asMemo({ input, ...record }: DeadLetterRecord): DeadLetterRecord {
  return input !== undefined && input.length <= longestMemoInput ? { ...record, input } : record;
}

/** Whether somebody has still to deal with it, or is about to. */
export function isOpen({ status }: Pick<DeadLetterRecord, "status">): boolean {
  return status === "open" || status === "redriving";
}

/** Records of an earlier version have neither. */
function since(record: DeadLetterRecord): DeadLetterRecord {
  return { ...({ notes: [], redrives: [] } as Partial<DeadLetterRecord>), ...record };
}

/** What a run itself reports has not all of it: the history is read by who gets the report. */
function completed(report: RunReport | DeadLetterReport): DeadLetterReport {
  const fingerprint = fingerprintOfFailure(report);
  return {
    undone: report.kind === "partial",
    hadSaga: report.kind === "partial",
    stepsDone: 0,
    fingerprint,
    ...report,
  };
}

/** The record with what a later report of the same failure knows besides, such as when the run was over. */
function enriched(record: DeadLetterRecord, failure: Omit<DeadLetterReport, "at">): DeadLetterRecord {
  const known = record as unknown as Readonly<Record<string, unknown>>;
  const added = Object.entries(failure).filter(([name, value]) => value !== undefined && known[name] === undefined);
  return added.length === 0 ? record : { ...record, ...Object.fromEntries(added) };
}

function joined(known: readonly OpenEffect[], reported: readonly OpenEffect[]): readonly OpenEffect[] {
  return [...known, ...reported.filter((each) => !isIn(known, each))].slice(0, keptEffects);
}

function isIn(effects: readonly OpenEffect[], effect: OpenEffect): boolean {
  return effects.some(({ step, key }) => step === effect.step && key === effect.key);
}

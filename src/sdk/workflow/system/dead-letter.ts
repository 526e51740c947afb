import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  makeContinueAsNewFunc,
  patched,
  setHandler,
  upsertMemo,
  workflowInfo,
} from "@temporalio/workflow";
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterRecord,
  discardUpdate,
  type NoteRequest,
  noteUpdate,
  reportSignal,
  type Resolution,
  resolveSignal,
} from "../../core/dead-letter.ts";
import { marksOfLetter } from "../../core/dead-letter-marks.ts";
import { isOpen, withDiscard, withNote, asMemo, withReport, withResolution } from "../../core/dead-letter-record.ts";
import type { OperatorNote } from "../../core/incident.ts";
import { replaceMarks } from "../marks.ts";

/**
 * One dead letter: open from the first report until an operator discards it, or what failed is dealt with. Its memo has the
 * record, so that nothing needs a worker to read it; its history is who did what, and why.
 */
export async function tenutoDeadLetter(carried?: DeadLetterRecord): Promise<DeadLetterRecord> {
  let record = carried;
  // One that was closed goes on with what is known of it when its run fails again: the report comes with the start.
  let isReported = carried === undefined || isOpen(carried);
  const change = (next: DeadLetterRecord) => {
    if (next === record) return next;
    record = next;
    upsertMemo({ [deadLetterMemo]: asMemo(next) });
    // Not in letters from before there were such marks.
    if (patched("letter-marks")) replaceMarks(marksOfLetter(next));
    return next;
  };
  const known = (): DeadLetterRecord => {
    if (record) return record;
    throw ApplicationFailure.nonRetryable("Nothing was reported yet", "DeadLetterEmpty");
  };
  setHandler(defineSignal<[AddressedReport]>(reportSignal), (report) => {
    isReported = true;
    change(withReport(record, report));
  });
  setHandler(defineSignal<[Resolution]>(resolveSignal), (resolution) => {
    if (record) change(withResolution(record, resolution));
  });
  setHandler(
    defineUpdate<DeadLetterRecord, [OperatorNote]>(discardUpdate),
    (note) => change(withDiscard(known(), note, now())),
    { validator: assertNote },
  );
  setHandler(
    defineUpdate<DeadLetterRecord, [NoteRequest]>(noteUpdate),
    (note) => change(withNote(known(), note, now())),
    {
      validator: ({ by, note }: NoteRequest) => {
        assertSaid({ by, note }, "Say who adds a note (`by`), and the note (`note`)");
      },
    },
  );
  const isOver = () => isReported && record !== undefined && !isOpen(record);
  await condition(() => isOver() || isLong());
  if (record && isOver()) return record;
  return continued(record);
}

/** A history that is read again at each start of a worker stays short. */
function isLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > longestHistory;
}

const longestHistory = 1_500;

/** The server gives the next run the memo that this one was started with: it gets the one of now. */
function continued(record: DeadLetterRecord | undefined): Promise<never> {
  const { typedSearchAttributes, ...info } = workflowInfo();
  const memo = info.memo as Readonly<Record<string, unknown>> | undefined;
  const next = makeContinueAsNewFunc<typeof tenutoDeadLetter>({
    memo: { ...memo, ...(record && { [deadLetterMemo]: asMemo(record) }) },
    typedSearchAttributes,
  });
  return next(record);
}

function assertNote({ by, reason }: OperatorNote): void {
  assertSaid({ by, reason }, "Say who discards the dead letter (`by`), and why (`reason`)");
}

function assertSaid(texts: Readonly<Record<string, string>>, message: string): void {
  if (Object.values(texts).every((text) => typeof text === "string" && text.trim() !== "")) return;
  throw ApplicationFailure.nonRetryable(message, "InvalidInput");
}

function now(): string {
  return new Date().toISOString();
}

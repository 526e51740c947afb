import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  setHandler,
  upsertMemo,
  workflowInfo,
} from "@temporalio/workflow";
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterRecord,
  discardUpdate,
  reportSignal,
} from "../../core/dead-letter.ts";
import { withReport } from "../../core/dead-letter-record.ts";
import type { OperatorNote } from "../../core/incident.ts";

/**
 * One dead letter: open from the first report until an operator discards it. Its memo has the record, so that nothing needs
 * a worker to read it; its history is who did what, and why.
 */
export async function tenutoDeadLetter(carried?: DeadLetterRecord): Promise<DeadLetterRecord> {
  let record = carried;
  const change = (next: DeadLetterRecord) => {
    if (next === record) return;
    record = next;
    upsertMemo({ [deadLetterMemo]: next });
  };
  setHandler(defineSignal<[AddressedReport]>(reportSignal), (report) => change(withReport(record, report)));
  setHandler(
    defineUpdate<DeadLetterRecord, [OperatorNote]>(discardUpdate),
    ({ by, reason }) => {
      if (!record) throw ApplicationFailure.nonRetryable("Nothing was reported yet", "DeadLetterEmpty");
      const discarded = {
        ...record,
        status: "discarded" as const,
        closed: { by, reason, at: new Date().toISOString() },
      };
      change(discarded);
      return discarded;
    },
    { validator: assertNote },
  );
  await condition(() => isClosed(record) || workflowInfo().continueAsNewSuggested);
  if (record && isClosed(record)) return record;
  return continueAsNew<typeof tenutoDeadLetter>(record);
}

function isClosed(record: DeadLetterRecord | undefined): boolean {
  return record?.status === "discarded";
}

function assertNote({ by, reason }: OperatorNote): void {
  if (by.trim() !== "" && reason.trim() !== "") return;
  throw ApplicationFailure.nonRetryable("Say who discards the dead letter (`by`), and why (`reason`)", "InvalidInput");
}

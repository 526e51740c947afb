import type { AddressedReport, DeadLetterRecord, OpenEffect } from "./dead-letter.ts";

/**
 * A dead letter after a report; the record as it is when the report is known already, as after a repeated delivery.
 *
 * `record` is `undefined` for the first report.
 */
export function withReport(record: DeadLetterRecord | undefined, { id, report }: AddressedReport): DeadLetterRecord {
  const { at, ...failure } = report;
  if (!record) return { ...failure, id, status: "open", count: 1, firstSeenAt: at, lastSeenAt: at };
  if (record.runId === report.runId && record.lastSeenAt >= at) return record;
  const openEffects = [...record.openEffects, ...report.openEffects.filter((each) => !isIn(record.openEffects, each))];
  const { firstSeenAt, count } = record;
  return { ...failure, id, status: "open", openEffects, count: count + 1, firstSeenAt, lastSeenAt: at };
}

function isIn(effects: readonly OpenEffect[], effect: OpenEffect): boolean {
  return effects.some(({ step, key }) => step === effect.step && key === effect.key);
}

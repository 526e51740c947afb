import { type ErrorGroupRecord, errorGroupWorkflowId } from "../core/error-group.ts";
import { ErrorGroupNotFound } from "../core/errors/error-group-not-found.ts";
import { describeIfThere } from "./describe-raw.ts";
import { type ErrorGroupDetails, groupOf, groupRecordIn, type GroupShowing } from "./error-group.ts";
import { listDeadLetters } from "./list-dead-letters.ts";
import { allGroups } from "./list-error-groups.ts";
import { linksOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound } from "./visibility-query.ts";

/** @throws what {@link TenutoClient.errorGroup} throws. */
export async function showErrorGroup(
  temporal: Temporal,
  fingerprint: string,
  showing: GroupShowing,
): Promise<ErrorGroupDetails> {
  const record = await groupRecordOf(temporal, fingerprint);
  return groupDetailsOf(temporal, record, showing);
}

export async function groupRecordOf(temporal: Temporal, fingerprint: string): Promise<ErrorGroupRecord> {
  const described = isFingerprint(fingerprint)
    ? await describeIfThere(temporal, { workflowId: errorGroupWorkflowId(fingerprint) })
    : undefined;
  const record = groupRecordIn(described?.workflowExecutionInfo);
  if (record) return record;
  throw new ErrorGroupNotFound(fingerprint);
}

function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

export async function groupDetailsOf(
  temporal: Temporal,
  record: ErrorGroupRecord,
  { links, redact }: GroupShowing,
): Promise<ErrorGroupDetails> {
  const { fingerprint, type } = record;
  const [listed, letters] = await Promise.all([
    allGroups(temporal, canBeFound(type) ? type : undefined),
    listDeadLetters(temporal, { fingerprint, limit: 20 }),
  ]);
  // Lists lag behind: of this group, the record is the newer one.
  const records = [
    record,
    ...listed.filter((each) => each.fingerprint !== fingerprint || each.tenant !== record.tenant),
  ];
  const group = groupOf(temporal, record, { links, redact, records });
  return {
    ...group,
    hours: hoursOf(record, Date.now()),
    days: Object.entries(record.days).map(([day, count]) => ({ day, count })),
    notes: record.notes,
    deadLetters: { ids: letters.items.map(({ id }) => id), isComplete: letters.nextCursor === undefined },
    links: linksOf(group.sample, links),
  };
}

const hourMs = 3_600_000;
const spansAnHour = 6;

/** Failures by hour of UTC, the last 24, oldest first. */
export function hoursOf({ recent }: ErrorGroupRecord, nowMs: number): ErrorGroupDetails["hours"] {
  const thisHour = Math.floor(nowMs / hourMs);
  return Array.from({ length: 24 }, (_, index) => {
    const hour = thisHour - 23 + index;
    let count = 0;
    for (let span = 0; span < spansAnHour; span++) count += recent[String(hour * spansAnHour + span)] ?? 0;
    return { from: new Date(hour * hourMs).toISOString(), count };
  });
}

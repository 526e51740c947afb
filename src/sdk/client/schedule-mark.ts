// What Tenuto keeps with a schedule: in the memo of its action, where it is changed together with what it is about, and so
// in the memo of each run, too. The memo of the schedule itself can't be changed: it says for ever who made it.
import { decode, encode } from "./payloads.ts";
import type { OperatorNote } from "../core/incident.ts";
import type { temporal as api } from "@temporalio/proto";

/** The memo field of the mark, and that of a schedule that Tenuto has made. */
export const scheduleMemo = "tenutoSchedule";

type Memo = api.api.common.v1.IMemo;

/** Who changed a schedule last, and why. */
export interface ScheduleChangeNote extends OperatorNote {
  /** RFC 3339. */
  readonly at: string;
  /** Of what it said then: another hand has changed it since when it says something else. */
  readonly as: string;
}

/** What is kept with a schedule. */
export interface ScheduleMark {
  /** As its tenant knows it. */
  readonly id: string;
  readonly description: string;
  /** The app whose code declares it. */
  readonly app?: string;
  /** The fingerprint of what that code said when it was deployed last: what says something else was edited by hand. */
  readonly applied?: string;
  readonly changed: ScheduleChangeNote;
  /** Of the write that it came with: an update is a signal, and whether it was taken is only seen by what is there after. */
  readonly stamp: string;
}

export function markMemo(mark: ScheduleMark): Memo {
  return { fields: { [scheduleMemo]: encode(mark) } };
}

/** By the memo, which anybody may have written. */
export function markIn(memo: Memo | null | undefined): ScheduleMark | undefined {
  const mark = decode(memo?.fields?.[scheduleMemo]) as Partial<ScheduleMark> | null | undefined;
  const isMark = typeof mark === "object" && typeof mark?.stamp === "string" && typeof mark.changed === "object";
  return isMark ? (mark as ScheduleMark) : undefined;
}

/** Of a schedule that Tenuto makes. */
export function madeMemo(): Memo {
  return { fields: { [scheduleMemo]: encode(true) } };
}

export function isMade(memo: Memo | null | undefined): boolean {
  return memo?.fields?.[scheduleMemo] !== undefined && memo.fields[scheduleMemo] !== null;
}

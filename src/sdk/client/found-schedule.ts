// A schedule that was read, and how it is written again.
import type { temporal as api } from "@temporalio/proto";
import { ScheduleNotFound } from "../core/errors/schedule-not-found.ts";
import { createRaw, describeRawSchedule, type RawSchedule, updateRaw } from "./schedule-calls.ts";
import { isMade, markIn, type ScheduleMark } from "./schedule-mark.ts";
import { fingerprintOf, readContent, type ScheduleContent, scheduleMessage } from "./schedule-message.ts";
import { isScheduleRecord } from "./schedule-record.ts";
import type { Temporal } from "./temporal.ts";

/** A schedule as it was at one moment. */
export interface FoundSchedule extends ScheduleContent {
  readonly id: string;
  /** Of what it says. */
  readonly fingerprint: string;
  readonly mark?: ScheduleMark | undefined;
  /** Whether Tenuto has made it, whatever became of it. */
  readonly isOurs: boolean;
  readonly state: api.api.schedule.v1.IScheduleState;
  readonly info: api.api.schedule.v1.IScheduleInfo;
  readonly raw: RawSchedule;
}

/** `undefined` when there is none. */
export async function findSchedule(temporal: Temporal, id: string): Promise<FoundSchedule | undefined> {
  const raw = isScheduleRecord(id) ? undefined : await describeRawSchedule(temporal, id);
  return raw && foundIn(raw, id);
}

/** @throws {@link ScheduleNotFound} */
export async function describeSchedule(temporal: Temporal, id: string): Promise<FoundSchedule> {
  const found = await findSchedule(temporal, id);
  if (found) return found;
  throw new ScheduleNotFound(id);
}

/** What a write brings. */
export interface ScheduleWrite {
  readonly id: string;
  readonly content: ScheduleContent;
  readonly mark: ScheduleMark;
}

/** Whether it was made; not when there is one. */
export async function createSchedule(temporal: Temporal, { id, content, mark }: ScheduleWrite): Promise<boolean> {
  return createRaw(temporal, { id, schedule: scheduleMessage(content, mark) });
}

/** Whether it was changed; not when it has changed since it was found. Its state stays as it is. */
export async function updateSchedule(
  temporal: Temporal,
  { id, content, mark }: ScheduleWrite,
  { raw, state }: FoundSchedule,
): Promise<boolean> {
  const { notes = null, paused = null, limitedActions = null, remainingActions = null } = state;
  return updateRaw(temporal, {
    id,
    schedule: { ...scheduleMessage(content, mark), state: { notes, paused, limitedActions, remainingActions } },
    found: raw,
    isTaken: (now) => markIn(now.schedule?.action?.startWorkflow?.memo)?.stamp === mark.stamp,
  });
}

function foundIn(raw: RawSchedule, id: string): FoundSchedule {
  const { mark, ...content } = readContent(raw.schedule ?? {});
  return {
    ...content,
    id,
    fingerprint: fingerprintOf(content),
    mark,
    isOurs: isMade(raw.memo) || mark !== undefined,
    state: raw.schedule?.state ?? {},
    info: raw.info ?? {},
    raw,
  };
}

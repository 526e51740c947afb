import type { temporal as api } from "@temporalio/proto";
import { InvalidCursor } from "../core/errors/invalid-cursor.ts";
import type { ScheduleTime } from "../core/schedule/schedule-time.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { readCursor, writeCursor } from "./list-runs.ts";
import type { LinkBase } from "./run-summary.ts";
import { noteOf, type ScheduledRun, scheduledRuns, timesOf } from "./schedule-details.ts";
import { isScheduleRecord } from "./schedule-record.ts";
import { timesOf as dueBy } from "./schedule-spec-message.ts";
import type { Temporal } from "./temporal.ts";

/** What a list says of a schedule; the server's lists are a moment behind. */
export interface ScheduleSummary {
  readonly id: string;
  /** The first ten times. */
  readonly at: readonly ScheduleTime[];
  readonly timeZone: string;
  /** The workflow whose runs it starts. */
  readonly type: string;
  /** Absent while it is not paused; the note says why. */
  readonly paused?: { readonly note: string };
  /** When runs are due next, the first five. */
  readonly nextAt: readonly string[];
  /** The last five runs that it started, newest first. */
  readonly recent: readonly ScheduledRun[];
}

export interface ScheduleListOptions {
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of schedules; it may have fewer than it might. */
export interface SchedulePage {
  readonly items: readonly ScheduleSummary[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.schedules} throws. */
export async function listSchedules(
  temporal: Temporal,
  { limit = 50, cursor }: ScheduleListOptions,
  links: LinkBase,
): Promise<SchedulePage> {
  const { namespace, idPrefix } = temporal;
  const place = `${idPrefix}schedules`;
  const nextPageToken = cursor === undefined ? undefined : readCursor(cursor, place);
  const maximumPageSize = Math.min(Math.max(Math.trunc(limit), 1), 200);
  const isBadToken = (error: unknown) => cursor !== undefined && hasGrpcCode(error, grpc.invalidArgument);
  const request = { namespace, maximumPageSize, ...(nextPageToken && { nextPageToken }) };
  try {
    const page = await temporal.call((service) => service.listSchedules(request), { keep: isBadToken });
    const entries = (page.schedules ?? []).filter(({ scheduleId }) => !isScheduleRecord(scheduleId ?? ""));
    const token = page.nextPageToken;
    return {
      items: entries.map((entry) => summaryOf(entry, links)),
      ...(token?.length && { nextCursor: writeCursor(token, place) }),
    };
  } catch (error) {
    if (isBadToken(error)) throw new InvalidCursor({ cause: error });
    throw error;
  }
}

function summaryOf({ scheduleId, info }: api.api.schedule.v1.IScheduleListEntry, links: LinkBase): ScheduleSummary {
  const { at, timeZone } = dueBy(info?.spec ?? {});
  return {
    id: scheduleId ?? "",
    at,
    timeZone,
    type: info?.workflowType?.name ?? "",
    ...(info?.paused && { paused: { note: noteOf(info.notes, links) } }),
    nextAt: timesOf(info?.futureActionTimes),
    recent: scheduledRuns(info?.recentActions, links),
  };
}

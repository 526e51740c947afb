// What the routes of schedules take. What a time means, and what a workflow takes, is asked where schedules are checked.
import { scheduleOverlaps } from "tenuto";
import { z } from "zod";
import { LaneBody } from "./lane-schemas.ts";
import { durationText, instant, reason, text, wholeNumber } from "./schemas.ts";

const overlap = z.enum(scheduleOverlaps, { error: `One of ${scheduleOverlaps.join(", ")}` });
const part = z.union([z.string().max(500), z.int()]);
const field = z.union([part, z.array(part).max(100)], {
  error: 'A value, a text such as "mon-fri", or a list of those',
});
const fields = {
  second: field.optional(),
  minute: field.optional(),
  hour: field.optional(),
  dayOfMonth: field.optional(),
  month: field.optional(),
  year: field.optional(),
  dayOfWeek: field.optional(),
};
const CalendarBody = z.strictObject({ kind: z.literal("calendar"), ...fields });

/** When a schedule is due. */
export const ScheduleTimeBody = z
  .discriminatedUnion(
    "kind",
    [
      z.strictObject({ kind: z.literal("cron"), cron: z.string().max(500) }),
      CalendarBody,
      z.strictObject({ kind: z.literal("every"), every: durationText, offset: durationText.optional() }),
    ],
    { error: "A cron, a calendar, or every: see its kind" },
  )
  .meta({
    id: "ScheduleTime",
    description: "When a schedule is due: by a cron of five fields, a calendar, or an interval",
  });

export const ScheduleParams = z.object({ id: z.string() });
export const ScheduleListQuery = z.strictObject({ limit: wholeNumber(1, 200).default(50), cursor: text.optional() });

const zonedTime = z.string().max(100);

export const SchedulePutBody = z.strictObject({
  at: z.array(ScheduleTimeBody),
  except: z.array(CalendarBody).optional(),
  timeZone: z.string().max(100).optional(),
  startAt: zonedTime.optional(),
  endAt: zonedTime.optional(),
  jitter: durationText.optional(),
  type: z.string().max(255),
  input: z.unknown().optional(),
  lane: LaneBody.optional(),
  overlap: overlap.optional(),
  catchUpWindow: durationText.optional(),
  pauseOnFailure: z.boolean().optional(),
  description: z.string().optional(),
  reason,
});

export const TriggerBody = z.strictObject({ reason, overlap: overlap.optional() });

export const BackfillBody = z.strictObject({
  from: instant.describe("The first due time may be this"),
  to: instant.describe("The last due time may be this; not in the future"),
  overlap: overlap.optional(),
  again: z.boolean().optional().describe("Whether due times that have a run get another one"),
  dryRun: z.boolean().optional(),
  reason,
});

export const ScheduleDeployBody = z.strictObject({ dryRun: z.boolean().optional(), reason });

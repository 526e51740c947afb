import type { ScheduleSpec } from "tenuto";
import type { JsonSchema } from "../schema-form/json-schema.ts";
import { variant, type Variant } from "../schema-form/variant-field.tsx";

const text = (title: string, description?: string): JsonSchema => ({
  ...{ type: "string", title, minLength: 1, maxLength: 500 },
  ...(description !== undefined && { description }),
});
const duration = (title: string, description: string) => text(title, `${description} Such as 30s, 10m, 2h or 1d.`);

/** When a schedule may be due. */
export const timeVariants: Readonly<Record<ScheduleSpec["at"][number]["kind"], Variant>> = {
  cron: variant("By a cron expression", {
    cron: text("Cron", 'Minute, hour, day of the month, month, day of the week, such as "30 7 * * mon-fri".'),
  }),
  every: variant(
    "At an interval",
    { every: duration("Every", "Counted from 1970, in UTC.") },
    { offset: duration("Later by", "Each is that much later.") },
  ),
  calendar: variant(
    "By a calendar",
    {},
    {
      hour: text("Hour", 'Such as "9" or "9,17". All fields must fit.'),
      minute: text("Minute"),
      second: text("Second"),
      dayOfWeek: text("Day of the week", 'Such as "mon-fri".'),
      dayOfMonth: text("Day of the month", 'Such as "1,15".'),
      month: text("Month", 'Such as "jan-mar".'),
      year: text("Year"),
    },
  ),
};

/** What else a schedule says. */
export const scheduleSchema: JsonSchema = {
  type: "object",
  properties: {
    timeZone: { ...text("Time zone", "By which crons and calendars are read, such as Europe/Berlin."), default: "UTC" },
    catchUpWindow: duration("Made up for after", "What was due while the server was away; 365d if left empty."),
    jitter: duration("Put off by up to", "Always the same for the same due time."),
    startAt: { type: "string", format: "date-time", title: "Not before" },
    endAt: { type: "string", format: "date-time", title: "Not after" },
    pauseOnFailure: { type: "boolean", title: "Pauses when a run fails", default: false },
    description: { type: "string", title: "What it is for", maxLength: 5_000 },
  },
  required: ["timeZone", "pauseOnFailure"],
};

/** What becomes of a run that is due while the one before is at work. */
export const overlapWords: Readonly<Record<ScheduleSpec["overlap"], string>> = {
  skip: "No run is started",
  bufferOne: "One waits",
  bufferAll: "All wait",
  cancelOther: "The one before is canceled",
  terminateOther: "The one before is terminated",
  allowAll: "Both run",
};

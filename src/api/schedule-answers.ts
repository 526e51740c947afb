// What the routes of schedules answer.
import { type ScheduleChangeKind, scheduleOverlaps, type ScheduleSpec } from "tenuto";
import type {
  ScheduleBackfill,
  ScheduleChanged,
  ScheduleCounts,
  ScheduledRun as RunOfSchedule,
  ScheduleDeploy,
  ScheduleDetails,
  ScheduleDifference,
  ScheduleSummary,
  ScheduleTrigger,
} from "tenuto/client";
import { z } from "zod";
import { anything, count, pageOf, RunStatus, type Shape, time } from "./answer-parts.ts";
import { Links } from "./answers.ts";
import { ScheduleTimeBody } from "./schedule-schemas.ts";
import { LaneAnswer } from "./lane-schemas.ts";

const duration = z.string().describe("A number and ms, s, m, h or d");
const times = z.array(time);
const paused = z
  .object({ note: z.string().describe("Why") })
  .optional()
  .describe("Absent while it is not paused");

const Spec = z
  .object({
    at: z.array(ScheduleTimeBody),
    except: z.array(z.record(z.string(), z.string())).optional().describe("Calendars by which it is not due"),
    timeZone: z.string(),
    startAt: time.optional(),
    endAt: time.optional(),
    jitter: duration.optional(),
    type: z.string().describe("The workflow whose runs it starts"),
    input: anything.describe("Without what contracts redact"),
    lane: LaneAnswer.optional(),
    overlap: z.enum(scheduleOverlaps),
    catchUpWindow: duration,
    pauseOnFailure: z.boolean(),
    description: z.string(),
  } satisfies Shape<ScheduleSpec>)
  .meta({ id: "ScheduleSpec", description: "What a schedule says" });

const ScheduledRun = z
  .object({
    dueAt: time,
    startedAt: time,
    workflowId: z.string(),
    runId: z.string(),
    status: RunStatus.optional().describe("As the schedule has heard of it; it looks when another run is due"),
    links: Links,
  } satisfies Shape<RunOfSchedule>)
  .meta({ id: "ScheduledRun", description: "A run that a schedule has started" });

const counts = z.object({
  started: count,
  missed: count.describe("Due while the server was away, and longer ago than the catch-up window"),
  overlapSkipped: count.describe("Not started because the one before had not ended"),
  bufferDropped: count.describe("Lost because too many waited"),
  buffered: count.describe("That wait now"),
} satisfies Shape<ScheduleCounts>);

export const Schedule = z
  .object({
    id: z.string(),
    origin: z.enum(["code", "api", "foreign"]),
    app: z.string().optional().describe("Whose code it is in"),
    isEdited: z.boolean().describe("Whether it says something else than the code that was deployed last"),
    spec: Spec,
    code: Spec.optional().describe("What this app's code says, where that is something else"),
    changed: z.object({ by: z.string(), reason: z.string(), at: time }).optional(),
    besides: z.array(z.string()).describe("What is set without Tenuto, and a PUT drops"),
    paused,
    nextAt: times.describe("When runs are due next, the first ten; also of one that is paused"),
    running: z.array(z.object({ workflowId: z.string(), runId: z.string(), links: Links })),
    recent: z.array(ScheduledRun).describe("The last ten, newest first"),
    counts,
    createdAt: time,
    updatedAt: time.optional(),
  } satisfies Shape<ScheduleDetails>)
  .meta({ id: "Schedule", description: "All that is known of a schedule" });

export const SchedulePage = pageOf(
  z
    .object({
      id: z.string(),
      at: z.array(ScheduleTimeBody),
      timeZone: z.string(),
      type: z.string(),
      paused,
      nextAt: times.describe("When runs are due next, the first five"),
      recent: z.array(ScheduledRun).describe("The last five, newest first"),
    } satisfies Shape<ScheduleSummary>)
    .meta({ id: "ScheduleSummary", description: "What a list says of a schedule" }),
).meta({ id: "SchedulePage" });

export const ScheduleDeleted = z.object({
  id: z.string(),
  deleted: z.literal(true),
  back: Schedule.optional().describe("What the code says, which holds again"),
});

export const ScheduleTriggered = z
  .object({
    outcome: z.enum(["started", "skipped", "buffered", "unknown"]),
    run: ScheduledRun.optional(),
  } satisfies Shape<ScheduleTrigger>)
  .meta({ id: "ScheduleTrigger", description: "What became of a trigger" });

export const ScheduleBackfilled = z
  .object({
    starting: times.describe("Due times for which a run is started"),
    existing: times.describe("Due times that have a run already"),
    dryRun: z.boolean(),
  } satisfies Shape<ScheduleBackfill>)
  .meta({ id: "ScheduleBackfill", description: "What a backfill does" });

const difference = z.object({
  field: z.string(),
  server: anything,
  code: anything,
} satisfies Shape<ScheduleDifference>);

const kinds = ["create", "update", "delete", "unchanged", "kept"] as const satisfies readonly ScheduleChangeKind[];

export const ScheduleDeployed = z
  .object({
    dryRun: z.boolean(),
    superseded: z
      .object({ at: time, by: z.string() })
      .optional()
      .describe("Why nothing was done: newer code was deployed"),
    changes: z.array(
      z.object({
        id: z.string(),
        change: z.enum(kinds),
        differences: z.array(difference),
        why: z.string(),
      } satisfies Shape<ScheduleChanged>),
    ),
  } satisfies Shape<ScheduleDeploy>)
  .meta({ id: "ScheduleDeploy", description: "What a deploy of schedules does, by id" });

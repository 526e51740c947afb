// A schedule as callers see it.
import { optionalTsToDate } from "@temporalio/common/lib/time.js";
import proto, { type temporal as api } from "@temporalio/proto";
import { taskQueueOf } from "../core/queue.ts";
import { type App, redactedNames } from "../core/define-app.ts";
import type { OperatorNote } from "../core/incident.ts";
import { redacted } from "../core/redacted.ts";
import type { ScheduleSpec } from "../core/schedule/schedule.ts";
import type { FoundSchedule } from "./found-schedule.ts";
import { contentOf, fingerprintOf, type ScheduleContent } from "./schedule-message.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import { type LinkBase, linksOf, type RunLinks, timeOf } from "./run-summary.ts";

const { WorkflowExecutionStatus: Status } = proto.temporal.api.enums.v1;

/** A run that a schedule has started. */
export interface ScheduledRun {
  /** When it was due, or asked for (RFC 3339). */
  readonly dueAt: string;
  readonly startedAt: string;
  readonly workflowId: string;
  readonly runId: string;
  /** As the schedule has heard of it: it looks when another run is due. */
  readonly status?: RunStatus;
  readonly links: RunLinks;
}

/** Where a schedule comes from: the code of an app, Tenuto's API, or somebody who has made it without Tenuto. */
export type ScheduleOrigin = "code" | "api" | "foreign";

/** What is counted of a schedule since it was made. */
export interface ScheduleCounts {
  /** Runs that it has started. */
  readonly started: number;
  /** Due while the server was away, and longer ago than its catch-up window. */
  readonly missed: number;
  /** Not started because the one before had not ended. */
  readonly overlapSkipped: number;
  /** Lost because too many waited. */
  readonly bufferDropped: number;
  /** That wait now. */
  readonly buffered: number;
}

/** All that is known of a schedule. */
export interface ScheduleDetails {
  readonly id: string;
  readonly origin: ScheduleOrigin;
  /** Of one from code: whose. */
  readonly app?: string;
  /** Whether it says something else than the code that was deployed last: no deploy changes it then. */
  readonly isEdited: boolean;
  /** What it says, without what contracts redact. */
  readonly spec: ScheduleSpec;
  /** What this app's code says, where that is something else. */
  readonly code?: ScheduleSpec;
  /** Who changed it last by Tenuto, why and when; absent when it was changed otherwise since. */
  readonly changed?: OperatorNote & { readonly at: string };
  /** Names of what is set besides, without Tenuto: a PUT drops it. */
  readonly besides: readonly string[];
  /** Absent while it is not paused; the note says why. */
  readonly paused?: { readonly note: string };
  /** When runs are due next, the first ten; also of one that is paused. */
  readonly nextAt: readonly string[];
  /** Runs that have not ended; `allowAll` keeps no account of them. */
  readonly running: readonly { readonly workflowId: string; readonly runId: string; readonly links: RunLinks }[];
  /** The last ten runs that it started, newest first. */
  readonly recent: readonly ScheduledRun[];
  readonly counts: ScheduleCounts;
  readonly createdAt: string;
  /** Absent when it was not changed since. */
  readonly updatedAt?: string;
}

/** What a view of a schedule is made with. */
export interface ScheduleView {
  readonly app: App;
  readonly links: LinkBase;
}

export function detailsOf(found: FoundSchedule, { app, links }: ScheduleView): ScheduleDetails {
  const { id, mark, info, state, spec, besides } = found;
  const { origin, isEdited } = standingOf(found, app);
  const declared = declaredIn(app, id);
  const isOther = declared && fingerprintOf(declared) !== found.fingerprint;
  const updatedAt = timeOf(info.updateTime);
  const { changed } = mark ?? {};
  return {
    id,
    origin,
    ...(mark?.app !== undefined && { app: mark.app }),
    isEdited,
    spec: shownSpec(spec, app),
    ...(isOther && { code: shownSpec(declared.spec, app) }),
    ...(changed?.as === found.fingerprint && { changed: { by: changed.by, reason: changed.reason, at: changed.at } }),
    besides: Object.keys(besides),
    ...(state.paused && { paused: { note: noteOf(state.notes, links) } }),
    nextAt: timesOf(info.futureActionTimes),
    running: (info.runningWorkflows ?? []).map(({ workflowId, runId }) => {
      const run = { workflowId: workflowId ?? "", runId: runId ?? "" };
      return { ...run, links: linksOf(run, links) };
    }),
    recent: scheduledRuns(info.recentActions, links),
    counts: {
      started: Number(info.actionCount ?? 0),
      missed: Number(info.missedCatchupWindow ?? 0),
      overlapSkipped: Number(info.overlapSkipped ?? 0),
      bufferDropped: Number(info.bufferDropped ?? 0),
      buffered: Number(info.bufferSize ?? 0),
    },
    createdAt: timeOf(info.createTime) ?? "",
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

/** Where a schedule comes from, and whether it was edited since its code was deployed. */
export function standingOf(
  { id, mark, isOurs, fingerprint }: FoundSchedule,
  app: App,
): { readonly origin: ScheduleOrigin; readonly isEdited: boolean } {
  if (mark) return { origin: mark.app === undefined ? "api" : "code", isEdited: isEdited(mark.applied, fingerprint) };
  // Something that replaces all of a schedule, such as `temporal schedule update`, has dropped the mark.
  const isOfCode = isOurs && declaredIn(app, id) !== undefined;
  return { origin: isOfCode ? "code" : isOurs ? "api" : "foreign", isEdited: isOfCode };
}

function isEdited(applied: string | undefined, fingerprint: string): boolean {
  return applied !== undefined && applied !== fingerprint;
}

/** What the code of an app says of a schedule. */
export function declaredIn({ name, workflows, schedules = [] }: App, id: string): ScheduleContent | undefined {
  const schedule = schedules.find((each) => each.name === id);
  const queue = workflows.find((workflow) => workflow.name === schedule?.spec.type)?.queue;
  return schedule && contentOf(id, schedule.spec, taskQueueOf(name, queue));
}

/** What may be shown of a spec. */
function shownSpec(spec: ScheduleSpec, app: App): ScheduleSpec {
  return spec.input === undefined ? spec : { ...spec, input: redacted(spec.input, redactedNames(app)) };
}

/** The server writes workflow ids into it. */
export function noteOf(notes: string | null | undefined, { idPrefix = "" }: LinkBase): string {
  return idPrefix === "" ? (notes ?? "") : (notes ?? "").replaceAll(idPrefix, "");
}

export function timesOf(times: api.api.schedule.v1.IScheduleInfo["futureActionTimes"]): readonly string[] {
  return (times ?? []).flatMap((time) => optionalTsToDate(time)?.toISOString() ?? []);
}

/** Newest first. */
export function scheduledRuns(
  actions: api.api.schedule.v1.IScheduleInfo["recentActions"],
  links: LinkBase,
): readonly ScheduledRun[] {
  return (actions ?? []).toReversed().map((action) => {
    const { workflowId, runId } = action.startWorkflowResult ?? {};
    const run = { workflowId: workflowId ?? "", runId: runId ?? "" };
    const status = action.startWorkflowStatus ?? Status.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED;
    return {
      dueAt: timeOf(action.scheduleTime) ?? "",
      startedAt: timeOf(action.actualTime) ?? "",
      ...run,
      ...(status !== Status.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED && { status: runStatusOf(status) }),
      links: linksOf(run, links),
    };
  });
}

import type { ScheduleDetails, ScheduledRun, ScheduleSummary } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { atTime, distance } from "./relative-time.ts";
import { schedulePath, schedulesPath, timesText } from "./schedule-path.ts";
import type { Column } from "./table.ts";

export interface ListSchedulesOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists schedules. */
export async function listSchedules({ api, output, isJson }: Cli, options: ListSchedulesOptions): Promise<undefined> {
  const page = await readPages<ScheduleSummary>(api, schedulesPath, { ...options });
  if (isJson) {
    output.json(page);
    return;
  }
  const nowMs = Date.now();
  if (page.items.length === 0) output.notice("There are no schedules.");
  else
    output.table(page.items, [
      { title: "ID", value: ({ id }) => id },
      { title: "IS", value: ({ paused }) => (paused ? "paused" : "on") },
      { title: "NEXT", value: ({ nextAt: [next] }) => next && `in ${distance(next, nowMs)}` },
      { title: "LAST", value: ({ recent: [last] }) => last && `${distance(last.startedAt, nowMs)} ago`, leaveOut: 1 },
      { title: "TYPE", value: ({ type }) => type, atLeast: 12, leaveOut: 2 },
      { title: "DUE", value: ({ at, timeZone }) => timesText(at, timeZone), atLeast: 16 },
    ]);
  moreThanShown(output, page);
}

/** Shows a schedule. */
export async function showSchedule({ api, output, isJson }: Cli, id: string): Promise<undefined> {
  const schedule = await api.get<ScheduleDetails>(schedulePath(id));
  if (isJson) {
    output.json(schedule);
    return;
  }
  const nowMs = Date.now();
  const { spec, changed, paused, counts, recent, nextAt, running, besides } = schedule;
  output.fields([
    ["Schedule", schedule.id],
    ["Origin", originOf(schedule)],
    ["Changed", changed && `by ${changed.by}: ${changed.reason}, ${distance(changed.at, nowMs)} ago`],
    ["Paused", paused && (paused.note || "yes")],
    ["Due", timesText(spec.at, spec.timeZone)],
    [
      "Next",
      nextAt
        .slice(0, 3)
        .map((time) => atTime(time, nowMs))
        .join(", "),
    ],
    ["Running", running.map(({ workflowId }) => workflowId).join(", ")],
    [
      "Runs",
      `${counts.started} started, ${counts.overlapSkipped} skipped, ${counts.missed} missed, ${counts.buffered} waiting`,
    ],
    ["Besides", besides.join(", ")],
  ]);
  if (recent.length > 0) {
    output.heading("Last runs");
    output.table(recent, columnsAt(nowMs), "  ");
  }
  output.heading("What it says");
  output.indentedJson(spec);
  if (!schedule.code) return;
  output.heading("What the code says");
  output.indentedJson(schedule.code);
}

function originOf({ origin, app, isEdited }: ScheduleDetails): string {
  if (origin === "foreign") return "made without Tenuto";
  if (origin === "api") return "put over the API";
  return `the code of ${app ?? "this app"}${isEdited ? ", edited by hand" : ""}`;
}

function columnsAt(nowMs: number): readonly Column<ScheduledRun>[] {
  return [
    { title: "ID", value: ({ workflowId }) => workflowId },
    { title: "RUN", value: ({ status }) => status },
    { title: "STARTED", value: ({ startedAt }) => `${distance(startedAt, nowMs)} ago`, leaveOut: 1 },
  ];
}

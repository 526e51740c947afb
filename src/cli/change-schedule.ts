import type { ScheduleDetails, ScheduleTrigger } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import { jsonOption } from "./json-option.ts";
import { atTime } from "./relative-time.ts";
import { schedulePath } from "./schedule-path.ts";

/** Makes a schedule, or edits it. */
export async function putSchedule(
  cli: Cli,
  id: string,
  { schedule: text, reason }: { readonly schedule: string; readonly reason: string },
): Promise<undefined> {
  const { api, output, isJson } = cli;
  const given = await jsonOption(cli, { option: "The schedule", text });
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UsageError("The schedule is no JSON object. Give one as `tenuto schedules show` shows.");
  const schedule = await api.put<ScheduleDetails>(schedulePath(id), { ...given, reason });
  if (isJson) {
    output.json(schedule);
    return;
  }
  output.line(`Schedule ${schedule.id} is as you said.${nextOf(schedule)}`);
  if (schedule.isEdited) output.notice("The code says something else: no deploy changes it until it is deleted.");
}

/** Deletes what was put. */
export async function deleteSchedule({ api, output, isJson }: Cli, id: string, reason: string): Promise<undefined> {
  const deleted = await api.remove<{ readonly back?: ScheduleDetails }>(schedulePath(id), { reason });
  if (isJson) output.json(deleted);
  else
    output.line(
      deleted.back ? `Schedule ${id} is as the code says again.${nextOf(deleted.back)}` : `Schedule ${id} is gone.`,
    );
}

/** Pauses a schedule, or resumes it. */
export async function setPaused(
  { api, output, isJson }: Cli,
  id: string,
  { act, reason }: { readonly act: "pause" | "resume"; readonly reason: string },
): Promise<undefined> {
  const schedule = await api.post<ScheduleDetails>(`${schedulePath(id)}/${act}`, { reason });
  if (isJson) output.json(schedule);
  else output.line(act === "pause" ? `Schedule ${id} is paused.` : `Schedule ${id} is on.${nextOf(schedule)}`);
}

const outcomes: Readonly<Record<ScheduleTrigger["outcome"], string>> = {
  started: "A run is started",
  skipped: "Nothing is started, as the run before has not ended: see --overlap",
  buffered: "A run is started when the one before has ended",
  unknown: "It is not known yet what became of it: see tenuto schedules show",
};

/** Starts a run. */
export async function triggerSchedule(
  { api, output, isJson }: Cli,
  id: string,
  { reason, overlap }: { readonly reason: string; readonly overlap?: string },
): Promise<undefined> {
  const body = { reason, ...(overlap !== undefined && { overlap }) };
  const trigger = await api.post<ScheduleTrigger>(`${schedulePath(id)}/trigger`, body);
  if (isJson) output.json(trigger);
  else output.line(`${outcomes[trigger.outcome]}${trigger.run ? `: ${trigger.run.workflowId}` : "."}`);
}

function nextOf({ nextAt: [next], paused }: ScheduleDetails): string {
  if (paused) return " It is paused.";
  return next === undefined ? " It is not due any more." : ` It is due next at ${atTime(next, Date.now())}.`;
}

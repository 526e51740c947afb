import type { ScheduleTime } from "tenuto";

/** Where the API has schedules. */
export const schedulesPath = "/v1/schedules";

export function schedulePath(id: string): string {
  return `${schedulesPath}/${encodeURIComponent(id)}`;
}

/** When a schedule is due, in a line. */
export function timesText(at: readonly ScheduleTime[], timeZone: string): string {
  const hasClock = at.some(({ kind }) => kind !== "every");
  return `${at.map(timeText).join(" or ")}${hasClock ? ` ${timeZone}` : ""}`;
}

function timeText(time: ScheduleTime): string {
  switch (time.kind) {
    case "cron":
      return time.cron;
    case "every":
      return `every ${time.every}${time.offset === undefined ? "" : ` after ${time.offset}`}`;
    case "calendar": {
      const { kind: _, ...fields } = time;
      const parts = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
      return parts.join(", ");
    }
  }
}

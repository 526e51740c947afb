import type { ScheduleSummary } from "tenuto/client";

type Time = ScheduleSummary["at"][number];

/** When a schedule is due, in a line. */
export function timesTold(at: readonly Time[]): string {
  return at.length === 0 ? "Never: it is triggered" : at.map(timeTold).join("; ");
}

function timeTold(time: Time): string {
  switch (time.kind) {
    case "cron":
      return time.cron;
    case "every":
      return `Every ${time.every}${time.offset === undefined ? "" : `, ${time.offset} later`}`;
    case "calendar": {
      const { kind: _, ...fields } = time;
      return Object.entries(fields)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(", ");
    }
  }
}

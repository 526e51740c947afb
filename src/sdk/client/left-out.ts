// What numbers don't include, in sentences for people.
import { isoOf } from "../core/iso-of.ts";
import type { MetricsWindow, WindowAt } from "../core/metrics-window.ts";
import type { CountedRuns } from "./counted-runs.ts";
import { mostLooked, type OpenItems } from "./open-work.ts";

/** What is told. */
interface Told {
  readonly window: MetricsWindow;
  readonly at: WindowAt;
  readonly types: number;
  /** Of how many types it is told what is open. */
  readonly mostTypes: number;
  readonly tasks: OpenItems;
  readonly letters: OpenItems;
}

/** Who counts is behind: a pass may take a while. */
const lateMs = 60_000;

/** Of a series, which has nothing that is open. */
export function leftOutOfRuns(
  { readUntilMs, keptSinceMs, retentionDays }: CountedRuns,
  { window, fromMs, nowMs }: { readonly window: MetricsWindow; readonly fromMs: number; readonly nowMs: number },
): readonly string[] {
  const until = readUntilMs === undefined ? "" : isoOf(readUntilMs);
  const counting =
    readUntilMs === undefined
      ? "Closed runs: nobody counts them yet. A worker of Tenuto does, or the API's process."
      : nowMs - readUntilMs > lateMs
        ? `Runs that closed after ${until}: nobody has counted since. A worker of Tenuto does, or the API's process.`
        : `Runs that closed after ${until}: they are counted soon.`;
  return [
    counting,
    ...(fromMs < keptSinceMs
      ? [`What closed before ${isoOf(keptSinceMs)}: the server keeps closed workflows for ${retentionDays} days.`]
      : []),
    ...(window === "30d" ? ["What closed more than 30 days before Tenuto first counted."] : []),
    "Tenuto's own workflows.",
  ];
}

export function leftOut(runs: CountedRuns, { window, at, types, mostTypes, tasks, letters }: Told): readonly string[] {
  return [
    ...leftOutOfRuns(runs, { window, fromMs: at.before.fromMs, nowMs: at.toMs }),
    ...(types > mostTypes ? [`How many runs are open of the types after the ${mostTypes} busiest.`] : []),
    ...(tasks.isAll ? [] : [`Tasks of more than ${mostLooked} runs.`]),
    ...(letters.isAll ? [] : [`Dead letters beyond the ${mostLooked} that were opened last.`]),
  ];
}

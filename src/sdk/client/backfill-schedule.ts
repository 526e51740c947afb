/**
 * Runs for due times that are over. Temporal starts a run for each due time of a range, also when that has one; here a due
 * time that has a run is left out, so that a backfill fills what is missing, and one that is asked for twice does nothing
 * more. Runs are found by visibility, which is a moment behind, and some wait to be started: so that a double click makes no
 * second run, the request has an id made from what is asked for, which the server takes once, and none is taken while runs
 * wait for others to end.
 */
import { msToTs } from "@temporalio/common/lib/time.js";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { ScheduleBusy } from "../core/errors/schedule-busy.ts";
import type { ScheduleOverlap } from "../core/schedule/schedule.ts";
import { describeSchedule } from "./found-schedule.ts";
import { decode } from "./payloads.ts";
import { assertNote, type ScheduleChange, type ScheduleReach } from "./put-schedule.ts";
import { sha256 } from "./run-ids.ts";
import { dueTimes, patchSchedule } from "./schedule-calls.ts";
import { overlapPolicies } from "./schedule-message.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

/** Which due times, and how. */
export interface BackfillOptions extends ScheduleChange {
  /** The first due time may be this. */
  readonly from: Date;
  /** The last due time may be this; not in the future. */
  readonly to: Date;
  /** What is done when a run has not ended. @default "bufferAll": one after the other */
  readonly overlap?: ScheduleOverlap | undefined;
  /** Whether due times that have a run get another one. @default false */
  readonly isAgain?: boolean | undefined;
  /** Whether to say only what would be started. @default false */
  readonly dryRun?: boolean | undefined;
}

/** What a backfill does; times are RFC 3339. */
export interface ScheduleBackfill {
  /** Due times for which a run is started, one after the other unless `allowAll`. */
  readonly starting: readonly string[];
  /** Due times that have a run already. */
  readonly existing: readonly string[];
  readonly dryRun: boolean;
}

/** The same request is the same backfill for that long, at least while it is not yet seen what it started. */
const sameWithinMs = 600_000;

/** The server lists no more due times at once. */
const mostTimes = 1_000;

/** @throws what {@link TenutoClient.backfillSchedule} throws. */
export async function backfillSchedule(
  { temporal }: Pick<ScheduleReach, "temporal">,
  id: string,
  options: BackfillOptions,
): Promise<ScheduleBackfill> {
  const { from, to, by = temporal.identity, reason, overlap = "bufferAll", isAgain = false, dryRun = false } = options;
  assertNote({ by, reason });
  assertRange(options);
  const { info } = await describeSchedule(temporal, id);
  // Nobody can see which due times they are for.
  if (Number(info.bufferSize ?? 0) > 0) throw new ScheduleBusy(id, "runs of it still wait for others to end");
  const due = await dueBetween(temporal, id, { from, to });
  const existing = isAgain ? [] : await dueWithRun(temporal, id, { from, to, due });
  const missing = due.filter(({ at }) => !existing.includes(at));
  if (!dryRun && missing.length > 0) {
    const overlapPolicy = overlapPolicies[overlap];
    const backfillRequest = rangesOf(due, missing).map(({ after, to: end }) => ({
      // The server takes the millisecond before its start for its start.
      startTime: msToTs(after + 1),
      endTime: msToTs(end),
      overlapPolicy,
    }));
    const period = Math.floor(Date.now() / sameWithinMs);
    const requestId = sha256([id, from.toISOString(), to.toISOString(), overlap, isAgain, reason, by, period]);
    await patchSchedule(temporal, id, { patch: { backfillRequest }, requestId });
  }
  return { starting: missing.map(isoOf), existing: due.filter(({ at }) => existing.includes(at)).map(isoOf), dryRun };
}

/** A due time, and what is before it: from there on, it is the first. */
interface Due {
  readonly at: number;
  readonly after: number;
}

function isoOf({ at }: Due): string {
  return new Date(at).toISOString();
}

async function dueBetween(temporal: Temporal, id: string, { from, to }: Pick<BackfillOptions, "from" | "to">) {
  const before = new Date(from.getTime() - 1);
  const times = await dueTimes(temporal, id, { from: before, to });
  if (times.length >= mostTimes) {
    const message = `From there to here are ${mostTimes} due times or more: backfill it in parts`;
    throw new InvalidInput("The backfill", [{ pointer: "/to", message }]);
  }
  return times.map((time, index): Due => ({ at: time.getTime(), after: (times[index - 1] ?? before).getTime() }));
}

interface Range {
  readonly after: number;
  readonly to: number;
}

/** Each from before its first due time to its last one, without a due time that is not asked for. */
function rangesOf(due: readonly Due[], wanted: readonly Due[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const { at, after } of due) {
    if (!wanted.some((each) => each.at === at)) continue;
    const last = ranges.at(-1);
    if (last?.to === after) ranges[ranges.length - 1] = { after: last.after, to: at };
    else ranges.push({ after, to: at });
  }
  return ranges;
}

interface Existing extends Pick<BackfillOptions, "from" | "to"> {
  readonly due: readonly Due[];
}

/** A run knows the time that it was due without jitter, which is after the due time before with it. */
async function dueWithRun(temporal: Temporal, id: string, { from, to, due }: Existing): Promise<readonly number[]> {
  const found: number[] = [];
  // SQL databases compare these as text, where a time without milliseconds comes after the same one with them.
  const [first, last] = [new Date(from.getTime() - 1_000), new Date(to.getTime() + 1_000)];
  const query = [
    `TemporalScheduledById = ${quote(temporal.idPrefix + id)}`,
    `TemporalScheduledStartTime BETWEEN ${quote(first.toISOString())} AND ${quote(last.toISOString())}`,
  ].join(" AND ");
  let nextPageToken: Uint8Array | undefined;
  do {
    const request = { namespace: temporal.namespace, query, pageSize: 1_000, ...(nextPageToken && { nextPageToken }) };
    const page = await temporal.call((service) => service.listWorkflowExecutions(request));
    for (const { searchAttributes } of page.executions ?? []) {
      const nominal = decode(searchAttributes?.indexedFields?.["TemporalScheduledStartTime"]);
      const ms = Date.parse(String(nominal));
      const own = due.find(({ at, after }) => after < ms && ms <= at);
      if (own) found.push(own.at);
    }
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return found;
}

function assertRange({ from, to }: Pick<BackfillOptions, "from" | "to">): void {
  const issues = [
    ...(from.getTime() <= to.getTime() ? [] : [{ pointer: "/to", message: "A time that is not before `from`" }]),
    ...(to.getTime() <= Date.now() ? [] : [{ pointer: "/to", message: "A time that is not in the future" }]),
  ];
  if (issues.length > 0) throw new InvalidInput("The backfill", issues);
}

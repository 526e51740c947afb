// Pausing, resuming and triggering schedules. Of patches that come to a schedule at once the server takes the last only, so
// those of this process go one after the other, each when the one before is seen; what another process overwrites is seen, too.
import { setTimeout as sleep } from "node:timers/promises";
import type { ScheduleOverlap } from "../core/schedule/schedule.ts";
import { ScheduleBusy } from "../core/errors/schedule-busy.ts";
import { describeIfThere } from "./describe-raw.ts";
import { describeSchedule, type FoundSchedule } from "./found-schedule.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { assertNote, type ScheduleChange, type ScheduleReach } from "./put-schedule.ts";
import { patchSchedule } from "./schedule-calls.ts";
import { detailsOf, type ScheduleDetails, type ScheduledRun, scheduledRuns } from "./schedule-details.ts";
import { overlapPolicies } from "./schedule-message.ts";
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";

/** What became of a trigger: a run was started; none was, as the one before has not ended; one waits for that; or nobody knows yet. */
export interface ScheduleTrigger {
  readonly outcome: "started" | "skipped" | "buffered" | "unknown";
  /** The run that was started. */
  readonly run?: ScheduledRun;
}

/** Who triggers a schedule, why, and how. */
export interface TriggerOptions extends ScheduleChange {
  /** What is done when a run has not ended. @default what the schedule says */
  readonly overlap?: ScheduleOverlap | undefined;
}

/** How long to look at what became of a patch. */
const seenWithinMs = 2_500;
const lookMs = 40;
const mostTries = 3;

/** @throws what {@link TenutoClient.pauseSchedule} throws. */
export async function setPaused(
  reach: ScheduleReach,
  id: string,
  { isPaused, by = reach.temporal.identity, reason }: ScheduleChange & { readonly isPaused: boolean },
): Promise<ScheduleDetails> {
  assertNote({ by, reason });
  const { temporal } = reach;
  const note = cut(`${by}: ${reason}`);
  const isSo = ({ state }: FoundSchedule) =>
    (state.paused ?? false) === isPaused && (!isPaused || state.notes === note);
  return oneAtATime(keyOf(reach, id), async () => {
    for (let tries = 0; tries < mostTries; tries++) {
      const before = await describeSchedule(temporal, id);
      if (isSo(before)) return detailsOf(before, reach);
      await patchSchedule(temporal, id, { patch: isPaused ? { pause: note } : { unpause: note } });
      const now = await lookUntil(reach, id, isSo);
      if (isSo(now)) return detailsOf(now, reach);
    }
    throw new ScheduleBusy(id);
  });
}

/** @throws what {@link TenutoClient.triggerSchedule} throws. */
export async function triggerSchedule(
  reach: ScheduleReach,
  id: string,
  { by = reach.temporal.identity, reason, overlap }: TriggerOptions,
): Promise<ScheduleTrigger> {
  assertNote({ by, reason });
  const { temporal, links } = reach;
  return oneAtATime(keyOf(reach, id), async () => {
    const before = await describeSchedule(temporal, id);
    const scheduledTime = msToTs(await freeTime(reach, before));
    const patch = {
      triggerImmediately: { scheduledTime, ...(overlap && { overlapPolicy: overlapPolicies[overlap] }) },
    };
    await patchSchedule(temporal, id, { patch });
    const own = ({ info }: FoundSchedule) =>
      (info.recentActions ?? []).filter(
        ({ scheduleTime }) => scheduleTime && tsToMs(scheduleTime) === tsToMs(scheduledTime),
      );
    const outcomeOf = (now: FoundSchedule): ScheduleTrigger => {
      const [run] = scheduledRuns(own(now), links);
      if (run) return { outcome: "started", run };
      if (count(now, "overlapSkipped") > count(before, "overlapSkipped")) return { outcome: "skipped" };
      return { outcome: count(now, "bufferSize") > count(before, "bufferSize") ? "buffered" : "unknown" };
    };
    return outcomeOf(await lookUntil(reach, id, (now) => outcomeOf(now).outcome !== "unknown"));
  });
}

/** The server takes a note of 1,000 bytes. */
function cut(note: string): string {
  const letters = Array.from(note);
  while (Buffer.byteLength(letters.join("")) > 1_000) letters.pop();
  return letters.join("");
}

/** The seconds that this process gave to the last triggers of a schedule: some of them may wait for a run to end. */
const given = new Map<string, readonly number[]>();
const mostGiven = 30;

/** Its second is in the workflow id: one that another run has is refused while that goes on, without a word. */
async function freeTime(reach: ScheduleReach, { id, workflowId }: FoundSchedule): Promise<number> {
  const key = keyOf(reach, id);
  const taken = given.get(key) ?? [];
  const now = Date.now();
  for (let ms = now; ms > now - mostGiven * 1_000; ms -= 1_000) {
    const second = Math.floor(ms / 1_000);
    const time = new Date(second * 1_000).toISOString().replace(".000Z", "Z");
    if (taken.includes(second) || (await describeIfThere(reach.temporal, { workflowId: `${workflowId}-${time}` })))
      continue;
    given.set(key, [...taken, second].slice(-mostGiven));
    return ms;
  }
  return now;
}

function count({ info }: FoundSchedule, name: "overlapSkipped" | "bufferSize"): number {
  return Number(info[name] ?? 0);
}

function keyOf({ temporal }: ScheduleReach, id: string): string {
  return JSON.stringify([temporal.namespace, temporal.idPrefix + id]);
}

/** The schedule when it is so, or when it was not in time. */
async function lookUntil({ temporal }: ScheduleReach, id: string, isSo: (now: FoundSchedule) => boolean) {
  const until = Date.now() + seenWithinMs;
  for (;;) {
    const now = await describeSchedule(temporal, id);
    if (isSo(now) || Date.now() > until) return now;
    await sleep(lookMs);
  }
}

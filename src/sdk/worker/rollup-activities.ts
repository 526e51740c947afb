// Brings what has closed into the rollups. Each may be cut anywhere and made again: a minute that is told again is the same
// minute. What this process has told it remembers only to spare signals.
import type { NativeConnection } from "@temporalio/worker";
import { type ClosedWithin, closedQuery, countClosedRuns } from "../client/closed-runs.ts";
import type { Encryption } from "../client/encryption.ts";
import { grpc, hasGrpcCode } from "../client/grpc-errors.ts";
import { inParallel } from "../client/in-parallel.ts";
import { readRollups } from "../client/read-rollups.ts";
import { signalSystemWorkflow } from "../client/signal-system-workflow.ts";
import { Temporal } from "../client/temporal.ts";
import {
  minutesKeptMs,
  monthMark,
  readingsSignal,
  rollupActivityTypes as types,
  type RollupCheck,
  rollupIdOf,
  rollupMark,
  rollupMemo,
  type RollupOutcome,
  type RollupPass,
  type RollupReadings,
  rollupWorkflow,
  type TypeTargets,
} from "../core/rollup.ts";
import { type MinuteReading, totalOf } from "../core/rollup-state.ts";
import { closedIn } from "../core/run-totals.ts";
import { beat } from "./while-beating.ts";

interface Place {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
}

const identity = "tenuto-rollups";

/** What a pass reads at once, so that it keeps no more in memory than the minutes of that time. */
const sliceMs = 6 * 3_600_000;
const slicesAPass = 8;
const hourMs = 3_600_000;
const atOnce = 5;

/** The activities of `tenutoRollups`. */
export function rollupActivities({ connection, namespace, encryption }: Place) {
  const told = new ToldMinutes();
  const telling = (targets: TypeTargets): Telling => ({
    temporal: new Temporal({ connection, namespace, identity, encryption }),
    targets,
    told,
  });
  return {
    [types.read]: async ({ since, targets }: RollupPass): Promise<RollupOutcome> => {
      let fromMs = Date.parse(since);
      for (let slice = 0; slice < slicesAPass; slice++) {
        const nowMs = Date.now();
        const isLast = fromMs + sliceMs >= nowMs;
        const before = isLast ? {} : { before: new Date(fromMs + sliceMs).toISOString() };
        await tellClosed(telling(targets), { since: new Date(fromMs).toISOString(), ...before });
        if (isLast) return { readUntil: new Date(nowMs).toISOString(), isDone: true };
        fromMs += sliceMs;
      }
      return { readUntil: new Date(fromMs).toISOString(), isDone: false };
    },
    /** Counts the runs of each hour that has minutes, and reads those again of which there are more than were counted. */
    [types.check]: async ({ until, targets }: RollupCheck): Promise<number> => {
      const { temporal } = telling(targets);
      const untilMs = Math.floor(Date.parse(until) / hourMs) * hourMs;
      const fromMs = untilMs - minutesKeptMs + hourMs;
      const kept = await keptByHour(temporal, fromMs);
      let found = 0;
      for (let startMs = fromMs; startMs < untilMs; startMs += hourMs) {
        beat();
        const hour = { since: new Date(startMs).toISOString(), before: new Date(startMs + hourMs).toISOString() };
        const query = closedQuery(hour);
        const { count } = await temporal.call((service) => service.countWorkflowExecutions({ namespace, query }));
        if (Number(count) <= (kept.get(hour.since) ?? 0)) continue;
        await tellClosed(telling(targets), hour);
        found += 1;
      }
      return found;
    },
  } as const;
}

/** How many runs the rollups have, by the hour's start. */
async function keptByHour(temporal: Temporal, fromMs: number): Promise<ReadonlyMap<string, number>> {
  const rollups = await readRollups(temporal, { from: new Date(fromMs).toISOString().slice(0, 10) });
  const kept = new Map<string, number>();
  for (const { subject, day } of rollups) {
    for (const [hour, totals] of Object.entries(day)) {
      const start = `${subject.day}T${hour.padStart(2, "0")}:00:00.000Z`;
      kept.set(start, (kept.get(start) ?? 0) + closedIn(totalOf(totals)));
    }
  }
  return kept;
}

interface Telling {
  readonly temporal: Temporal;
  readonly targets: TypeTargets;
  readonly told: ToldMinutes;
}

/** Counts what has closed within some time, and tells the rollups. */
async function tellClosed(telling: Telling, within: Omit<ClosedWithin, "targets">): Promise<void> {
  const { temporal, targets } = telling;
  const found = await countClosedRuns(temporal, { ...within, targets }, beat);
  await inParallel(found, atOnce, async (each) => {
    beat();
    const isNew = await tell(telling, each);
    if (!isNew) return;
    // Mostly nothing of its type has closed before on that day; or else somebody has ended the one that had it.
    const { type, day } = each.subject;
    const earlier = { since: `${day}T00:00:00.000Z`, before: within.since, type };
    if (earlier.since >= earlier.before) return;
    const more = await countClosedRuns(temporal, { ...earlier, targets }, beat);
    const own = more.find(({ subject }) => rollupIdOf(subject) === rollupIdOf(each.subject));
    if (own) await tell(telling, own);
  });
}

/** Tells a rollup what is news to it; whether it began with that. */
async function tell({ temporal, told }: Telling, { subject, readings }: RollupReadings): Promise<boolean> {
  const { tenant, day } = subject;
  const id = rollupIdOf(subject);
  const news = readings.filter((reading) => told.isNews(id, reading));
  if (news.length === 0) return false;
  const signal = {
    workflowId: id,
    type: rollupWorkflow,
    signal: readingsSignal,
    value: news,
    input: subject,
    memo: { [rollupMemo]: subject },
    marks: [rollupMark, monthMark(day.slice(0, 7))],
    tenant,
    once: true,
  };
  try {
    const isNew = await signalSystemWorkflow(tenant === undefined ? temporal : temporal.forTenant(tenant), signal);
    if (isNew) told.forget(id);
    told.add(id, news);
    return isNew;
  } catch (error) {
    // Its minutes are added up: what is seen only now came days after it closed.
    if (hasGrpcCode(error, grpc.alreadyExists)) return false;
    throw error;
  }
}

const remembered = 1_000;

/** How many runs of each minute rollups were told. Losing it only costs signals. */
class ToldMinutes {
  readonly #rollups = new Map<string, Map<number, number>>();

  isNews(id: string, { minute, totals }: MinuteReading): boolean {
    return closedIn(totals) > (this.#rollups.get(id)?.get(minute) ?? 0);
  }

  add(id: string, readings: readonly MinuteReading[]): void {
    const minutes = this.#rollups.get(id) ?? new Map<number, number>();
    this.#rollups.delete(id);
    this.#rollups.set(id, minutes);
    for (const { minute, totals } of readings) minutes.set(minute, closedIn(totals));
    const [oldest] = this.#rollups.keys();
    if (this.#rollups.size > remembered && oldest !== undefined) this.#rollups.delete(oldest);
  }

  forget(id: string): void {
    this.#rollups.delete(id);
  }
}

// The runs that have closed, as rollups have them. Those of today are read every few seconds, and what is older when it is
// needed, for it hardly changes.
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { TimeSpan, WindowAt } from "../core/metrics-window.ts";
import { rollupIdOf, rollupsMemo, rollupsWorkflowId, type ToldReading } from "../core/rollup.ts";
import { totalsWithin } from "../core/rollup-state.ts";
import type { RunTotals } from "../core/run-totals.ts";
import { describeIfThere } from "./describe-raw.ts";
import type { Question } from "./kept-answers.ts";
import { type MetricsScope, questionOf, times } from "./metrics-scope.ts";
import { decode } from "./payloads.ts";
import { readRollups, type Rollup } from "./read-rollups.ts";

const dayMs = 86_400_000;

/** A rollup has minutes for two days after its own. */
const minutesDays = 2;

/** What closed at the end of a day is read at the beginning of the next one. */
const overlapMs = 600_000;

/** A rollup is kept so long after its day, at least, as closed workflows of the namespace are. */
const closesAfterMs = 3 * dayMs;

/** What has closed, and how exact that is. */
export interface CountedRuns {
  readonly byType: ReadonlyMap<string, readonly Rollup[]>;
  /** Up to when runs are counted; `undefined` when nobody counts them. */
  readonly readUntilMs: number | undefined;
  /** Since when runs can be counted: before that the server has forgotten them. */
  readonly keptSinceMs: number;
  readonly retentionDays: number;
}

/** Reads what a window and the period before it need. */
export async function countedRuns(
  scope: MetricsScope,
  { before, toMs }: WindowAt,
  { isPatient }: { readonly isPatient: boolean },
): Promise<CountedRuns> {
  const ask = async <Value>(question: Question<Value>) => (await scope.kept.get(question, { isPatient })).value;
  const today = dayOf(toMs - overlapMs);
  const recent = dayOf(Date.parse(today) - minutesDays * dayMs);
  const first = dayOf(before.fromMs);
  const [readUntil, retentionMs, older, days, latest] = await Promise.all([
    ask(readingQuestion(scope)),
    ask(retentionQuestion(scope)),
    first < recent ? ask(rollupsQuestion(scope, { from: first, to: dayOf(Date.parse(recent) - 1) })) : [],
    ask(rollupsQuestion(scope, { from: recent })),
    ask(rollupsQuestion(scope, { from: today, isLatest: true })),
  ]);
  // Of a rollup that was read twice, what was read last.
  const rollups = new Map([...older, ...days, ...latest].map((rollup) => [rollupIdOf(rollup.subject), rollup]));
  const byType = new Map<string, Rollup[]>();
  for (const rollup of rollups.values()) {
    const { type } = rollup.subject;
    byType.set(type, [...(byType.get(type) ?? []), rollup]);
  }
  return {
    byType,
    readUntilMs: readUntil === undefined ? undefined : Date.parse(readUntil),
    keptSinceMs: retentionMs === 0 ? 0 : toMs - retentionMs - closesAfterMs,
    retentionDays: Math.round(retentionMs / dayMs),
  };
}

/** What of rollups is in a span. */
export function* totalsIn(
  rollups: readonly Rollup[],
  { fromMs, toMs }: TimeSpan,
): Generator<{ readonly atMs: number; readonly totals: RunTotals }> {
  for (const { subject, day } of rollups)
    yield* totalsWithin(day, { dayStartMs: Date.parse(`${subject.day}T00:00:00Z`), fromMs, toMs });
}

/** Kept of all tenants together. */
function readingQuestion({ temporal }: MetricsScope): Question<string | undefined> {
  return {
    key: "rollups read until",
    ...times.closed,
    ask: async () => {
      const described = await describeIfThere(temporal.ofNamespace(), { workflowId: rollupsWorkflowId });
      const told = decode(described?.workflowExecutionInfo?.memo?.fields?.[rollupsMemo]) as ToldReading | undefined;
      return told?.readUntil;
    },
  };
}

/** 0 where the server does not tell. */
function retentionQuestion({ temporal }: MetricsScope): Question<number> {
  const { namespace } = temporal;
  return {
    key: "retention",
    ...times.settings,
    ask: async () => {
      const { config } = await temporal.call((service) => service.describeNamespace({ namespace }));
      return config?.workflowExecutionRetentionTtl ? tsToMs(config.workflowExecutionRetentionTtl) : 0;
    },
  };
}

interface Days {
  readonly from: string;
  readonly to?: string;
  readonly isLatest?: boolean;
}

function rollupsQuestion(scope: MetricsScope, { from, to, isLatest = false }: Days): Question<readonly Rollup[]> {
  const when = isLatest ? times.closed : to === undefined ? times.recentDays : times.olderDays;
  return questionOf(scope, when, {
    key: `rollups ${from} ${to ?? ""}${isLatest ? "latest" : ""}`,
    ask: (onRequest) => readRollups(scope.temporal, { from, to }, onRequest),
  });
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

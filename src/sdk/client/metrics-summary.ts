// The numbers of an app at a glance: what has closed by rollups, what is open by visibility.
import { type Duration, parseDuration } from "../core/duration.ts";
import type { EventSourceStatus } from "../core/event-source-status.ts";
import { isoOf } from "../core/iso-of.ts";
import { type MetricsWindow, type TimeSpan, type WindowAt, windowAt } from "../core/metrics-window.ts";
import { numbersOf, type RunNumbers } from "../core/run-numbers.ts";
import { closedIn, type RunTotals, sumOf } from "../core/run-totals.ts";
import { countedRuns, type CountedRuns, totalsIn } from "./counted-runs.ts";
import { inParallel } from "./in-parallel.ts";
import type { Answer, Question } from "./kept-answers.ts";
import { leftOut } from "./left-out.ts";
import { type MetricsPeriod, periodOf } from "./metrics-period.ts";
import type { MetricsScope } from "./metrics-scope.ts";
import {
  groupsQuestion,
  lateQuestion,
  lettersQuestion,
  markedQuestion,
  partialQuestion,
  queuesQuestion,
  runningQuestion,
  sourcesQuestion,
  stuckQuestion,
  tasksQuestion,
} from "./open-work.ts";
import { type OpenByAge, openByAge } from "./open-by-age.ts";
import type { TaskQueue } from "./task-queues.ts";
import { type TopErrorGroup, topGroups } from "./top-error-groups.ts";
import { canBeFound } from "./visibility-query.ts";

/** Which numbers to tell. */
export interface MetricsOptions {
  /** @default "24h" */
  readonly window?: MetricsWindow | undefined;
  /** Only what is about workflows of a type. @default all */
  readonly type?: string | undefined;
  /** Whether numbers may be older, so that asking for them costs nothing more. @default false */
  readonly isPatient?: boolean | undefined;
}

/** Numbers of a window, beside those of the period before. */
export interface ComparedNumbers {
  readonly now: RunNumbers;
  readonly before: RunNumbers;
}

/** The numbers of one workflow type. */
export interface TypeMetrics extends ComparedNumbers {
  readonly type: string;
  /** Runs that have not closed, and those of them that take longer than the SLA; absent beyond the 20 busiest types. */
  readonly open?: { readonly running: number; readonly late: number };
}

/** Open runs, each counted by what it waits for. */
export interface OpenRuns {
  /** When the oldest of the counts was read, those of types among them. */
  readonly asOf: string;
  readonly running: number;
  readonly parked: number;
  readonly paused: number;
  /** Runs that ended with effects left, which nobody has dealt with. */
  readonly partial: number;
  readonly waiting: number;
  /** Runs whose workflow task fails again and again. */
  readonly stuck: number;
}

/** A task queue in brief. */
export interface QueueMetrics {
  readonly name: string;
  /** Tasks that wait for a worker. */
  readonly backlog: number;
  /** For how long the oldest of them has waited. */
  readonly oldestMs?: number;
  readonly pollers: number;
}

/** An event source in brief. */
export interface SourceMetrics extends Pick<EventSourceStatus, "name" | "state"> {
  /** Events that wait at the broker. */
  readonly lag?: number;
  readonly perMinute?: number;
}

/** The numbers of an app; times are RFC 3339. */
export interface MetricsSummary extends MetricsPeriod {
  readonly window: MetricsWindow;
  readonly before: MetricsPeriod;
  /** Up to when closed runs are counted. */
  readonly asOf: string;
  /** Sentences for people: what these numbers don't include. */
  readonly leavesOut: readonly string[];
  readonly total: ComparedNumbers;
  /** The busiest first. */
  readonly types: readonly TypeMetrics[];
  readonly open: OpenRuns;
  readonly tasks: OpenByAge & { readonly overdue: number };
  readonly deadLetters: OpenByAge;
  readonly errorGroups: { readonly asOf: string; readonly top: readonly TopErrorGroup[] };
  readonly queues: readonly QueueMetrics[];
  readonly sources: readonly SourceMetrics[];
}

/** More types than that are not asked for one by one. */
const mostTypes = 20;
const atOnce = 4;

/** @throws what {@link TenutoClient.metricsSummary} throws. */
export async function metricsSummary(scope: MetricsScope, options: MetricsOptions): Promise<MetricsSummary> {
  const { window = "24h", type, isPatient = false } = options;
  const at = windowAt(window, Date.now());
  const ask = <Value>(question: Question<Value>) => scope.kept.get(question, { isPatient });
  const [runs, open, tasks, letters, groups, queues, sources] = await Promise.all([
    countedRuns(scope, at, { isPatient }),
    openRuns(scope, { type, ask }),
    ask(tasksQuestion(scope)),
    ask(lettersQuestion(scope)),
    ask(groupsQuestion(scope)),
    ask(queuesQuestion(scope)),
    ask(sourcesQuestion(scope)),
  ]);
  const counted = countedTypes(scope, { runs, at, type });
  let openSince = open.asOf;
  const types = await inParallel([...counted.entries()], atOnce, async ([place, each]) => {
    const isAsked = place < mostTypes && canBeFound(each.type);
    if (!isAsked) return { ...each.numbers, type: each.type };
    const { asOf, ...ofType } = await openOfType(scope, each, ask);
    if (asOf < openSince) openSince = asOf;
    return { ...each.numbers, type: each.type, open: ofType };
  });
  const lists = { tasks: tasks.value, letters: letters.value };
  return {
    window,
    ...periodOf(at),
    before: periodOf(at.before),
    asOf: isoOf(runs.readUntilMs ?? at.fromMs),
    leavesOut: leftOut(runs, { window, at, types: types.length, mostTypes, ...lists }),
    total: totalOf(counted, spansOf(at, runs)),
    types,
    open: { ...open, asOf: openSince },
    tasks: openByAge(tasks, type),
    deadLetters: withoutOverdue(openByAge(letters, type)),
    errorGroups: { asOf: isoOf(groups.atMs), top: topGroups(scope, groups.value, { at, window, type }) },
    queues: queues.value.map(queueMetrics),
    sources: sources.value.map(sourceMetrics),
  };
}

type Ask = <Value>(question: Question<Value>) => Promise<Answer<Value>>;

const none: OpenRuns = { asOf: "", running: 0, parked: 0, paused: 0, partial: 0, waiting: 0, stuck: 0 };

async function openRuns(
  scope: MetricsScope,
  { type, ask }: { readonly type: string | undefined; readonly ask: Ask },
): Promise<OpenRuns> {
  if (type !== undefined && !canBeFound(type)) return { ...none, asOf: isoOf(Date.now()) };
  const counts = await inParallel(
    [
      ["running", runningQuestion(scope, type)],
      ["parked", markedQuestion(scope, "parked", type)],
      ["paused", markedQuestion(scope, "paused", type)],
      ["waiting", markedQuestion(scope, "waiting", type)],
      ["partial", partialQuestion(scope, type)],
      ["stuck", stuckQuestion(scope, type)],
    ] as const,
    atOnce,
    async ([name, question]) => [name, await ask(question)] as const,
  );
  const asOf = isoOf(Math.min(...counts.map(([, { atMs }]) => atMs)));
  return { ...none, asOf, ...Object.fromEntries(counts.map(([name, { value }]) => [name, value])) };
}

interface CountedType {
  readonly type: string;
  readonly slaMs: number | undefined;
  readonly totals: { readonly now: RunTotals; readonly before: RunTotals };
  readonly numbers: ComparedNumbers;
}

/** All types of the app, and those that have closed besides; the busiest first. */
function countedTypes(
  { app }: MetricsScope,
  { runs, at, type }: { readonly runs: CountedRuns; readonly at: WindowAt; readonly type: string | undefined },
): readonly CountedType[] {
  const slas = new Map(app.workflows.map(({ name, sla }) => [name, msOf(sla)]));
  const names = new Set([...slas.keys(), ...runs.byType.keys()]);
  const spans = spansOf(at, runs);
  return [...names]
    .filter((name) => type === undefined || name === type)
    .map((name): CountedType => {
      const within = (span: TimeSpan) =>
        sumOf([...totalsIn(runs.byType.get(name) ?? [], span)].map(({ totals }) => totals));
      const slaMs = slas.get(name);
      const totals = { now: within(at), before: within(at.before) };
      const numbers = {
        now: numbersOf(totals.now, spans.now, slaMs),
        before: numbersOf(totals.before, spans.before, slaMs),
      };
      return { type: name, slaMs, totals, numbers };
    })
    .filter((each) => slas.has(each.type) || closedIn(each.totals.now) + closedIn(each.totals.before) > 0)
    .toSorted((a, b) => b.numbers.now.closed - a.numbers.now.closed || (a.type < b.type ? -1 : 1));
}

/** What is counted of a window: rates are those of the time up to then. */
function spansOf({ fromMs, toMs, before }: WindowAt, { readUntilMs }: CountedRuns) {
  return { now: { fromMs, toMs: Math.min(toMs, Math.max(fromMs, readUntilMs ?? fromMs)) }, before };
}

function totalOf(types: readonly CountedType[], spans: ReturnType<typeof spansOf>): ComparedNumbers {
  // Each type has few names of its own.
  const sum = (which: "now" | "before") =>
    sumOf(
      types.map(({ totals }) => totals[which]),
      { metrics: Infinity },
    );
  return { now: numbersOf(sum("now"), spans.now), before: numbersOf(sum("before"), spans.before) };
}

async function openOfType(scope: MetricsScope, { type, slaMs }: CountedType, ask: Ask) {
  const running = await ask(runningQuestion(scope, type));
  // None that is late is not running.
  const isAny = slaMs !== undefined && running.value > 0;
  const late = isAny ? await ask(lateQuestion(scope, type, slaMs)) : { value: 0, atMs: running.atMs };
  const asOf = isoOf(Math.min(running.atMs, late.atMs));
  return { asOf, running: running.value, late: Math.min(late.value, running.value) };
}

function queueMetrics({ name, workflow, activity }: TaskQueue): QueueMetrics {
  const backlog = workflow.backlog + activity.backlog;
  const oldestMs = Math.max(workflow.backlogAgeMs, activity.backlogAgeMs);
  const pollers = new Set([...workflow.pollers, ...activity.pollers].map(({ identity }) => identity)).size;
  return { name, backlog, ...(backlog > 0 && { oldestMs }), pollers };
}

function sourceMetrics({ name, state, backlog, ratePerMinute }: EventSourceStatus): SourceMetrics {
  return {
    ...{ name, state },
    ...(backlog !== undefined && { lag: backlog }),
    ...(ratePerMinute !== undefined && { perMinute: ratePerMinute }),
  };
}

function withoutOverdue({ overdue: _, ...open }: ReturnType<typeof openByAge>): OpenByAge {
  return open;
}

function msOf(sla: Duration | undefined): number | undefined {
  return sla === undefined ? undefined : parseDuration(sla);
}

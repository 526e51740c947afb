// What a rule would have raised over the last day, by bounded reads of what the server still knows of it.
import type { temporal as api } from "@temporalio/proto";
import type { AlertCondition, AlertRule } from "../core/alert-rule.ts";
import { alertsFor, concerns, type GroupEvent } from "../core/alert-rules.ts";
import { deadLetterWorkflow } from "../core/dead-letter.ts";
import { facetMark } from "../core/dead-letter-marks.ts";
import { anyAt, crowdedAt, tooHighAt } from "../core/episodes.ts";
import { isoOf } from "../core/iso-of.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { assertRule, assertRulesReached, readAlertRules } from "./alert-rules.ts";
import { byPattern, closedRuns, evaluateRule, said, textOfRate } from "./evaluate-rule.ts";
import { momentOf } from "./rule-moment.ts";
import { minutes, ofType } from "./rule-texts.ts";
import { noneTried, ofRule, type Tried, type TriedAlert, type Trying } from "./rule-trial.ts";
import { runStatusOf } from "./run-status.ts";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { tryLatency, trySla } from "./try-numbers.ts";
import { canBeFound, quote } from "./visibility-query.ts";
import { type Bounded, type WatchedFailure, Watching } from "./watched-letters.ts";

/** What a rule would have raised; times are RFC 3339. */
export interface AlertRuleTrial {
  readonly since: string;
  readonly until: string;
  /** Oldest first, the last 100. */
  readonly alerts: readonly TriedAlert[];
  /** Whether there was more to read than a trial reads. */
  readonly truncated: boolean;
  /** What nobody can know of the past. */
  readonly leavesOut?: string;
}

const dayMs = 24 * 3_600_000;
const mostAlerts = 100;

/** @throws what {@link TenutoClient.tryAlertRule} throws. */
export async function tryAlertRule(temporal: Temporal, rule: AlertRule): Promise<AlertRuleTrial> {
  assertRulesReached(temporal);
  assertRule(rule);
  const untilMs = Date.now();
  const trying: Trying = { watching: new Watching(temporal), rule, sinceMs: untilMs - dayMs, untilMs };
  const { condition } = rule;
  const tries = trials[condition.kind] as Try<AlertCondition["kind"]>;
  const isImpossible = "type" in condition && condition.type !== undefined && !canBeFound(condition.type);
  const { items, truncated, leavesOut } = isImpossible ? noneTried : await tries(trying, condition);
  const alerts = [...items].sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    since: isoOf(trying.sinceMs),
    until: isoOf(untilMs),
    alerts: alerts.slice(-mostAlerts),
    truncated: truncated || alerts.length > mostAlerts,
    ...(leavesOut !== undefined && { leavesOut }),
  };
}

type ConditionOf<Kind extends AlertCondition["kind"]> = Extract<AlertCondition, { kind: Kind }>;
type Try<Kind extends AlertCondition["kind"]> = (trying: Trying, condition: ConditionOf<Kind>) => Promise<Tried>;

const trials: { readonly [Kind in AlertCondition["kind"]]: Try<Kind> } = {
  groupNew: tryGroups,
  groupRegressed: () =>
    Promise.resolve({ ...noneTried, leavesOut: "Which groups had been resolved when they came back: only they know" }),
  async failures(trying, { type, count, windowMs }) {
    const failures = await failuresSince(trying, type);
    const times = failures.items.map(({ since }) => Date.parse(since)).sort((a, b) => a - b);
    const text = `${count} failures${ofType(type)} within ${minutes(windowMs)}.`;
    const items = crowdedAt(times, { count, windowMs }).map((atMs) => ofRule(trying.rule, { atMs, text }));
    return { items, truncated: failures.truncated };
  },
  async failureRate(trying, { type, ...limit }) {
    const { items: ends, truncated } = await trying.watching.list(closedRuns(type, trying.sinceMs), endOf);
    const inOrder = [...ends].sort((a, b) => a.atMs - b.atMs);
    const items = tooHighAt(inOrder, limit).map(({ atMs, ...rate }) =>
      ofRule(trying.rule, { atMs, text: textOfRate(rate, { type, windowMs: limit.windowMs }) }),
    );
    return { items, truncated };
  },
  async lettersOlder(trying, condition) {
    const { type, olderThanMs } = condition;
    const { sinceMs, untilMs, watching } = trying;
    const letters = await watching.letters(openSince(sinceMs));
    const parked = await watching.parkedRuns();
    const old = [...letters.items.map((letter) => ({ until: undefined, ...letter })), ...parked.items]
      .filter((each) => concerns(condition, each.type))
      .map((each) => ({
        fromMs: Math.max(sinceMs, Date.parse(each.since) + olderThanMs),
        untilMs: "until" in each && each.until !== undefined ? Date.parse(each.until) : untilMs,
      }));
    const text = `Dead letters${ofType(type)} are open for longer than ${minutes(olderThanMs)}.`;
    const items = anyAt(old).map((atMs) => ofRule(trying.rule, { atMs, text }));
    return { items, truncated: letters.truncated || parked.truncated };
  },
  stuckRun: (trying, condition) => tryKind(trying, { kind: "stuck", condition, words: said.stuckRun }),
  sagaPartial: (trying, condition) => tryKind(trying, { kind: "partial", condition, words: said.sagaPartial }),
  undoParked: (trying) => tryNow(trying, "Undos that were parked and are decided: lists don't keep them"),
  noPoller: (trying) => tryNow(trying, "Queues that nobody polled before: the server only knows who polls now"),
  slaBreach: trySla,
  latency: tryLatency,
  backlog: (trying) => tryNow(trying, "What waited before: the server only knows what waits now"),
  oldestTask: (trying) => tryNow(trying, "What waited before: the server only knows what waits now"),
  humanTasksOlder: (trying) => tryNow(trying, "Tasks that were answered since: only those that wait are looked at"),
  sourceLag: (trying) => tryNow(trying, "What waited before: processes tell what waits now"),
};

/** A pattern without a letter from before is new. */
async function tryGroups(trying: Trying, condition: ConditionOf<"groupNew">): Promise<Tried> {
  const { watching, rule, sinceMs } = trying;
  const { items: failures, truncated } = await failuresSince(trying, condition.type);
  const inOrder = [...failures].sort((a, b) => (a.since < b.since ? -1 : 1));
  const first = new Map<string, WatchedFailure>();
  for (const failure of inOrder) {
    const key = `${failure.fingerprint} ${failure.tenant ?? ""}`;
    if (!first.has(key)) first.set(key, failure);
  }
  const items: TriedAlert[] = [];
  for (const failure of [...first.values()].slice(0, mostAlerts)) {
    const mark = `${marksAttribute} = ${quote(facetMark("fingerprint", failure.fingerprint))}`;
    const before = `WorkflowType = ${quote(deadLetterWorkflow)} AND ${mark} AND StartTime < ${quote(isoOf(sinceMs))}`;
    if ((await watching.count(before)) > 0) continue;
    items.push(...alertsFor([{ ...rule, isEnabled: true }], groupEvent(failure)).map(shown));
  }
  return { items, truncated: truncated || first.size > mostAlerts };
}

function groupEvent({ type, step, errorType, fingerprint, tenant, since }: WatchedFailure): GroupEvent {
  const title = `${errorType} in ${step ?? type}`;
  return { kind: "groupNew", type, step, errorType, fingerprint, tenant, title, regression: 0, at: since };
}

interface Kind {
  readonly kind: "stuck" | "partial";
  readonly condition: AlertCondition;
  readonly words: { readonly title: string; readonly what: string };
}

/** Once for each pattern. */
async function tryKind({ watching, sinceMs }: Trying, { kind, condition, words }: Kind): Promise<Tried> {
  const mark = `${marksAttribute} = ${quote(facetMark("kind", kind))}`;
  const { items: letters, truncated } = await watching.letters(`${mark} AND ${openSince(sinceMs)}`);
  const wanted = letters.filter(({ type }) => concerns(condition, type));
  const items = byPattern(wanted, words).map((found) => {
    const times = wanted
      .filter(({ fingerprint, tenant }) => fingerprint === found.subject && tenant === found.tenant)
      .map(({ since }) => since);
    return shown({ ...found, at: times.sort()[0] ?? isoOf(sinceMs) });
  });
  return { items, truncated };
}

/** What is so at this moment is all that is known. */
async function tryNow({ watching, rule, untilMs }: Trying, leavesOut: string): Promise<Tried> {
  const moment = momentOf(await readAlertRules(watching.temporal), untilMs);
  const { items, truncated } = await evaluateRule(watching, rule, moment);
  return { items: items.map((found) => shown({ ...found, at: isoOf(untilMs) })), truncated, leavesOut };
}

/** What failed in the last day, parked runs by their incidents. */
async function failuresSince(
  { watching, sinceMs }: Trying,
  ofThat: string | undefined,
): Promise<Bounded<WatchedFailure>> {
  const since = isoOf(sinceMs);
  const mark = ofThat === undefined ? "" : ` AND ${marksAttribute} = ${quote(facetMark("type", ofThat))}`;
  const letters = await watching.letters(`StartTime >= ${quote(since)}${mark}`);
  const parked = await watching.parkedRuns();
  const incidents = parked.items.flatMap((run) => run.incidents.slice(0, 1)).filter((each) => each.since >= since);
  return {
    items: [...letters.items, ...incidents].filter(({ type }) => ofThat === undefined || type === ofThat),
    truncated: letters.truncated || parked.truncated,
  };
}

function openSince(sinceMs: number): string {
  return `(ExecutionStatus = 'Running' OR CloseTime >= ${quote(isoOf(sinceMs))})`;
}

function endOf({ status, closeTime }: api.api.workflow.v1.IWorkflowExecutionInfo) {
  const at = timeOf(closeTime);
  const ended = runStatusOf(status);
  return at === undefined ? undefined : { atMs: Date.parse(at), isFailed: ended === "failed" || ended === "timedOut" };
}

function shown({ subject, title, text, tenant, at }: TriedAlert): TriedAlert {
  return { subject, title, text, ...(tenant !== undefined && { tenant }), at };
}

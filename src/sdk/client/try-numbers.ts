// What rules about durations would have raised, by the runs that closed or still run.
import type { AlertCondition } from "../core/alert-rule.ts";
import { anyAt, tooHighAt } from "../core/episodes.ts";
import { isoOf } from "../core/iso-of.ts";
import { readAlertRules } from "./alert-rules.ts";
import { slasOf, textOfBreach, textOfLatency } from "./evaluate-numbers.ts";
import { momentOf } from "./rule-moment.ts";
import { closedOf, startedMsOf } from "./closed-runs.ts";
import { ofRule, type Tried, type TriedAlert, type Trying } from "./rule-trial.ts";
import { closedSince, completedSince, listLonger, runningLonger } from "./slow-runs.ts";

type ConditionOf<Kind extends AlertCondition["kind"]> = Extract<AlertCondition, { kind: Kind }>;

/** For as long as a run is late, and the window after it closed; by type. */
export async function trySla(
  { watching, sinceMs, untilMs }: Trying,
  condition: ConditionOf<"slaBreach">,
): Promise<Tried> {
  const { slas } = momentOf(await readAlertRules(watching.temporal), untilMs);
  const tried: TriedAlert[] = [];
  let isTruncated = false;
  for (const [type, slaMs] of slasOf(slas, condition.type)) {
    const query = closedSince(type, sinceMs);
    const closed = await listLonger(watching, { query, longerThanMs: slaMs, nowMs: untilMs });
    const running = await watching.list(runningLonger({ type, longerThanMs: slaMs }, untilMs), startedMsOf);
    isTruncated ||= closed.truncated || running.truncated;
    const spans = [
      ...closed.items.map(({ atMs, durationMs }) => ({
        fromMs: Math.max(sinceMs, atMs - durationMs + slaMs),
        untilMs: atMs + condition.windowMs,
      })),
      ...running.items.map((startMs) => ({ fromMs: Math.max(sinceMs, startMs + slaMs), untilMs })),
    ];
    const text = textOfBreach(type, slaMs);
    tried.push(...anyAt(spans).map((atMs) => ({ subject: type, title: `Late: ${type}`, text, at: isoOf(atMs) })));
  }
  return { items: tried, truncated: isTruncated };
}

/** A percentile is too high when too large a share of the runs is. */
export async function tryLatency(trying: Trying, condition: ConditionOf<"latency">): Promise<Tried> {
  const { type, aboveMs, windowMs, minRuns, percentile } = condition;
  const { items, truncated } = await trying.watching.list(completedSince(type, trying.sinceMs), closedOf);
  const ends = items
    .map(({ atMs, durationMs }) => ({ atMs, isFailed: durationMs > aboveMs }))
    .sort((a, b) => a.atMs - b.atMs);
  const found = tooHighAt(ends, { abovePercent: 100 - percentile, minRuns, windowMs });
  const alerts = found.map(({ atMs, runs, failed }) => ({
    ...ofRule(trying.rule, { atMs, text: textOfLatency(condition, { runs, slow: failed }) }),
    subject: type,
  }));
  return { items: alerts, truncated };
}

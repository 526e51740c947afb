// What can't be meant by an alert rule. Asked where a rule is defined, put, and stored.
import type { AlertCondition, AlertRule } from "./alert-rule.ts";
import type { ValidationIssue } from "./errors/validation-issue.ts";

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;

type Issues = readonly ValidationIssue[];
type Check<Value> = (value: Value) => Issues;
type ConditionOf<Kind extends AlertCondition["kind"]> = Extract<AlertCondition, { kind: Kind }>;

/** What is wrong with a rule that has the right shape; nothing, when it can be used. */
export function issuesOfRule(rule: AlertRule): Issues {
  const { id, title, channels, coolDownMs, escalation, condition } = rule;
  return [
    ...unless(/^[A-Za-z0-9._-]{1,64}$/.test(id), "/id", "1 to 64 of letters, digits, `.`, `_` and `-`"),
    ...unless(isText(title, 200), "/title", "1 to 200 characters"),
    ...channelIssues(channels, "/channels"),
    ...(coolDownMs === undefined ? [] : between(coolDownMs, "/coolDownMs", [0, 30 * dayMs])),
    ...(escalation
      ? [
          ...between(escalation.afterMs, "/escalation/afterMs", [minuteMs, 30 * dayMs]),
          ...channelIssues(escalation.channels, "/escalation/channels"),
        ]
      : []),
    ...conditionIssues(condition),
  ];
}

function conditionIssues(condition: AlertCondition): Issues {
  const check = checks[condition.kind] as Check<AlertCondition> | undefined;
  if (!check) return [{ pointer: "/condition/kind", message: `One of ${Object.keys(checks).join(", ")}` }];
  const type = "type" in condition ? condition.type : undefined;
  return [
    ...unless(type === undefined || isText(type, 255), "/condition/type", "1 to 255 characters"),
    ...check(condition),
  ];
}

const none = (): Issues => [];

const checks: { readonly [Kind in AlertCondition["kind"]]: Check<ConditionOf<Kind>> } = {
  groupNew: none,
  groupRegressed: none,
  failures: ({ count, windowMs }) => [
    ...between(count, "/condition/count", [1, 1_000_000]),
    ...between(windowMs, "/condition/windowMs", [minuteMs, dayMs]),
  ],
  failureRate: ({ abovePercent, windowMs, minRuns }) => [
    ...unless(
      abovePercent >= 0 && abovePercent < 100,
      "/condition/abovePercent",
      "A number from 0 to 100, and below 100",
    ),
    ...between(windowMs, "/condition/windowMs", [minuteMs, dayMs]),
    ...between(minRuns, "/condition/minRuns", [1, 1_000_000]),
  ],
  lettersOlder: ({ olderThanMs }) => between(olderThanMs, "/condition/olderThanMs", [minuteMs, 30 * dayMs]),
  stuckRun: none,
  noPoller: ({ forMs }) => between(forMs, "/condition/forMs", [10_000, dayMs]),
  undoParked: none,
  sagaPartial: none,
  slaBreach: ({ windowMs }) => between(windowMs, "/condition/windowMs", [minuteMs, dayMs]),
  latency: ({ type, percentile, aboveMs, windowMs, minRuns }) => [
    ...unless(isText(type, 255), "/condition/type", "1 to 255 characters"),
    ...unless(percentile >= 1 && percentile < 100, "/condition/percentile", "A number from 1 to 100, and below 100"),
    ...between(aboveMs, "/condition/aboveMs", [1, 30 * dayMs]),
    ...between(windowMs, "/condition/windowMs", [minuteMs, dayMs]),
    ...between(minRuns, "/condition/minRuns", [1, 1_000_000]),
  ],
  backlog: ({ queue, above }) => [
    ...unless(queue === undefined || isText(queue, 255), "/condition/queue", "1 to 255 characters"),
    ...between(above, "/condition/above", [0, 100_000_000]),
  ],
  oldestTask: ({ queue, olderThanMs }) => [
    ...unless(queue === undefined || isText(queue, 255), "/condition/queue", "1 to 255 characters"),
    ...between(olderThanMs, "/condition/olderThanMs", [10_000, 30 * dayMs]),
  ],
  humanTasksOlder: ({ olderThanMs }) => between(olderThanMs, "/condition/olderThanMs", [minuteMs, 30 * dayMs]),
  sourceLag: ({ source, above }) => [
    ...unless(source === undefined || isText(source, 255), "/condition/source", "1 to 255 characters"),
    ...between(above, "/condition/above", [0, 100_000_000]),
  ],
};

function channelIssues(channels: readonly string[], pointer: string): Issues {
  const isUsable = channels.length >= 1 && channels.length <= 10;
  const bad = channels.findIndex((name) => !isText(name, 64));
  return [
    ...unless(isUsable, pointer, "1 to 10 names of channels"),
    ...unless(bad === -1, `${pointer}/${bad}`, "1 to 64 characters"),
    ...unless(new Set(channels).size === channels.length, pointer, "Each channel once"),
  ];
}

function isText(text: unknown, most: number): boolean {
  return typeof text === "string" && text.trim() !== "" && text.length <= most;
}

function between(value: number, pointer: string, [least, most]: readonly [number, number]): Issues {
  const isFine = Number.isInteger(value) && value >= least && value <= most;
  return unless(isFine, pointer, `A whole number from ${least} to ${most}`);
}

function unless(isFine: boolean, pointer: string, message: string): Issues {
  return isFine ? [] : [{ pointer, message }];
}

import { issuesOfRule } from "./alert-rule-issues.ts";
import type { AlertCondition, AlertRule, AlertSeverity } from "./alert-rule.ts";
import { ruleLimits } from "./alert-rules.ts";
import { type Duration, parseDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** What a rule looks for, as code says it; `type` limits it to one workflow type. */
export type AlertConditionDefinition =
  | { readonly kind: "groupNew" | "groupRegressed" | "stuckRun" | "undoParked" | "sagaPartial"; readonly type?: string }
  /** So many dead letters of one type, or of any, within a window of a minute to a day. */
  | { readonly kind: "failures"; readonly type?: string; readonly count: number; readonly window: Duration }
  /** More than this share of the runs that ended within a window has failed; of at least `minRuns`. */
  | {
      readonly kind: "failureRate";
      readonly type?: string;
      readonly abovePercent: number;
      readonly window: Duration;
      /** @default 20 */
      readonly minRuns?: number;
    }
  | { readonly kind: "lettersOlder"; readonly type?: string; readonly olderThan: Duration }
  /** Work waits for that long, and nobody asks for it. */
  | { readonly kind: "noPoller"; readonly for: Duration }
  /** Runs are running past the SLA of their type, or closed late within a window of a minute to a day. */
  | { readonly kind: "slaBreach"; readonly type?: string; readonly window: Duration }
  /** A percentile of how long runs took that completed within a window of a minute to a day; of at least `minRuns`. */
  | {
      readonly kind: "latency";
      readonly type: string;
      /** @default 95 */
      readonly percentile?: number;
      readonly above: Duration;
      readonly window: Duration;
      /** @default 20 */
      readonly minRuns?: number;
    }
  /** More work waits on one of the app's task queues, or on any. */
  | { readonly kind: "backlog"; readonly queue?: string; readonly above: number }
  /** Work has waited for longer on one of the app's task queues, or on any. */
  | { readonly kind: "oldestTask"; readonly queue?: string; readonly olderThan: Duration }
  /** Questions to people that nobody has answered for longer; `type` is the name of the task. */
  | { readonly kind: "humanTasksOlder"; readonly type?: string; readonly olderThan: Duration }
  /** More events wait at the broker of an event source, or of any. */
  | { readonly kind: "sourceLag"; readonly source?: string; readonly above: number };

/** A rule, as code says it. */
export interface AlertRuleDefinition {
  /** 1 to 64 of letters, digits, `.`, `_` and `-`; that of a shipped rule takes its place. */
  readonly id: string;
  /** @default the id */
  readonly title?: string;
  readonly condition: AlertConditionDefinition;
  /** @default "error" */
  readonly severity?: AlertSeverity;
  /** Names of channels. @default ["log"] */
  readonly channels?: readonly string[];
  /** For how long the same subject is not told again after it was over. @default "15m" */
  readonly coolDown?: Duration;
  /** Who is told besides when nobody has acknowledged for that long. */
  readonly escalation?: { readonly after: Duration; readonly channels: readonly string[] };
  /** @default true */
  readonly isEnabled?: boolean;
}

/**
 * Rules by which alerts are raised, for a worker's option `alerts`: at most 100, and 50,000 characters of JSON.
 *
 * @throws {@link InvalidDefinition} when a rule can't mean anything sound, or two share an id.
 * @example
 * ```ts
 * const rules = defineAlertRules([
 *   { id: "orders-fail", condition: { kind: "failures", type: "fulfillOrder", count: 20, window: "10m" } },
 *   { id: "tenuto.stuck-run", condition: { kind: "stuckRun" }, isEnabled: false },
 * ]);
 * ```
 */
export function defineAlertRules(definitions: readonly AlertRuleDefinition[]): readonly AlertRule[] {
  const rules = definitions.map(ruleOf);
  const twice = rules.find(({ id }, index) => rules.findIndex((other) => other.id === id) !== index);
  if (twice) throw unusable("The list of alert rules", `"${twice.id}" twice`, "Name each once.");
  assertSize(rules);
  return rules;
}

function ruleOf(definition: AlertRuleDefinition): AlertRule {
  const { id, title = id, severity = "error", channels = ["log"], coolDown, escalation, isEnabled = true } = definition;
  const what = `Alert rule "${id}"`;
  const rule: AlertRule = {
    id,
    title,
    condition: conditionOf(definition.condition, what),
    severity,
    channels,
    ...(coolDown !== undefined && { coolDownMs: parseDuration(coolDown, `The cool-down of ${what}`) }),
    ...(escalation && {
      escalation: {
        afterMs: parseDuration(escalation.after, `The escalation of ${what}`),
        channels: escalation.channels,
      },
    }),
    isEnabled,
  };
  const [issue] = issuesOfRule(rule);
  if (issue) throw unusable(`${what}, at ${issue.pointer},`, valueAt(rule, issue.pointer), `${issue.message}.`);
  return rule;
}

function conditionOf(condition: AlertConditionDefinition, what: string): AlertCondition {
  switch (condition.kind) {
    case "failures": {
      const { window, ...rest } = condition;
      return { ...rest, windowMs: parseDuration(window, `The window of ${what}`) };
    }
    case "failureRate": {
      const { window, minRuns = 20, ...rest } = condition;
      return { ...rest, minRuns, windowMs: parseDuration(window, `The window of ${what}`) };
    }
    case "slaBreach": {
      const { window, ...rest } = condition;
      return { ...rest, windowMs: parseDuration(window, `The window of ${what}`) };
    }
    case "latency": {
      const { percentile = 95, above, window, minRuns = 20, ...rest } = condition;
      const aboveMs = parseDuration(above, `The limit of ${what}`);
      return { ...rest, percentile, aboveMs, minRuns, windowMs: parseDuration(window, `The window of ${what}`) };
    }
    case "oldestTask":
    case "humanTasksOlder":
    case "lettersOlder": {
      const { olderThan, ...rest } = condition;
      return { ...rest, olderThanMs: parseDuration(olderThan, `The age of ${what}`) };
    }
    case "noPoller":
      return { kind: condition.kind, forMs: parseDuration(condition.for, `The time of ${what}`) };
    default:
      return condition;
  }
}

function assertSize(rules: readonly AlertRule[]): void {
  if (rules.length > ruleLimits.rules)
    throw unusable("The list of alert rules", rules.length, `Give at most ${ruleLimits.rules}.`);
  const size = JSON.stringify(rules).length;
  if (size > ruleLimits.characters)
    throw unusable("The list of alert rules", `${size} characters of JSON`, `Give at most ${ruleLimits.characters}.`);
}

function valueAt(rule: AlertRule, pointer: string): unknown {
  return pointer
    .slice(1)
    .split("/")
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], rule);
}

function unusable(what: string, got: unknown, remedy: string): InvalidDefinition {
  return new InvalidDefinition({ what, got, remedy });
}

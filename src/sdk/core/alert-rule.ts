// What the isolate, Node and operators agree on about the rules by which alerts are raised. Rules are data.
import type { OperatorNote } from "./incident.ts";

/** The type of the workflow that keeps the rules of a namespace. */
export const alertRulesWorkflow = "tenutoAlertRules";

/** There is one a namespace; its memo has the rules, readable without a worker. */
export const alertRulesWorkflowId = "tenuto-alert-rules";

/** What a rule looks for; times are in milliseconds, and `type` limits it to one workflow type. */
export type AlertCondition =
  /** An error group that was never seen before. */
  | { readonly kind: "groupNew"; readonly type?: string | undefined }
  /** An error group that comes back after it was resolved, or that is past what it was ignored until. */
  | { readonly kind: "groupRegressed"; readonly type?: string | undefined }
  /** So many failures within a window. */
  | { readonly kind: "failures"; readonly type?: string | undefined; readonly count: number; readonly windowMs: number }
  /** More of the runs that ended within a window have failed; of at least `minRuns`. */
  | {
      readonly kind: "failureRate";
      readonly type?: string | undefined;
      readonly abovePercent: number;
      readonly windowMs: number;
      readonly minRuns: number;
    }
  /** Dead letters that are open for longer. */
  | { readonly kind: "lettersOlder"; readonly type?: string | undefined; readonly olderThanMs: number }
  /** Runs whose workflow task fails again and again. */
  | { readonly kind: "stuckRun"; readonly type?: string | undefined }
  /** Work waits on a task queue that nobody polls. */
  | { readonly kind: "noPoller"; readonly forMs: number }
  /** An undo whose retries ran out waits for somebody. */
  | { readonly kind: "undoParked"; readonly type?: string | undefined }
  /** A run is over, and an undo of it was given up. */
  | { readonly kind: "sagaPartial"; readonly type?: string | undefined }
  /** Runs are running past the SLA of their type, or closed late within a window. */
  | { readonly kind: "slaBreach"; readonly type?: string | undefined; readonly windowMs: number }
  /** A percentile of the durations of runs that completed within a window; of at least `minRuns`. */
  | {
      readonly kind: "latency";
      readonly type: string;
      readonly percentile: number;
      readonly aboveMs: number;
      readonly windowMs: number;
      readonly minRuns: number;
    }
  /** More work waits on a task queue. */
  | { readonly kind: "backlog"; readonly queue?: string | undefined; readonly above: number }
  /** The work that has waited longest on a task queue. */
  | { readonly kind: "oldestTask"; readonly queue?: string | undefined; readonly olderThanMs: number }
  /** Questions to people that nobody has answered for longer; `type` is that of the task. */
  | { readonly kind: "humanTasksOlder"; readonly type?: string | undefined; readonly olderThanMs: number }
  /** More events wait at the broker of an event source. */
  | { readonly kind: "sourceLag"; readonly source?: string | undefined; readonly above: number };

/** How bad it is; PagerDuty's words. */
export type AlertSeverity = "info" | "warning" | "error" | "critical";

/** One rule. */
export interface AlertRule {
  /** 1 to 64 of letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  readonly title: string;
  readonly condition: AlertCondition;
  readonly severity: AlertSeverity;
  /** Names of channels of the app. */
  readonly channels: readonly string[];
  /** For how long the same subject is not told again after it was over. @default 15 minutes */
  readonly coolDownMs?: number | undefined;
  /** Who is told besides when nobody has acknowledged for that long. */
  readonly escalation?: { readonly afterMs: number; readonly channels: readonly string[] } | undefined;
  readonly isEnabled: boolean;
}

/** Where a rule comes from: Tenuto itself, the code of an app, or somebody who has put it over the API. */
export type AlertRuleOrigin = "shipped" | "code" | "api";

/** A rule as it is kept. */
export interface StoredAlertRule extends AlertRule {
  readonly origin: AlertRuleOrigin;
  /** Of an edited rule: the one that is back when this one is deleted. */
  readonly original?: Exclude<AlertRuleOrigin, "api">;
  /** Who changed it last, why and when (RFC 3339); of a rule from code, the app's deploy. */
  readonly changed?: OperatorNote & { readonly at: string };
}

/** The signal that tells which rules an app's code has; carries an {@link AlertRulesDeploy}. */
export const deployRulesSignal = "deploy";

/** The update that adds or edits a rule; takes a {@link PutAlertRule}, answers the {@link StoredAlertRule}. */
export const putRuleUpdate = "put";

/** The update that deletes what somebody has put; takes a {@link DeleteAlertRule}. */
export const deleteRuleUpdate = "delete";

/** The memo field in which the rules' workflow keeps {@link AlertRulesRecord}. */
export const alertRulesMemo = "tenutoAlertRules";

/** The rules that an app's code has. */
export interface AlertRulesDeploy {
  /** The app's name, which is its own task queue. */
  readonly app: string;
  readonly rules: readonly AlertRule[];
  /** All of the app's task queues. @default its own alone */
  readonly taskQueues?: readonly string[];
  /** By type, the longest that a run should take, in milliseconds. @default none has an SLA */
  readonly slas?: Readonly<Record<string, number>>;
  /** Of app and rules: a deploy that changes nothing is not told. */
  readonly hash: string;
  /** RFC 3339. */
  readonly at: string;
}

/** That somebody adds or edits a rule. */
export interface PutAlertRule extends OperatorNote {
  readonly rule: AlertRule;
}

/** That somebody deletes what was put. */
export interface DeleteAlertRule extends OperatorNote {
  readonly id: string;
}

/** What the memo of the rules' workflow says. */
export interface AlertRulesRecord {
  /** All that hold, by id. */
  readonly rules: readonly StoredAlertRule[];
  /** The apps whose workers have told their rules, and the hash of what they told. */
  readonly apps: Readonly<Record<string, string>>;
  /** The task queues of the apps. @default each has its own alone */
  readonly taskQueues?: readonly string[];
  /** Of the apps' types, the longest that a run should take, in milliseconds. @default none has an SLA */
  readonly slas?: Readonly<Record<string, number>>;
}

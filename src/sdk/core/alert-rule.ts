// What the isolate, Node and operators agree on about the rules by which alerts are raised. Rules are data.

/** The type of the workflow that keeps the rules of a namespace. */
export const alertRulesWorkflow = "tenutoAlertRules";

/** There is one a namespace; its memo has the rules, readable without a worker. */
export const alertRulesWorkflowId = "tenuto-alert-rules";

/** What a rule looks for; times are in milliseconds, and `type` limits it to one workflow type. */
export type AlertCondition =
  /** An error group that was never seen before. */
  | { readonly kind: "groupNew"; readonly type?: string }
  /** An error group that comes back after it was resolved, or that is past what it was ignored until. */
  | { readonly kind: "groupRegressed"; readonly type?: string }
  /** So many failures within a window. */
  | { readonly kind: "failures"; readonly type?: string; readonly count: number; readonly windowMs: number }
  /** More of the runs that ended within a window have failed; of at least `minRuns`. */
  | {
      readonly kind: "failureRate";
      readonly type?: string;
      readonly abovePercent: number;
      readonly windowMs: number;
      readonly minRuns: number;
    }
  /** Dead letters that are open for longer. */
  | { readonly kind: "lettersOlder"; readonly type?: string; readonly olderThanMs: number }
  /** Runs whose workflow task fails again and again. */
  | { readonly kind: "stuckRun"; readonly type?: string }
  /** Work waits on a task queue that nobody polls. */
  | { readonly kind: "noPoller"; readonly forMs: number }
  /** An undo whose retries ran out waits for somebody. */
  | { readonly kind: "undoParked"; readonly type?: string }
  /** A run is over, and an undo of it was given up. */
  | { readonly kind: "sagaPartial"; readonly type?: string };

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
  readonly coolDownMs?: number;
  /** Who is told besides when nobody has acknowledged for that long. */
  readonly escalation?: { readonly afterMs: number; readonly channels: readonly string[] };
  readonly isEnabled: boolean;
}

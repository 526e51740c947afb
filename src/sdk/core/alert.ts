// What the isolate, Node and operators agree on about alerts: somebody is told once of what a rule has found.
import type { AlertSeverity } from "./alert-rule.ts";

/** The type of the workflow that is one alert: all that a rule has found about one subject until it is over. */
export const alertWorkflow = "tenutoAlert";

/** The type of the workflow that brings one message of an alert to one channel; one that can't fails, and is a dead letter. */
export const alertDeliveryWorkflow = "tenutoAlertDelivery";

/** The memo field in which an alert's workflow keeps its {@link AlertRecord}, readable without a worker. */
export const alertMemo = "tenutoAlert";

/** The signal that raises an alert, or adds to one that is open; carries a {@link RaisedAlert}. */
export const raiseSignal = "raise";

/** The signal that says that what was found is over; carries an {@link AlertEnd}. */
export const endSignal = "end";

/** The update by which somebody takes an alert on; takes an `OperatorNote`. */
export const acknowledgeUpdate = "acknowledge";

/** Where an alert stands. */
export type AlertStatus = "open" | "acknowledged" | "resolved";

/** What a rule has found, as it is raised. */
export interface RaisedAlert {
  /** The rule's id. */
  readonly rule: string;
  /** What it is about, such as a fingerprint or a task queue: the same subject is one alert. */
  readonly subject: string;
  /** Once for all that is raised under it: repeats change nothing. Such as `regressed-2`. */
  readonly occurrence: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  /** A few plain sentences; nothing that contracts redact. */
  readonly text: string;
  /** Where to look, under the names that are shown. */
  readonly links: Readonly<Record<string, string>>;
  readonly channels: readonly string[];
  readonly coolDownMs: number;
  readonly escalation?: { readonly afterMs: number; readonly channels: readonly string[] };
  /** Whose it is. */
  readonly tenant?: string;
  /** RFC 3339. */
  readonly at: string;
}

/** That what was found is over. */
export interface AlertEnd {
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What an alert's memo says. */
export interface AlertRecord extends Omit<RaisedAlert, "occurrence" | "at"> {
  /** 32 hex digits, of rule, subject and tenant. */
  readonly id: string;
  readonly status: AlertStatus;
  /** How many occurrences it stands for. */
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly acknowledged?: { readonly by: string; readonly reason: string; readonly at: string };
  readonly escalatedAt?: string;
  readonly resolved?: AlertEnd;
}

// What the isolate, Node and operators agree on about alerts: somebody is told once of what a rule has found.
import type { DeliveryPatience } from "./alert-delivery.ts";
import { type AlertSeverity, alertRulesWorkflow } from "./alert-rule.ts";
import type { OperatorNote } from "./incident.ts";

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

/** Where an alert stands: nobody has taken on one that is `open`; one that is `resolved` is over. */
export type AlertStatus = "open" | "acknowledged" | "resolved";

/** Every {@link AlertStatus}. */
export const alertStatuses = ["open", "acknowledged", "resolved"] as const satisfies readonly AlertStatus[];

/** Whether a workflow of that type is itself about alerts: its failures raise none, or there would be no end to it. */
export function isAboutAlerts(type: string): boolean {
  return type === alertWorkflow || type === alertDeliveryWorkflow || type === alertRulesWorkflow;
}

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
  /** Names of the channels that are told. */
  readonly channels: readonly string[];
  /** For how long after it was over somebody who was told is not told again. */
  readonly coolDownMs: number;
  /** Who is told besides when nobody has acknowledged for that long. */
  readonly escalation?: { readonly afterMs: number; readonly channels: readonly string[] };
  /** Whose it is. */
  readonly tenant?: string;
  /** How long a channel is tried. @default about an hour */
  readonly patience?: DeliveryPatience;
  /** RFC 3339. */
  readonly at: string;
}

/** That what was found is over. */
export interface AlertEnd {
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What only an alert itself needs of its record. */
export type AlertBookkeeping = "occurrences" | "lastMessages" | "patience";

/** What an alert's memo says. */
export interface AlertRecord extends Omit<RaisedAlert, "occurrence" | "at"> {
  /** 32 hex digits, of rule, subject and tenant. */
  readonly id: string;
  readonly status: AlertStatus;
  /** How many occurrences it stands for, those of its cool-down counted in. */
  readonly count: number;
  /** The last 20 of them and of those before, by which a repeat is known. */
  readonly occurrences: readonly string[];
  /** What each channel was sent last, as the workflow id of that delivery ends: the next message waits for it. */
  readonly lastMessages: Readonly<Record<string, string>>;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Who has taken it on, since it was last raised. */
  readonly acknowledged?: OperatorNote & { readonly at: string };
  /** Since it was last raised. */
  readonly escalatedAt?: string;
  readonly resolved?: AlertEnd;
}

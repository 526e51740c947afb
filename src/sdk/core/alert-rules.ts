// Which rules Tenuto ships, and what they make of an error group that is new, or comes back.
import type { RaisedAlert } from "./alert.ts";
import type { AlertCondition, AlertRule, AlertSeverity } from "./alert-rule.ts";

/** For how long the same subject is not told again after it was over, in milliseconds. */
const defaultCoolDownMs = 15 * 60_000;

/** How many rules there may be, and their size in JSON; edited ones and those from code have half of it each. */
export const ruleLimits = { rules: 100, characters: 50_000 } as const;

/** The channel that is always there: the worker's log. */
const log = "log";

function shipped(id: string, title: string, condition: AlertCondition, severity: AlertSeverity): AlertRule {
  return { id, title, condition, severity, channels: [log], isEnabled: true };
}

/** The rules that hold where nobody has said otherwise. */
export const shippedAlertRules: readonly AlertRule[] = [
  shipped("tenuto.group-new", "A new kind of failure", { kind: "groupNew" }, "error"),
  shipped("tenuto.group-regressed", "A kind of failure is back", { kind: "groupRegressed" }, "error"),
  shipped("tenuto.stuck-run", "Runs are stuck", { kind: "stuckRun" }, "error"),
  shipped("tenuto.no-poller", "No worker polls", { kind: "noPoller", forMs: 120_000 }, "critical"),
  shipped("tenuto.undo-parked", "An undo waits for somebody", { kind: "undoParked" }, "error"),
  shipped("tenuto.saga-partial", "Effects are left that nobody undoes", { kind: "sagaPartial" }, "critical"),
  shipped("tenuto.sla-breach", "Runs take longer than their SLA", { kind: "slaBreach", windowMs: 900_000 }, "warning"),
  shipped("tenuto.oldest-task", "Work waits long", { kind: "oldestTask", olderThanMs: 300_000 }, "warning"),
  shipped("tenuto.source-lag", "An event source lags", { kind: "sourceLag", above: 1_000 }, "warning"),
];

/** An error group that is new, or comes back. */
export interface GroupEvent {
  readonly kind: "groupNew" | "groupRegressed";
  /** Of the runs; of events, their source. */
  readonly type: string;
  readonly step?: string | undefined;
  readonly isOfEvents?: boolean;
  readonly fingerprint: string;
  readonly errorType: string;
  /** Of the group; nothing that contracts redact. */
  readonly title: string;
  /** Of the worker that it comes back with. */
  readonly buildId?: string | undefined;
  /** How often it has come back; 0 of a new one. */
  readonly regression: number;
  readonly tenant?: string | undefined;
  /** RFC 3339. */
  readonly at: string;
}

/** The alerts that an event of an error group raises: one a rule; the same event raises the same occurrence. */
export function alertsFor(rules: readonly AlertRule[], event: GroupEvent): readonly RaisedAlert[] {
  return rules
    .filter(({ isEnabled, condition }) => isEnabled && condition.kind === event.kind && concerns(condition, event.type))
    .map((rule) =>
      raisedBy(rule, {
        subject: event.fingerprint,
        occurrence: event.kind === "groupNew" ? "new" : `regressed-${event.regression}`,
        title: event.kind === "groupNew" ? `New failure: ${event.title}` : `Back again: ${event.title}`,
        text: textOf(event),
        links: linksToLetters(event.fingerprint),
        tenant: event.tenant,
        at: event.at,
      }),
    );
}

/** What is found, before its rule says who is told, and how. */
export interface Finding {
  readonly subject: string;
  readonly occurrence: string;
  readonly title: string;
  readonly text: string;
  readonly links?: Readonly<Record<string, string>> | undefined;
  readonly tenant?: string | undefined;
  readonly at: string;
}

/** A finding as its rule raises it. */
export function raisedBy(rule: AlertRule, { links = {}, tenant, ...finding }: Finding): RaisedAlert {
  const { id, severity, channels, coolDownMs = defaultCoolDownMs, escalation } = rule;
  return {
    ...finding,
    rule: id,
    severity,
    links,
    channels,
    coolDownMs,
    ...(escalation && { escalation }),
    ...(tenant !== undefined && { tenant }),
  };
}

/** Whether a condition is about runs of a type; one without a type is about all. */
export function concerns(condition: AlertCondition, type: string): boolean {
  return !("type" in condition) || condition.type === undefined || condition.type === type;
}

/** Where the dead letters of a pattern are listed: a path of the API. */
export function linksToLetters(fingerprint: string): Readonly<Record<string, string>> {
  return { deadLetters: `/v1/dead-letters?fingerprint=${fingerprint}` };
}

function textOf({ kind, type, step, isOfEvents, errorType, buildId, regression }: GroupEvent): string {
  const [whole, part] = isOfEvents ? ["Source", "Event"] : ["Workflow", "Step"];
  const where = step === undefined ? `${whole} "${type}"` : `${part} "${step}" of ${whole.toLowerCase()} "${type}"`;
  const build = buildId === undefined ? "" : ` The worker's build is "${buildId}".`;
  if (kind === "groupNew") return `${where} fails with ${errorType}, which was not seen before.${build}`;
  const times = regression > 1 ? `, ${regression} times by now` : "";
  return `${where} fails with ${errorType} again, after it was dealt with${times}.${build}`;
}

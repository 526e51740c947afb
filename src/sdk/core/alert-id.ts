import type { AlertStatus, RaisedAlert } from "./alert.ts";
import { hashJson } from "./idempotency-key.ts";

/** The id of an alert, 32 hex digits: the same for all that is raised about one subject by one rule. */
export function alertIdOf({ tenant, rule, subject }: Pick<RaisedAlert, "tenant" | "rule" | "subject">): string {
  return hashJson([tenant ?? null, rule, subject]).slice(0, 32);
}

/** The workflow id of an alert; of a tenant's, without its prefix. */
export function alertWorkflowId(id: string): string {
  return `tenuto-alert-${id}`;
}

/** The mark by which an alert is found by its id. */
export function alertMark(id: string): string {
  return `alert:${id}`;
}

/** The mark of all alerts that stand so. */
export function alertStatusMark(status: AlertStatus): string {
  return `alert-status:${status}`;
}

/** The mark of all alerts of a rule. */
export function alertRuleMark(rule: string): string {
  return `alert-rule:${rule}`;
}

/** By which marks an alert's workflow is found. */
export function marksOfAlert({
  id,
  status,
  rule,
}: {
  readonly id: string;
  readonly status: AlertStatus;
  readonly rule: string;
}): readonly string[] {
  return [alertMark(id), alertStatusMark(status), alertRuleMark(rule)];
}

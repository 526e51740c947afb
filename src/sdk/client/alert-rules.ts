// The rules of a namespace as callers see and change them. Reading takes no worker; changing does.
import {
  type AlertRule,
  alertRulesMemo,
  type AlertRulesRecord,
  alertRulesWorkflow,
  alertRulesWorkflowId,
  type DeleteAlertRule,
  deleteRuleUpdate,
  type PutAlertRule,
  putRuleUpdate,
  type StoredAlertRule,
} from "../core/alert-rule.ts";
import { issuesOfRule } from "../core/alert-rule-issues.ts";
import { emptyRules, recordOfRules } from "../core/alert-rules-state.ts";
import { AlertRuleNotFound } from "../core/errors/alert-rule-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import { assertOfNamespace } from "./assert-of-namespace.ts";
import { describeIfThere } from "./describe-raw.ts";
import { decode } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateSystemWorkflow } from "./update-system-workflow.ts";

/** Who changes a rule, and why. */
export type AlertRuleChange = Omit<SteerOptions, "runId">;

/** What holds in a namespace; where no worker has been yet, what Tenuto ships. */
export async function readAlertRules(temporal: Temporal): Promise<AlertRulesRecord> {
  assertRulesReached(temporal);
  const described = await describeIfThere(temporal, { workflowId: alertRulesWorkflowId });
  const memo = described?.workflowExecutionInfo?.memo?.fields?.[alertRulesMemo];
  return (decode(memo) as AlertRulesRecord | undefined) ?? recordOfRules(emptyRules);
}

/** @throws what {@link TenutoClient.alertRule} throws. */
export async function showAlertRule(temporal: Temporal, id: string): Promise<StoredAlertRule> {
  const { rules } = await readAlertRules(temporal);
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  throw new AlertRuleNotFound(id);
}

/** @throws what {@link TenutoClient.putAlertRule} throws. */
export async function putAlertRule(
  temporal: Temporal,
  rule: AlertRule,
  { by = temporal.identity, reason }: AlertRuleChange,
): Promise<StoredAlertRule> {
  assertRule(rule);
  const input: PutAlertRule = { rule: bare(rule), by, reason };
  return (await updateRules(temporal, { name: putRuleUpdate, input, id: rule.id })) as StoredAlertRule;
}

/** Without what is only known of a rule that is kept. */
function bare(rule: AlertRule): AlertRule {
  const { id, title, condition, severity, channels, coolDownMs, escalation, isEnabled } = rule;
  return {
    ...{ id, title, condition, severity, channels, isEnabled },
    ...(coolDownMs !== undefined && { coolDownMs }),
    ...(escalation && { escalation }),
  };
}

/** @throws what {@link TenutoClient.deleteAlertRule} throws. */
export async function deleteAlertRule(
  temporal: Temporal,
  id: string,
  { by = temporal.identity, reason }: AlertRuleChange,
): Promise<StoredAlertRule | undefined> {
  const input: DeleteAlertRule = { id, by, reason };
  return ((await updateRules(temporal, { name: deleteRuleUpdate, input, id })) ?? undefined) as
    StoredAlertRule | undefined;
}

/** @throws `InvalidInput` */
export function assertRule(rule: AlertRule): void {
  const issues = issuesOfRule(rule);
  if (issues.length > 0) throw new InvalidInput(`Alert rule ${JSON.stringify(rule.id)}`, issues);
}

/** They say what is told of all tenants, and to whom. */
export function assertRulesReached(temporal: Temporal): void {
  assertOfNamespace(temporal, "Alert rules are those of all tenants");
}

interface RulesUpdate {
  readonly name: typeof putRuleUpdate | typeof deleteRuleUpdate;
  readonly input: PutAlertRule | DeleteAlertRule;
  readonly id: string;
}

async function updateRules(temporal: Temporal, { name, input, id }: RulesUpdate): Promise<unknown> {
  assertRulesReached(temporal);
  const outcome = await updateSystemWorkflow(temporal, {
    ...{ workflowId: alertRulesWorkflowId, type: alertRulesWorkflow, what: "the alert rules" },
    ...{ name, input, inputIs: "The alert rule" },
  });
  if (!outcome?.failure) return decode(outcome?.success?.payloads?.[0]);
  const { type, message, data } = runErrorOf(outcome.failure);
  if (type === "AlertRuleNotFound") throw new AlertRuleNotFound(id);
  const issues = (data as readonly ValidationIssue[] | undefined) ?? [{ pointer: "", message }];
  throw new InvalidInput(`Alert rule ${JSON.stringify(id)}`, issues);
}

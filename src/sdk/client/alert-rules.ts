// The rules of a namespace as callers see and change them. Reading takes no worker; changing does.
import { randomUUID } from "node:crypto";
import proto from "@temporalio/proto";
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
import { systemTaskQueue } from "../core/dead-letter.ts";
import { AlertRuleNotFound } from "../core/errors/alert-rule-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import { askSystemWorkflow } from "./ask-system-workflow.ts";
import { describeIfThere } from "./describe-run.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";

const { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** Who changes a rule, and why. */
export type AlertRuleChange = Omit<SteerOptions, "runId">;

/** What holds in a namespace; where no worker has been yet, what Tenuto ships. */
export async function readAlertRules(temporal: Temporal): Promise<AlertRulesRecord> {
  assertOfNamespace(temporal);
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
export function assertOfNamespace({ tenant }: Temporal): void {
  if (tenant === undefined) return;
  const message = "Alert rules are those of all tenants: use a client without one";
  throw new InvalidInput("The tenant", [{ pointer: "/tenant", message }]);
}

interface RulesUpdate {
  readonly name: typeof putRuleUpdate | typeof deleteRuleUpdate;
  readonly input: PutAlertRule | DeleteAlertRule;
  readonly id: string;
}

const run = { workflowId: alertRulesWorkflowId };

async function updateRules(temporal: Temporal, { name, input, id }: RulesUpdate): Promise<unknown> {
  assertOfNamespace(temporal);
  const request = updateRequest(temporal, { run, name, payload: encodeWithinLimit(input, "The alert rule") });
  const asked = { ...run, type: alertRulesWorkflow, what: "the alert rules" };
  const { outcome } = await askSystemWorkflow(temporal, asked, (deadline) => {
    const send = () => temporal.call((service) => service.updateWorkflowExecution(request), { run, deadline });
    return send().catch(async (error: unknown) => {
      if (!(error instanceof RunNotFound) && !(error instanceof RunClosed)) throw error;
      await begin(temporal);
      return send();
    });
  });
  if (!outcome?.failure) return decode(outcome?.success?.payloads?.[0]);
  const { type, message, data } = runErrorOf(outcome.failure);
  if (type === "AlertRuleNotFound") throw new AlertRuleNotFound(id);
  const issues = (data as readonly ValidationIssue[] | undefined) ?? [{ pointer: "", message }];
  throw new InvalidInput(`Alert rule ${JSON.stringify(id)}`, issues);
}

/** Nobody has deployed or put anything in this namespace yet. */
async function begin(temporal: Temporal): Promise<void> {
  const { namespace, identity } = temporal;
  const start = {
    namespace,
    identity,
    requestId: randomUUID(),
    ...run,
    workflowType: { name: alertRulesWorkflow },
    taskQueue: { name: systemTaskQueue },
    workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  };
  await temporal.call((service) => service.startWorkflowExecution(start));
}

import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";
import type { AlertRuleBody, AlertRuleParams, AlertRuleTrialBody, ReasonBody } from "../schemas.ts";

export async function listAlertRules(_request: unknown, context: Context): Promise<Reply> {
  return { status: 200, body: { items: await clientOf(context).alertRules() } };
}

interface RuleCall {
  readonly params: z.output<typeof AlertRuleParams>;
}

export async function showAlertRule({ params }: RuleCall, context: Context): Promise<Reply> {
  return { status: 200, body: await clientOf(context).alertRule(params.id) };
}

interface PutRequest extends RuleCall {
  readonly body: z.output<typeof AlertRuleBody>;
}

export async function putAlertRule({ params, body }: PutRequest, context: Context): Promise<Reply> {
  const { reason, ...rule } = body;
  const by = context.principal.name;
  return { status: 200, body: await clientOf(context).putAlertRule({ ...rule, ...params }, { by, reason }) };
}

interface DeleteRequest extends RuleCall {
  readonly body: z.output<typeof ReasonBody>;
}

export async function deleteAlertRule({ params, body }: DeleteRequest, context: Context): Promise<Reply> {
  const back = await clientOf(context).deleteAlertRule(params.id, { ...body, by: context.principal.name });
  return { status: 200, body: { id: params.id, deleted: true, ...(back && { back }) } };
}

interface TrialRequest extends RuleCall {
  readonly body: z.output<typeof AlertRuleTrialBody>;
}

export async function tryAlertRule({ params, body }: TrialRequest, context: Context): Promise<Reply> {
  const client = clientOf(context);
  const rule = body.condition ? { ...trialRule, condition: body.condition } : await client.alertRule(params.id);
  return { status: 200, body: await client.tryAlertRule({ ...rule, id: params.id, title: body.title ?? rule.title }) };
}

/** What a trial does not ask for. */
const trialRule = { title: "Trial", severity: "info", channels: ["log"], isEnabled: false } as const;

/** Rules say what is told of all tenants, and to whom. */
function clientOf({ client, principal }: Context): Context["client"] {
  if (principal.tenant === undefined) return client;
  const detail = "A key of a tenant can't use alert rules: they are those of all tenants. Use one without a tenant.";
  throw new RequestRefused("FORBIDDEN", { detail });
}

// Tells the rules' workflow what the code of an app has, when a worker of it starts. A signal, so that no worker needs
// to answer; it changes nothing of what operators have put.
import { readAlertRules } from "../client/alert-rules.ts";
import { encode } from "../client/payloads.ts";
import { sha256 } from "../client/run-ids.ts";
import type { Temporal } from "../client/temporal.ts";
import {
  type AlertRule,
  type AlertRulesDeploy,
  alertRulesWorkflow,
  alertRulesWorkflowId,
  deployRulesSignal,
} from "../core/alert-rule.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { untilTold } from "./until-told.ts";

/** What an app has. */
export interface AppRules {
  readonly app: string;
  readonly rules: readonly AlertRule[];
  /** All of the app's. */
  readonly taskQueues: readonly string[];
  /** By type, in milliseconds. */
  readonly slas: Readonly<Record<string, number>>;
}

/** Tells it once; a server that is away is waited for, until the signal fires. */
export async function deployAlertRules(temporal: Temporal, own: AppRules, signal: AbortSignal): Promise<void> {
  await untilTold(() => tell(temporal, own), signal);
}

async function tell(temporal: Temporal, { app, rules, taskQueues, slas }: AppRules): Promise<void> {
  const others = taskQueues.length > 1 && { taskQueues };
  const targets = Object.keys(slas).length > 0 && { slas };
  const hash = sha256([app, rules, ...(others ? [taskQueues] : []), ...(targets ? [slas] : [])]).slice(0, 16);
  const { apps } = await readAlertRules(temporal);
  if (apps[app] === hash) return;
  const at = new Date().toISOString();
  const deploy: AlertRulesDeploy = { app, rules, ...others, ...targets, hash, at };
  const { namespace, identity } = temporal;
  const request = {
    namespace,
    identity,
    requestId: `${hash}:${at}`,
    workflowId: alertRulesWorkflowId,
    workflowType: { name: alertRulesWorkflow },
    taskQueue: { name: systemTaskQueue },
    signalName: deployRulesSignal,
    signalInput: { payloads: [encode(deploy)] },
  };
  await temporal.call((service) => service.signalWithStartWorkflowExecution(request));
}

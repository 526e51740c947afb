// Tells the rules' workflow what the code of an app has, when a worker of it starts. A signal, so that no worker needs
// to answer; it changes nothing of what operators have put.
import { setTimeout as sleep } from "node:timers/promises";
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

const tryAgainMs = 2_000;

/** What an app has. */
export interface AppRules {
  readonly app: string;
  readonly rules: readonly AlertRule[];
}

/** Tells it once; a server that is away is waited for, until the signal fires. */
export async function deployAlertRules(temporal: Temporal, own: AppRules, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isTold = await tell(temporal, own).then(
      () => true,
      () => false,
    );
    if (isTold) return;
    await sleep(tryAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function tell(temporal: Temporal, { app, rules }: AppRules): Promise<void> {
  const hash = sha256([app, rules]).slice(0, 16);
  const { apps } = await readAlertRules(temporal);
  if (apps[app] === hash) return;
  const at = new Date().toISOString();
  const deploy: AlertRulesDeploy = { app, rules, hash, at };
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

import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  upsertMemo,
} from "@temporalio/workflow";
import {
  alertRulesMemo,
  type AlertRulesDeploy,
  type AlertRulesRecord,
  type DeleteAlertRule,
  deleteRuleUpdate,
  deployRulesSignal,
  type PutAlertRule,
  putRuleUpdate,
  type StoredAlertRule,
} from "../../core/alert-rule.ts";
import {
  type AlertRulesState,
  deleteIssues,
  emptyRules,
  putIssues,
  recordOfRules,
  withDelete,
  withDeploy,
  withPut,
} from "../../core/alert-rules-state.ts";
import type { ValidationIssue } from "../../core/errors/validation-issue.ts";
import { continuedWith, isLong } from "./continued-with.ts";

/** A history that is read again at each start of a worker stays short. */
const defaultEventsPerRun = 500;

/**
 * The rules of a namespace. Its memo has them, so that nothing needs a worker to read them; its history is who changed
 * them, and why.
 */
export async function tenutoAlertRules(
  carried: AlertRulesState = emptyRules,
  eventsPerRun = defaultEventsPerRun,
): Promise<void> {
  let state = carried;
  const change = (next: AlertRulesState): AlertRulesRecord => {
    state = next;
    const record = recordOfRules(state);
    upsertMemo({ [alertRulesMemo]: record });
    return record;
  };
  setHandler(defineSignal<[AlertRulesDeploy]>(deployRulesSignal), (deploy) => {
    change(withDeploy(state, deploy));
  });
  setHandler(
    defineUpdate<StoredAlertRule | undefined, [PutAlertRule]>(putRuleUpdate),
    (put) => change(withPut(state, put, now())).rules.find(({ id }) => id === put.rule.id),
    {
      validator: (put: PutAlertRule) => {
        refuseIf(putIssues(state, put));
      },
    },
  );
  setHandler(
    defineUpdate<StoredAlertRule | null, [DeleteAlertRule]>(deleteRuleUpdate),
    (deletion) => change(withDelete(state, deletion)).rules.find(({ id }) => id === deletion.id) ?? null,
    {
      validator: (deletion: DeleteAlertRule) => {
        const issues = deleteIssues(state, deletion);
        if (issues === "not found") throw ApplicationFailure.nonRetryable("There is no such rule", "AlertRuleNotFound");
        refuseIf(issues);
      },
    },
  );
  await condition(() => isLong(eventsPerRun));
  await continuedWith<typeof tenutoAlertRules>({ [alertRulesMemo]: recordOfRules(state) }, state, eventsPerRun);
}

function refuseIf(issues: readonly ValidationIssue[]): void {
  if (issues.length === 0) return;
  const message = issues.map(({ pointer, message: text }) => `${pointer}: ${text}`).join("; ");
  throw ApplicationFailure.create({ type: "InvalidInput", message, nonRetryable: true, details: [issues] });
}

function now(): string {
  return new Date().toISOString();
}

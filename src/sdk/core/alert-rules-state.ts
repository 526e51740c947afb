// What the rules' workflow knows: what code has, what somebody has put, and what holds of it. An edited rule wins over
// code until it is deleted, so that no deploy undoes silently what an operator did.
import type {
  AlertRule,
  AlertRulesDeploy,
  AlertRulesRecord,
  DeleteAlertRule,
  PutAlertRule,
  StoredAlertRule,
} from "./alert-rule.ts";
import { issuesOfRule } from "./alert-rule-issues.ts";
import { ruleLimits, shippedAlertRules } from "./alert-rules.ts";
import type { ValidationIssue } from "./errors/validation-issue.ts";

/** What is kept. */
export interface AlertRulesState {
  /** By app, the one that was deployed last at the end. */
  readonly deploys: readonly AlertRulesDeploy[];
  /** What somebody has put. */
  readonly edited: readonly StoredAlertRule[];
}

export const emptyRules: AlertRulesState = { deploys: [], edited: [] };

/** Of as many apps the rules are kept: of one that is too many, those that were deployed longest ago go. */
const mostApps = 50;

/** The apps' rules together fit into what rules may be: of one that is too many, those deployed longest ago go. */
export function withDeploy(state: AlertRulesState, deploy: AlertRulesDeploy): AlertRulesState {
  const others = state.deploys.filter(({ app }) => app !== deploy.app);
  const deploys = [...others, deploy].slice(-mostApps);
  while (deploys.length > 1 && !isSmall(deploys.flatMap(({ rules }) => rules))) deploys.shift();
  return { ...state, deploys };
}

/** What is wrong with a rule that somebody wants to put. */
export function putIssues(state: AlertRulesState, { rule, by, reason }: PutAlertRule): readonly ValidationIssue[] {
  const issues = [...noteIssues({ by, reason }), ...issuesOfRule(rule)];
  if (issues.length > 0) return issues;
  const edited = [...state.edited.filter(({ id }) => id !== rule.id), rule];
  if (isSmall(edited)) return [];
  const message = `At most ${ruleLimits.rules} rules that were put, and ${ruleLimits.characters} characters of JSON; delete some`;
  return [{ pointer: "", message }];
}

export function withPut(state: AlertRulesState, { rule, by, reason }: PutAlertRule, at: string): AlertRulesState {
  const stored: StoredAlertRule = { ...rule, origin: "api", changed: { by, reason, at } };
  return { ...state, edited: [...state.edited.filter(({ id }) => id !== rule.id), stored] };
}

/** Why what somebody wants to delete can't be. */
export function deleteIssues(
  state: AlertRulesState,
  { id, by, reason }: DeleteAlertRule,
): "not found" | readonly ValidationIssue[] {
  if (state.edited.some((rule) => rule.id === id)) return noteIssues({ by, reason });
  if (!fromCode(state).has(id)) return "not found";
  const message = "This rule is in code, and nobody has edited it: take it out there, or put it with isEnabled false";
  return [{ pointer: "/id", message }];
}

export function withDelete(state: AlertRulesState, { id }: DeleteAlertRule): AlertRulesState {
  return { ...state, edited: state.edited.filter((rule) => rule.id !== id) };
}

/** What the memo says. */
export function recordOfRules(state: AlertRulesState): AlertRulesRecord {
  const rules = fromCode(state);
  for (const { original: _, ...edited } of state.edited) {
    const before = rules.get(edited.id);
    const original = before?.origin === "api" ? undefined : before?.origin;
    rules.set(edited.id, { ...edited, ...(original !== undefined && { original }) });
  }
  const { deploys } = state;
  const slas = Object.fromEntries(deploys.flatMap((deploy) => Object.entries(deploy.slas ?? {})));
  const hasQueues = deploys.some(({ taskQueues }) => taskQueues !== undefined);
  return {
    rules: [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    apps: Object.fromEntries(deploys.map(({ app, hash }) => [app, hash])),
    ...(Object.keys(slas).length > 0 && { slas }),
    ...(hasQueues && { taskQueues: deploys.flatMap(({ app, taskQueues = [app] }) => taskQueues) }),
  };
}

function fromCode({ deploys }: AlertRulesState): Map<string, StoredAlertRule> {
  const rules = new Map<string, StoredAlertRule>();
  for (const rule of shippedAlertRules) rules.set(rule.id, { ...rule, origin: "shipped" });
  for (const { app, at, rules: own } of deploys)
    for (const rule of own)
      rules.set(rule.id, { ...rule, origin: "code", changed: { by: app, reason: "It is in its code", at } });
  return rules;
}

function isSmall(rules: readonly AlertRule[]): boolean {
  return rules.length <= ruleLimits.rules && JSON.stringify(rules).length <= ruleLimits.characters;
}

function noteIssues(note: { readonly by: string; readonly reason: string }): readonly ValidationIssue[] {
  return (["by", "reason"] as const).flatMap((name) => {
    const text: unknown = note[name];
    return typeof text === "string" && text.trim() !== ""
      ? []
      : [{ pointer: `/${name}`, message: name === "by" ? "Say who changes it" : "Say why" }];
  });
}

// What the isolate and Node agree on about the watch, which looks again and again for what rules are about, and says so.
// Looking and telling are two activities: what is to be told is in the history before it is told, so that a worker that
// dies in between neither tells something twice nor forgets to say that it is over.
import type { RaisedAlert } from "./alert.ts";
import type { AlertRule } from "./alert-rule.ts";
import { type Finding, raisedBy } from "./alert-rules.ts";

/** The type of the workflow that looks for what rules are about. */
export const watchWorkflow = "tenutoWatch";

/** There is one a namespace. */
export const watchWorkflowId = "tenuto-watch";

/** The activities of the watch. */
export const watchActivityTypes = { look: "tenuto.watch", tell: "tenuto.tellAlerts" } as const;

/** An alert that is raised, and not over. */
export interface StandingAlert extends Pick<RaisedAlert, "rule" | "subject" | "tenant"> {
  /** Since when: RFC 3339. */
  readonly since: string;
}

/** One look. */
export interface WatchPass {
  /** By the workflow's clock, so that a repeat finds the same occurrences: RFC 3339. */
  readonly at: string;
  readonly standing: readonly StandingAlert[];
}

/** What is to be told after a look. */
export interface WatchNews {
  readonly raise: readonly RaisedAlert[];
  readonly end: readonly (StandingAlert & { readonly reason: string })[];
}

/** What the watch knows from one pass to the next. */
export interface WatchState {
  /** From the end of a pass to the next one, in milliseconds. */
  readonly everyMs: number;
  readonly standing?: readonly StandingAlert[];
}

/** What a rule finds, without what the pass says of all. */
export type Found = Omit<Finding, "occurrence" | "at">;

/** A rule, and what it finds at this moment. */
export interface RuleFindings {
  readonly rule: AlertRule;
  readonly found: readonly Found[];
  /** Whether there may be more: then nothing that is not among it is over. */
  readonly truncated: boolean;
}

/** More alerts than that tell nobody anything; the rest is raised when some of them are over. */
const mostStanding = 200;

/** What is new since the last look, and what is over; the same pass and findings give the same news. */
export function newsOf({ at, standing }: WatchPass, looked: readonly RuleFindings[]): WatchNews {
  const now = looked.flatMap(({ rule, found }) => found.map((finding) => ({ rule, finding })));
  const isThere = new Set(now.map(({ rule, finding }) => keyOf({ ...finding, rule: rule.id })));
  const rules = new Set(looked.map(({ rule }) => rule.id));
  const unsure = new Set(looked.flatMap(({ rule, truncated }) => (truncated ? [rule.id] : [])));
  const end = standing
    .filter((alert) => !isThere.has(keyOf(alert)) && !unsure.has(alert.rule))
    .map((alert) => ({
      ...alert,
      reason: rules.has(alert.rule) ? "It is not so any more" : "The rule was taken away, or switched off",
    }));
  const known = new Set(standing.map(keyOf));
  const raise = now
    .filter(({ rule, finding }) => !known.has(keyOf({ ...finding, rule: rule.id })))
    .map(({ rule, finding }) => raisedBy(rule, { ...finding, occurrence: `since ${at}`, at }));
  return { raise: raise.slice(0, Math.max(0, mostStanding - standing.length + end.length)), end };
}

/** What stands after that was told. */
export function afterNews(standing: readonly StandingAlert[], { raise, end }: WatchNews): readonly StandingAlert[] {
  const over = new Set(end.map(keyOf));
  const raised = raise.map(({ rule, subject, tenant, at }) => ({
    rule,
    subject,
    ...(tenant !== undefined && { tenant }),
    since: at,
  }));
  return [...standing.filter((alert) => !over.has(keyOf(alert))), ...raised];
}

function keyOf({ rule, subject, tenant }: { rule: string; subject: string; tenant?: string | undefined }): string {
  return JSON.stringify([rule, subject, tenant ?? null]);
}

// What the isolate and Node agree on about the audit, and how its entries look.
import { auditIdPrefix } from "./tenant.ts";

/** The type of the workflow whose history is one tenant's audit of one day. */
export const auditWorkflow = "tenutoAudit";

/** The signal that an action goes with, before it is done; carries a {@link SentAction}. */
export const auditEntrySignal = "entry";

/** The signal that tells what became of it; carries a {@link SentOutcome}. */
export const auditOutcomeSignal = "outcome";

/** What a workflow of the audit begins with. */
export interface AuditDay {
  /** The day in UTC, such as `2026-01-31`. */
  readonly day: string;
  /** How long its history may get before it continues as new. @default 1800 */
  readonly eventsPerRun?: number;
}

/**
 * What became of an action: `refused` and `failed` ones did nothing; of an `unknown` one it is not known, because it is
 * under way, or its answer was lost, or who did it was gone before it told.
 */
export type AuditOutcome = "done" | "refused" | "failed" | "unknown";

/** How an action ended. */
export interface AuditEnd {
  readonly outcome: AuditOutcome;
  /** The HTTP status that its caller was answered with. */
  readonly status: number;
  /** The code of the problem, when it was answered with one. */
  readonly code?: string | undefined;
  /** What was found out of the target by doing it. */
  readonly target?: Readonly<Record<string, string>> | undefined;
}

/** What somebody is about to do; nothing of what they send along. */
export interface AuditAction {
  /** Absent for somebody who is not known. */
  readonly actor?: { readonly name: string; readonly role: string } | undefined;
  /** The operation, as the OpenAPI document names it. */
  readonly action: string;
  /** What it is done to, such as `{ workflowId: "order-1" }`. */
  readonly target: Readonly<Record<string, string>>;
  readonly reason?: string | undefined;
  /** Finds the request in the API's log. */
  readonly requestId: string;
  /** Of an action that is over before it began, as it was refused. */
  readonly end?: AuditEnd | undefined;
}

/** {@link AuditAction} as it is sent. */
export interface SentAction extends AuditAction {
  readonly id: string;
}

/** {@link AuditEnd} as it is sent. */
export interface SentOutcome extends AuditEnd {
  /** Of the entry. */
  readonly id: string;
}

/** The id of the workflow that has a day of a tenant's audit, or of what belongs to no tenant. */
export function auditWorkflowId(tenant: string | undefined, day: string): string {
  return `${auditIdPrefixOf(tenant)}${day}`;
}

/** What the ids of a tenant's audit begin with; no tenant is named `-`. */
export function auditIdPrefixOf(tenant: string | undefined): string {
  return `${auditIdPrefix}${tenant ?? "-"}:`;
}

import { hashJson } from "./idempotency-key.ts";

/** What the id of a dead letter is made of: the same for every run that a reset makes of one. */
export interface DeadLetterIdentity {
  readonly namespace: string;
  readonly workflowId: string;
  /** The run's id before any reset. */
  readonly originalRunId: string;
}

/** The id of a run's dead letter: 32 hex digits. */
export function deadLetterIdOf({ namespace, workflowId, originalRunId }: DeadLetterIdentity): string {
  return hashJson([namespace, workflowId, originalRunId]).slice(0, 32);
}

/** What the id of an event's dead letter is made of: the same each time that the event comes. */
export interface EventIdentity {
  readonly namespace: string;
  readonly tenant?: string | undefined;
  readonly app: string;
  readonly source: string;
  /** The event's id, or a hash of what came without one. */
  readonly event: { readonly id: string; readonly again?: string } | { readonly digest: string };
}

/** The id of an event's dead letter: 32 hex digits. */
export function eventLetterIdOf({ namespace, tenant, app, source, event }: EventIdentity): string {
  // Senders write what they like: canonical JSON has no lone surrogates, and JSON escapes them.
  return hashJson(JSON.stringify(["event", namespace, tenant ?? null, app, source, event])).slice(0, 32);
}

/** The workflow id of a dead letter that has a workflow of its own. */
export function deadLetterWorkflowId(id: string): string {
  return `tenuto-dead-letter-${id}`;
}

/** The mark by which a parked run, which is its own dead letter, is found by the letter's id. */
export function deadLetterMark(id: string): string {
  return `dl:${id}`;
}

// Writes the audit: an action as a signal before it is done, and what became of it as another one.
import { randomUUID } from "node:crypto";
import {
  type AuditAction,
  type AuditDay,
  type AuditEnd,
  auditEntrySignal,
  auditOutcomeSignal,
  auditWorkflow,
  auditWorkflowId,
  type SentAction,
  type SentOutcome,
} from "../core/audit.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { encode } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";

/** An action that is in the audit. */
export interface RecordedAction {
  /** Of its entry. */
  readonly id: string;
  /** The day that it is written under, in UTC. */
  readonly day: string;
}

/** @throws what {@link TenutoClient.recordAction} throws. */
export async function recordAction(temporal: Temporal, action: AuditAction): Promise<RecordedAction> {
  const id = randomUUID();
  const day = dayOf(new Date());
  const value: SentAction = { id, ...action };
  await send(temporal, { day, signal: auditEntrySignal, value });
  return { id, day };
}

/** @throws what {@link TenutoClient.recordEnd} throws. */
export async function recordEnd(temporal: Temporal, { id, day }: RecordedAction, end: AuditEnd): Promise<void> {
  const value: SentOutcome = { id, ...end };
  await send(temporal, { day, signal: auditOutcomeSignal, value });
}

/** The day of a time in UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** For what nobody waits for, as it is over. */
const overMs = 30_000;

interface Message {
  readonly day: string;
  readonly signal: string;
  readonly value: SentAction | SentOutcome;
}

async function send(temporal: Temporal, { day, signal, value }: Message): Promise<void> {
  const audit = temporal.ofAudit();
  const isOver = !("action" in value) || value.end !== undefined;
  const begin: AuditDay = { day };
  const request = {
    namespace: audit.namespace,
    identity: audit.identity,
    // A repeat after a lost answer is the same signal.
    requestId: `${value.id}:${signal}`,
    workflowId: auditWorkflowId(temporal.tenant, day),
    workflowType: { name: auditWorkflow },
    taskQueue: { name: systemTaskQueue },
    input: { payloads: [encode(begin)] },
    signalName: signal,
    signalInput: { payloads: [encode(value)] },
  };
  await audit.call((service) => service.signalWithStartWorkflowExecution(request), {
    deadline: isOver ? audit.deadline(overMs) : audit.deadline(),
  });
}

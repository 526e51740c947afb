// The one way to a dead letter: who finds a failure tells it here, be it the run itself, the reconciler or an operator.
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterRecord,
  type DeadLetterReport,
  deadLetterWorkflow,
  reportSignal,
  type RunReport,
} from "../core/dead-letter.ts";
import { deadLetterIdOf, deadLetterWorkflowId } from "../core/dead-letter-id.ts";
import { marksOfLetter } from "../core/dead-letter-marks.ts";
import { asMemo, isKnown, isOpen, withReport } from "../core/dead-letter-record.ts";
import { recordIn } from "./dead-letter.ts";
import { describeIfThere } from "./describe-raw.ts";
import { idOfTenant } from "./id-of-tenant.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import type { Temporal } from "./temporal.ts";

/** Opens the dead letter of a failure, or tells the one that is there; what it knows already changes nothing. Its id. */
export async function openDeadLetter(temporal: Temporal, report: RunReport | DeadLetterReport): Promise<string> {
  const { namespace } = temporal;
  const id = report.carriedId ?? deadLetterIdOf({ ...report, namespace });
  await openLetter(temporal, { id, report });
  return id;
}

interface Opening {
  /** Is done before a letter is opened, or told something new. */
  readonly first?: () => Promise<void>;
}

/** The same of a failure whose letter has an id already. */
export async function openLetter(
  temporal: Temporal,
  addressed: AddressedReport,
  { first }: Opening = {},
): Promise<void> {
  const { id, report } = addressed;
  const { tenant } = report;
  const workflowId = letterWorkflowId(temporal, id, tenant);
  const before = await recordOf(temporal, workflowId);
  // Somebody has dealt with it: a second look at the same failure opens nothing again.
  if (before && !isOpen(before) && isKnown(before, report)) return;
  const record = withReport(before, addressed);
  if (record === before) return;
  await first?.();
  await signalSystemWorkflow(temporal, {
    workflowId,
    type: deadLetterWorkflow,
    signal: reportSignal,
    value: addressed,
    // Of a letter that was closed before, which counts on.
    input: before,
    memo: { [deadLetterMemo]: asMemo(record) },
    marks: marksOfLetter(record),
    tenant,
  });
}

/** The workflow id of a tenant's dead letter. */
export function letterWorkflowId(temporal: Temporal, id: string, tenant: string | undefined): string {
  return idOfTenant(temporal, tenant, deadLetterWorkflowId(id));
}

/** What a dead letter's workflow knows; `undefined` when there is none. */
export async function recordOf(temporal: Temporal, workflowId: string): Promise<DeadLetterRecord | undefined> {
  const info = (await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo;
  return info ? recordIn(info) : undefined;
}

// The one way to a dead letter: who finds a failure tells it here, be it the run itself or the reconciler.
import type { Client } from "@temporalio/client";
import { defineSearchAttributeKey, SearchAttributeType, WorkflowNotFoundError } from "@temporalio/common";
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterRecord,
  type DeadLetterReport,
  deadLetterWorkflow,
  reportSignal,
  type RunReport,
  systemTaskQueue,
} from "../core/dead-letter.ts";
import { deadLetterIdOf, deadLetterWorkflowId } from "../core/dead-letter-id.ts";
import { marksOfLetter } from "../core/dead-letter-marks.ts";
import { isKnown, isOpen, withReport } from "../core/dead-letter-record.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { tenantMemo, tenantPrefix } from "../core/tenant.ts";

const marksKey = defineSearchAttributeKey(marksAttribute, SearchAttributeType.KEYWORD_LIST);

/** Opens the dead letter of a failure, or tells the one that is there; what it knows already changes nothing. */
export async function openDeadLetter(client: Client, report: RunReport | DeadLetterReport): Promise<void> {
  const id = report.carriedId ?? deadLetterIdOf({ ...report, namespace: client.options.namespace });
  const { tenant } = report;
  const addressed: AddressedReport = { id, report };
  const workflowId = (tenant === undefined ? "" : tenantPrefix(tenant)) + deadLetterWorkflowId(id);
  const before = await recordOf(client, workflowId);
  // Somebody has dealt with it: a second look at the same failure opens nothing again.
  if (before && !isOpen(before) && isKnown(before, report)) return;
  const record = withReport(before, addressed);
  if (record === before) return;
  await client.workflow.signalWithStart(deadLetterWorkflow, {
    workflowId,
    taskQueue: systemTaskQueue,
    // Of a letter that was closed before, which counts on.
    args: before ? [before] : [],
    signal: reportSignal,
    signalArgs: [addressed],
    // So that it can be read, and found, before a worker has taken it up.
    memo: { [deadLetterMemo]: record, ...(tenant !== undefined && { [tenantMemo]: tenant }) },
    typedSearchAttributes: [{ key: marksKey, value: [...marksOfLetter(record)] }],
  });
}

/** What a dead letter's workflow knows; `undefined` when there is none. */
export async function recordOf(client: Client, workflowId: string): Promise<DeadLetterRecord | undefined> {
  try {
    const { memo } = await client.workflow.getHandle(workflowId).describe();
    return memo?.[deadLetterMemo] as DeadLetterRecord | undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

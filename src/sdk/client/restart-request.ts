// A run that is started instead of one that failed: as that one was started, with a memo that says which dead letter it is for.
import proto, { type temporal as api } from "@temporalio/proto";
import type { DeadLetterRecord } from "../core/dead-letter.ts";
import { parsedHeaderName } from "../core/intake.ts";
import { carriedLetterMemo, type RedriveTask } from "../core/redrive.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { decode, encode, encodeWithinLimit } from "./payloads.ts";
import { fetchStart } from "./run-history.ts";
import type { Temporal } from "./temporal.ts";

const { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** What the server is asked for; a repeat is answered with the run that the first one began. */
export async function restartRequest(temporal: Temporal, { record, request, requestId }: RedriveTask) {
  const { namespace, identity } = temporal;
  const { workflowId, runId, id } = record;
  const started = await fetchStart(temporal, { workflowId, runId });
  const { input } = request;
  const { fields: header } = started.header ?? {};
  const { [parsedHeaderName]: _, ...unparsed } = header ?? {};
  const { [marksAttribute]: __, ...attributes } = started.searchAttributes?.indexedFields ?? {};
  return {
    namespace,
    identity,
    requestId,
    workflowId,
    workflowType: started.workflowType ?? null,
    taskQueue: { name: started.taskQueue?.name ?? "" },
    input: input ? { payloads: [encodeWithinLimit(input.value, "The input")] } : (started.input ?? null),
    header: {
      fields: !input ? (header ?? {}) : input.isParsed ? { ...header, [parsedHeaderName]: encode(true) } : unparsed,
    },
    memo: { fields: { ...started.memo?.fields, [carriedLetterMemo]: encode(id) } },
    searchAttributes: { indexedFields: attributes },
    workflowExecutionTimeout: started.workflowExecutionTimeout ?? null,
    workflowRunTimeout: started.workflowRunTimeout ?? null,
    workflowTaskTimeout: started.workflowTaskTimeout ?? null,
    priority: started.priority ?? null,
    workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
  };
}

/** Whether a run was started to redrive a dead letter, and is not the one that failed. */
export function isRestartOf(
  info: api.api.workflow.v1.IWorkflowExecutionInfo | null | undefined,
  { id, runId }: Pick<DeadLetterRecord, "id" | "runId">,
): boolean {
  return info?.execution?.runId !== runId && decode(info?.memo?.fields?.[carriedLetterMemo]) === id;
}

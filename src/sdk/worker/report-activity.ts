import { Context } from "@temporalio/activity";
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterReport,
  deadLetterWorkflow,
  reportActivityType,
  reportSignal,
  systemTaskQueue,
} from "../core/dead-letter.ts";
import { withReport } from "../core/dead-letter-record.ts";
import { tenantMemo, tenantPrefix } from "../core/tenant.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { deadLetterIdOf, deadLetterMark, deadLetterWorkflowId } from "../core/dead-letter-id.ts";

const marksKey = defineSearchAttributeKey(marksAttribute, SearchAttributeType.KEYWORD_LIST);

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export const reportActivity: Readonly<Record<string, (report: DeadLetterReport) => Promise<void>>> = {
  [reportActivityType]: async (report) => {
    const { client, info } = Context.current();
    const id = deadLetterIdOf({ ...report, namespace: info.namespace });
    const addressed: AddressedReport = { id, report };
    await client.workflow.signalWithStart(deadLetterWorkflow, {
      workflowId: (report.tenant === undefined ? "" : tenantPrefix(report.tenant)) + deadLetterWorkflowId(id),
      taskQueue: systemTaskQueue,
      signal: reportSignal,
      signalArgs: [addressed],
      // So that it can be read before a worker has taken it up.
      memo: {
        [deadLetterMemo]: withReport(undefined, addressed),
        ...(report.tenant !== undefined && { [tenantMemo]: report.tenant }),
      },
      // Who sees all tenants finds it by its id: its workflow id begins with the tenant.
      ...(report.tenant !== undefined && {
        typedSearchAttributes: [{ key: marksKey, value: [deadLetterMark(id)] }],
      }),
    });
  },
};

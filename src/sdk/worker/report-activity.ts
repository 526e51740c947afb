import { Context } from "@temporalio/activity";
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
import { deadLetterIdOf, deadLetterWorkflowId } from "../core/dead-letter-id.ts";

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export const reportActivity: Readonly<Record<string, (report: DeadLetterReport) => Promise<void>>> = {
  [reportActivityType]: async (report) => {
    const { client, info } = Context.current();
    const id = deadLetterIdOf({ ...report, namespace: info.namespace });
    const addressed: AddressedReport = { id, report };
    await client.workflow.signalWithStart(deadLetterWorkflow, {
      workflowId: deadLetterWorkflowId(id),
      taskQueue: systemTaskQueue,
      signal: reportSignal,
      signalArgs: [addressed],
      // So that it can be read before a worker has taken it up.
      memo: { [deadLetterMemo]: withReport(undefined, addressed) },
    });
  },
};

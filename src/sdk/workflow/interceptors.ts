// Bundled into every worker: takes in what a run is sent, gives each activity its idempotency key, and decides which errors
// end a run.
import { defaultPayloadConverter, workflowInfo, type WorkflowInterceptors } from "@temporalio/workflow";
import { idempotencyKeyHeader } from "../core/step-failure.ts";
import { failureOf } from "./errors.ts";
import { carryOver, openInbox } from "./inbox.ts";
import { signalsDelivered, takeSignal, takeStart, takeUpdate } from "./intake.ts";
import { stampedHeaders } from "./parse.ts";
import { assertSendable } from "./payload-size.ts";
import { refuseWhileSagaOpen } from "./saga.ts";
import { stepKeyFor } from "./step-keys.ts";

export function interceptors(): WorkflowInterceptors {
  openInbox();
  return {
    inbound: [
      {
        execute: (input, next) =>
          converted(async () => {
            const output = await takeStart(input, next);
            assertSendable(output, `The output of workflow "${workflowInfo().workflowType}"`);
            return output;
          }),
        handleSignal: (input, next) => converted(() => takeSignal(input, next)),
        handleUpdate: (input, next) =>
          converted(async () => {
            const output = await takeUpdate(input, next);
            assertSendable(output, `The output of update "${input.name}"`);
            return output;
          }),
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          assertSendable(input.args[0], `The input of activity "${input.activityType}"`);
          const key = stepKeyFor(input.activityType, input.args[0]);
          const header = defaultPayloadConverter.toPayload(key);
          return next({ ...input, headers: { ...input.headers, [idempotencyKeyHeader]: header } });
        },
        startChildWorkflowExecution(input, next) {
          assertSendable(input.options.args[0], `The input of workflow "${input.workflowType}"`);
          return next({ ...input, headers: stampedHeaders(input.headers) });
        },
        async continueAsNew(input, next) {
          const headers = stampedHeaders(input.headers);
          assertSendable(input.args[0], `The input of workflow "${input.options.workflowType}"`);
          refuseWhileSagaOpen();
          await signalsDelivered();
          // The server gives the next run the memo that this one was started with.
          const memo = { ...workflowInfo().memo, ...input.options.memo };
          return next({ ...input, headers: carryOver(headers), options: { ...input.options, memo } });
        },
      },
    ],
  };
}

async function converted<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw failureOf(error);
  }
}

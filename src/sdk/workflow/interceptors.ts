// Bundled into every worker: takes in what a run is sent, gives each activity its idempotency key, and decides which errors
// end a run.
import { defaultPayloadConverter, type WorkflowInterceptors } from "@temporalio/workflow";
import { reportActivityType } from "../core/dead-letter.ts";
import { idempotencyKeyHeader, undoesHeader } from "../core/step-failure.ts";
import { openAccount } from "./account.ts";
import { deadlineLeftMs, withDeadlineHeader } from "./deadline.ts";
import { failureOf } from "./errors.ts";
import { carryOver, openInbox } from "./inbox.ts";
import { signalsDelivered, takeSignal, takeStart, takeUpdate } from "./intake.ts";
import { openOperatorCalls } from "./operator-calls.ts";
import { stampedHeaders } from "./parse.ts";
import { followed } from "./pending-activities.ts";
import { refuseWhileSagaOpen } from "./saga.ts";
import { stepKeyFor } from "./step-keys.ts";
import { undoneStep } from "./undoing.ts";

export function interceptors(): WorkflowInterceptors {
  openInbox();
  openAccount();
  openOperatorCalls();
  return {
    inbound: [
      {
        execute: (input, next) => converted(() => takeStart(input, next)),
        handleSignal: (input, next) => converted(() => takeSignal(input, next)),
        handleUpdate: (input, next) => converted(() => takeUpdate(input, next)),
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          const key = stepKeyFor(input.activityType, input.args[0]);
          const undone = undoneStep();
          const headers = {
            ...input.headers,
            [idempotencyKeyHeader]: defaultPayloadConverter.toPayload(key),
            // No code reads it in the run: the history says with it what undid which step.
            ...(undone && { [undoesHeader]: defaultPayloadConverter.toPayload(undone.key ?? null) }),
          };
          const running = next({ ...input, headers });
          const isUndo = undone !== undefined || input.activityType === reportActivityType;
          return followed(input.options.activityId ?? String(input.seq), isUndo, running);
        },
        startChildWorkflowExecution: (input, next) => next({ ...input, headers: stampedHeaders(input.headers) }),
        async continueAsNew(input, next) {
          const headers = withDeadlineHeader(stampedHeaders(input.headers), deadlineLeftMs());
          refuseWhileSagaOpen();
          await signalsDelivered();
          return next({ ...input, headers: carryOver(headers) });
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

// Bundled into every worker: gives each activity its idempotency key, and decides which errors end a run.
import { defaultPayloadConverter, type WorkflowInterceptors } from "@temporalio/workflow";
import { idempotencyKeyHeader } from "../core/step-failure.ts";
import { failureOf } from "./errors.ts";
import { refuseWhileSagaOpen } from "./saga.ts";
import { stepKeyFor } from "./step-keys.ts";

export function interceptors(): WorkflowInterceptors {
  return {
    inbound: [
      {
        execute: (input, next) => converted(() => next(input)),
        handleSignal: (input, next) => converted(() => next(input)),
        handleUpdate: (input, next) => converted(() => next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          const key = stepKeyFor(input.activityType, input.args[0]);
          const header = defaultPayloadConverter.toPayload(key);
          return next({ ...input, headers: { ...input.headers, [idempotencyKeyHeader]: header } });
        },
        continueAsNew(input, next) {
          refuseWhileSagaOpen();
          return next(input);
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

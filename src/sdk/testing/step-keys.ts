// Bundled beside the workflows by `bundleForTests`: tells each step's idempotency key as the code of today computes it.
import { defaultPayloadConverter, proxySinks, type Sinks, type WorkflowInterceptors } from "@temporalio/workflow";
import { idempotencyKeyHeader } from "../core/step-failure.ts";

/** A step as workflow code schedules it in a replay. */
export interface ScheduledStep {
  readonly activityId: string;
  readonly activityType: string;
  readonly key: string | undefined;
}

export interface StepKeySinks extends Sinks {
  readonly tenutoStepKeys: { scheduled(step: ScheduledStep): void };
}

const { tenutoStepKeys } = proxySinks<StepKeySinks>();

export function interceptors(): WorkflowInterceptors {
  return {
    outbound: [
      {
        scheduleActivity(input, next) {
          const header = input.headers[idempotencyKeyHeader];
          tenutoStepKeys.scheduled({
            activityId: input.options.activityId ?? String(input.seq),
            activityType: input.activityType,
            key: header && defaultPayloadConverter.fromPayload<string>(header),
          });
          return next(input);
        },
      },
    ],
  };
}

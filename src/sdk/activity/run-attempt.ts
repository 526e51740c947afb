// One attempt of a step: bounds it, lets it be canceled, and turns what it threw into what Temporal records.
import { Context } from "@temporalio/activity";
import { ApplicationFailure, CancelledFailure, defaultPayloadConverter } from "@temporalio/common";
import type { ActivityDefinition } from "../core/define-activities.ts";
import { parseDuration } from "../core/duration.ts";
import { assertWithinLimit } from "../core/payload-limit.ts";
import { secretsIn } from "../core/redacted.ts";
import { attemptTimedOut } from "../core/step-failure.ts";
import { failureOfAttempt, withRetryRule } from "./attempt-failure.ts";
import { clearFailure } from "./clear-failure.ts";
import { startHeartbeats } from "./heartbeats.ts";
import type { ActivityContext } from "./implement-activities.ts";

/** How often at least a running attempt asks the server whether it was canceled, in milliseconds. */
const longestHeartbeatMs = 1_000;

type Implementation = (input: never, context: ActivityContext) => Promise<unknown>;

/** Runs an implementation as one attempt of the activity of the current Temporal context. */
export async function runAttempt(
  definition: ActivityDefinition,
  implementation: Implementation,
  input: unknown,
  idempotencyKey: string,
): Promise<unknown> {
  const context = Context.current();
  const timeoutMs = parseDuration(definition.attemptTimeout);
  const bound = new AbortController();
  const timedOut = ApplicationFailure.create({
    type: attemptTimedOut,
    message: `The attempt took longer than its attemptTimeout of ${definition.attemptTimeout}`,
  });
  const stopHeartbeats = startHeartbeats(context, Math.min(longestHeartbeatMs, timeoutMs / 2));
  let timer: NodeJS.Timeout | undefined;
  let output: unknown;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      bound.abort(timedOut);
      reject(timedOut);
    }, timeoutMs);
  });
  try {
    output = await Promise.race([
      implementation(input as never, {
        idempotencyKey,
        signal: AbortSignal.any([context.cancellationSignal, bound.signal]),
        attempt: context.info.attempt,
        workflowId: context.info.workflowExecution?.workflowId ?? "",
        lastDetails: context.info.heartbeatDetails as unknown,
        heartbeat: (details) => {
          context.heartbeat(details);
        },
      }),
      timeout,
    ]);
    const parsed = await definition.output.parseAsync(output);
    const { data } = defaultPayloadConverter.toPayload(parsed);
    assertWithinLimit(data?.length ?? 0, `The output of activity "${context.info.activityType}"`);
    return parsed;
  } catch (error) {
    const attempt = { definition, attempt: context.info.attempt, activityType: context.info.activityType };
    if (error === timedOut) throw withRetryRule(timedOut, attempt);
    if (context.cancellationSignal.aborted) throw await stopReason(context);
    const secrets = secretsIn([input, output], definition.redact ?? []);
    throw clearFailure(await failureOfAttempt(error, attempt), secrets);
  } finally {
    stopHeartbeats();
    clearTimeout(timer);
  }
}

/** Why the attempt was told to stop; whatever its author threw was only the way of stopping. */
async function stopReason(context: Context): Promise<unknown> {
  const reason: unknown = await context.cancelled.catch((error: unknown) => error);
  if (!(reason instanceof CancelledFailure) || reason.message !== "WORKER_SHUTDOWN") return reason;
  // Nobody canceled the step, so it must not be reported as canceled: another worker tries again.
  return ApplicationFailure.create({ type: "WorkerShutdown", message: "The worker shut down during the attempt" });
}

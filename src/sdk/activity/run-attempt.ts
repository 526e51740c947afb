// One attempt of a step: bounds it, lets it be canceled, and turns what it threw into what Temporal records.
import { CompleteAsyncError, Context } from "@temporalio/activity";
import { ApplicationFailure, CancelledFailure, TemporalFailure } from "@temporalio/common";
import { isDeclaredError } from "../core/declared-error.ts";
import type { ActivityDefinition } from "../core/define-activities.ts";
import { parseDuration } from "../core/duration.ts";
import { attemptTimedOut, declaredErrorMark } from "../core/step-failure.ts";
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
  const heartbeat = setInterval(
    () => {
      context.heartbeat();
    },
    Math.min(longestHeartbeatMs, timeoutMs / 2),
  );
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      bound.abort(timedOut);
      reject(timedOut);
    }, timeoutMs);
  });
  try {
    const output = await Promise.race([
      implementation(input as never, {
        idempotencyKey,
        signal: AbortSignal.any([context.cancellationSignal, bound.signal]),
        attempt: context.info.attempt,
        workflowId: context.info.workflowExecution?.workflowId ?? "",
      }),
      timeout,
    ]);
    return await definition.output.parseAsync(output);
  } catch (error) {
    if (error === timedOut) throw error;
    if (context.cancellationSignal.aborted) throw await stopReason(context);
    throw recordable(error);
  } finally {
    clearInterval(heartbeat);
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

/** Records an error under the name that its author gave it, and a declared one as such. */
function recordable(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TemporalFailure || error instanceof CompleteAsyncError)
    return error;
  if (!isDeclaredError(error)) return ApplicationFailure.fromError(error, { type: error.name });
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: true,
    details: [error.data, declaredErrorMark],
    ...(error.cause instanceof Error && { cause: error.cause }),
  });
}

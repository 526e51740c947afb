// Authors put into messages what they sent or got. What a failure says is recorded, logged and shown, so what a contract
// redacts is taken out before anybody has it.
import { CompleteAsyncError } from "@temporalio/activity";
import { ApplicationFailure, TemporalFailure } from "@temporalio/common";
import { withoutSecrets } from "../core/redacted.ts";

/** What an attempt threw, with no secret in its messages and stacks, nor in those of its causes. */
export function clearFailure(error: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || error instanceof CompleteAsyncError) return error;
  if (error instanceof Error) return cleared(error, secrets);
  return typeof error === "string" ? withoutSecrets(error, secrets) : error;
}

function cleared(error: Error, secrets: readonly string[]): Error {
  if (error instanceof TemporalFailure && !(error instanceof ApplicationFailure)) return error;
  const stack = withoutSecrets(error.stack ?? "", secrets);
  const failure = ApplicationFailure.fromError(error, {
    message: withoutSecrets(error.message, secrets),
    ...(!(error instanceof ApplicationFailure) && { type: error.name }),
    ...(error.cause instanceof Error && { cause: cleared(error.cause, secrets) }),
  });
  return Object.assign(failure, { stack });
}

/**
 * A failure that an activity's contract names in `retryable`: it decides nothing and is retried by its own rule.
 *
 * In workflow code it arrives when the retries ran out; whether the step had its effect is then unknown.
 */
export class RetryableError<Type extends string = string, Data = unknown> extends Error {
  /** The type's own name, under which the failure is recorded wherever it ends up. */
  override readonly name: Type;
  readonly code = "RETRYABLE_ERROR";
  /** The name under which the contract declares it. */
  readonly type: Type;
  readonly data: Data;

  constructor(type: Type, data: Data, options?: { readonly cause?: unknown; readonly message?: string }) {
    super(options?.message ?? type, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = type;
    this.type = type;
    this.data = data;
  }
}

/** Whether an unknown value is a {@link RetryableError}, of any contract. */
export function isRetryableError(error: unknown): error is RetryableError {
  return error instanceof Error && "code" in error && error.code === "RETRYABLE_ERROR" && "type" in error;
}

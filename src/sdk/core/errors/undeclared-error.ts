/** An error of a contract thrown by an activity that does not declare it; the error that was thrown is the cause. */
export class UndeclaredError extends Error {
  override readonly name = "UndeclaredError";
  readonly code = "UNDECLARED_ERROR";
  readonly declared: readonly string[];

  /** `error` is the name of the one that was thrown, `declared` those that could be. */
  constructor(
    {
      activityType,
      error,
      declared,
    }: { readonly activityType: string; readonly error: string; readonly declared: readonly string[] },
    options: ErrorOptions,
  ) {
    super(
      `Activity ${JSON.stringify(activityType)} can't answer with ${JSON.stringify(error)}: ` +
        `it declares ${declared.join(", ") || "none"}. Add the error to its \`errors\` or \`retryable\`.`,
      options,
    );
    this.declared = declared;
  }
}

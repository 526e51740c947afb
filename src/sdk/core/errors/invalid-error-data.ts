import { summaryOf, type ValidationIssue } from "./validation-issue.ts";

/** Data of a declared or retryable error that does not fit its schema; the error that was thrown is the cause. */
export class InvalidErrorData extends Error {
  override readonly name = "InvalidErrorData";
  readonly code = "INVALID_ERROR_DATA";
  readonly issues: readonly ValidationIssue[];

  /** `error` is the name of the one that was thrown. */
  constructor(
    { activityType, error }: { readonly activityType: string; readonly error: string },
    issues: readonly ValidationIssue[],
    options: ErrorOptions,
  ) {
    super(
      `Activity ${JSON.stringify(activityType)} threw ${JSON.stringify(error)} with data that can't be used: ` +
        `${summaryOf(issues)}. Give data that fits its schema in the contract.`,
      options,
    );
    this.issues = issues;
  }
}

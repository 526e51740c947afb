import { summaryOf, type ValidationIssue } from "./validation-issue.ts";

/** A value that a contract does not take; nothing was sent. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly code = "INVALID_INPUT";
  readonly issues: readonly ValidationIssue[];

  /** `what` names the value, as in `The input of workflow "fulfillOrder"`. */
  constructor(what: string, issues: readonly ValidationIssue[]) {
    super(`${what} can't be used: ${summaryOf(issues)}. Correct it to fit the schema in the contract.`);
    this.issues = issues;
  }
}

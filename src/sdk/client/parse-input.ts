import type { z } from "zod";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { issuesOf, type ValidationIssue } from "../core/errors/validation-issue.ts";
import { secretsIn, withoutSecrets } from "../core/redacted.ts";
import { findUncarriable } from "./carriable.ts";

/** What a value is, for the one who reads of its problems, and which of its fields are told to nobody. */
export interface ParsedAs {
  /** As in `The input of workflow "fulfillOrder"`. */
  readonly what: string;
  /** @default none */
  readonly redact?: readonly string[] | undefined;
  /** What the pointers begin with. @default "/input" */
  readonly side?: "/input" | "/output" | "/signal/input" | "/update/input" | "/answer" | undefined;
}

/**
 * A value as its schema has it, with defaults and transforms applied.
 *
 * @throws {@link InvalidInput} with a pointer to each member that can't be used, or that JSON can't carry.
 */
export async function parseInput(
  schema: z.ZodType,
  input: unknown,
  { what, redact = [], side = "/input" }: ParsedAs,
): Promise<unknown> {
  const parsed = await schema.safeParseAsync(input).catch((error: unknown) => {
    throw withoutSecretsOf(error, secretsIn(input, redact));
  });
  const issue = parsed.data === undefined ? undefined : findUncarriable(parsed.data, side);
  const issues = parsed.success ? (issue ? [issue] : []) : issuesOf(parsed.error, side);
  if (issues.length > 0) throw new InvalidInput(what, clearIssues(issues, input, redact));
  return parsed.data;
}

/** Where and why, without what was there: a pointer below a redacted field may hold a part of it, a message all of it. */
function clearIssues(
  issues: readonly ValidationIssue[],
  input: unknown,
  redact: readonly string[],
): readonly ValidationIssue[] {
  if (redact.length === 0) return issues;
  const secrets = secretsIn(input, redact);
  return issues.map(({ pointer, message }) => {
    const parts = pointer.split("/");
    const end = parts.findIndex((part, index) => index > 1 && redact.includes(part));
    return {
      pointer: end < 0 ? pointer : parts.slice(0, end + 1).join("/"),
      message: withoutSecrets(message, secrets),
    };
  });
}

/** What a schema itself threw: a bug, whose message may quote the value. */
function withoutSecretsOf(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Error) || secrets.length === 0) return error;
  const clear = new Error(withoutSecrets(error.message, secrets));
  clear.name = error.name;
  clear.stack = withoutSecrets(error.stack ?? "", secrets);
  return clear;
}

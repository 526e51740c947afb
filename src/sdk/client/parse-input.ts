import type { z } from "zod";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { issuesOf } from "../core/errors/validation-issue.ts";
import { findUncarriable } from "./carriable.ts";

/**
 * A value as its schema has it, with defaults and transforms applied.
 *
 * `what` names the value in the message, `side` begins the pointers.
 *
 * @throws {@link InvalidInput} with a pointer to each member that can't be used, or that JSON can't carry.
 */
export async function parseInput(
  schema: z.ZodType,
  input: unknown,
  what: string,
  side: "/input" | "/output" = "/input",
): Promise<unknown> {
  const parsed = await schema.safeParseAsync(input);
  if (!parsed.success) throw new InvalidInput(what, issuesOf(parsed.error, side));
  const issue = parsed.data === undefined ? undefined : findUncarriable(parsed.data, side);
  if (issue) throw new InvalidInput(what, [issue]);
  return parsed.data;
}

import type { z } from "zod";

/** One place in a JSON value that can't be used; `pointer` is a JSON pointer (RFC 6901). */
export interface ValidationIssue {
  readonly pointer: string;
  readonly message: string;
}

/** More say nothing new, and a large list of bad lines would make a larger answer. */
const most = 100;

/** What zod found, as JSON pointers below `prefix`; the value itself is in none of the messages. */
export function issuesOf(error: z.core.$ZodError, prefix = ""): readonly ValidationIssue[] {
  return error.issues.slice(0, most).flatMap((issue) => {
    const pointer = prefix + pointerTo(issue.path);
    if (issue.code !== "unrecognized_keys") return [{ pointer, message: issue.message }];
    return issue.keys
      .slice(0, most)
      .map((key) => ({ pointer: pointer + pointerTo([key]), message: "There is no such member" }));
  });
}

/** A JSON pointer to a place, from the names and indexes that lead to it. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The sentence that an error's message has about its issues. */
export function summaryOf(issues: readonly ValidationIssue[]): string {
  const [first] = issues;
  if (!first) return "got no details";
  const count = issues.length === 1 ? "one problem" : `${issues.length} problems, the first`;
  return `got ${count} at ${JSON.stringify(first.pointer)} (${first.message})`;
}

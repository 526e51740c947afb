import { ApiProblem } from "./errors/api-problem.ts";
import { ApiUnreachable } from "./errors/api-unreachable.ts";
import type { Output } from "./output.ts";

/** Tells on stderr what failed and what to do: for people, or as a problem in JSON. */
export function reportError(output: Output, error: unknown, isJson: boolean): void {
  const remedy = remedyFor(error);
  if (isJson) {
    output.jsonNotice(problemOf(error, remedy));
    return;
  }
  output.notice(`Error: ${messageOf(error)}`);
  if (error instanceof ApiProblem) {
    const { errors = [], code, requestId } = error.problem;
    for (const { pointer, message } of errors) output.notice(`  ${pointer === "" ? "/" : pointer}: ${message}`);
    output.notice(`  (${code}${requestId === undefined ? "" : `, request ${requestId}`})`);
  }
  if (remedy !== undefined) output.notice(remedy);
}

/** The API's own, or one of the same shape for what never came that far. */
function problemOf(error: unknown, remedy: string | undefined): unknown {
  if (error instanceof ApiProblem) return error.problem;
  const { code = "CLI_FAILED", name = "Error" } = error as { readonly code?: string; readonly name?: string };
  const detail = remedy === undefined ? messageOf(error) : `${messageOf(error)} ${remedy}`;
  return { type: "about:blank", title: name, code, detail };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const remedies: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Set TENUTO_API_KEY to a key of this API; a wrong one is answered like none.",
  FORBIDDEN: "Set TENUTO_API_KEY to a key whose role may do this.",
  DEAD_LETTER_NOT_FOUND: "See what there is by `tenuto dead-letters list`.",
  BATCH_NOT_FOUND: "See what there is by `tenuto batch list`.",
  DEAD_LETTER_NOT_OPEN: "See how it stands by `tenuto dead-letters show ID`.",
  BATCH_NOT_RUNNING: "See how it ended by `tenuto batch show ID`.",
  TRANSITION_IN_PROGRESS: "See what moves by `tenuto machines show ID`.",
  NO_STATE_MACHINE: "See which runs have one by `tenuto machines list`.",
  EVENT_SOURCE_NOT_FOUND: "See which there are by `tenuto events list`.",
  NOT_FOUND: "Check --url or TENUTO_URL: that API has no such path, or is older than this command.",
};

function remedyFor(error: unknown): string | undefined {
  if (error instanceof ApiUnreachable) {
    return error.mayBeDone ? lookFirst : "Check that it runs, and where: --url or TENUTO_URL.";
  }
  if (!(error instanceof ApiProblem)) return undefined;
  if (error.mayBeDone) return lookFirst;
  const [mode] = error.problem.modes ?? [];
  if (error.code === "REDRIVE_UNSOUND" && mode !== undefined) return `Try --mode ${mode}.`;
  return remedies[error.code];
}

const lookFirst = "It may have been done nevertheless: look before you try again.";

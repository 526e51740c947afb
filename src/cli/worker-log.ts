import type { LogEntry } from "@temporalio/worker";

/** What our log keeps of an entry of Temporal's, besides its message; of errors only their names, where payloads are encrypted. */
export function fieldsOf(
  { message, meta }: Pick<LogEntry, "message" | "meta">,
  { isEncrypted = false } = {},
): Readonly<Record<string, unknown>> {
  // A task token says nothing to a reader, and failures of the user's code are in the history with their stacks.
  const { taskToken, error, ...context } = { ...meta } as Record<string, unknown>;
  if (!(error instanceof Error)) return context;
  // What a run ended with is its author's text, which may quote what a contract redacts. Of a step it was taken out.
  const isNameOnly = isEncrypted || message === "Workflow failed";
  const name = "type" in error && typeof error.type === "string" ? error.type : error.name;
  return { ...context, failure: isNameOnly ? name : `${error.name}: ${error.message}` };
}

/** Our log's names of Temporal's levels. */
export const levels = { TRACE: "trace", DEBUG: "debug", INFO: "info", WARN: "warn", ERROR: "error" } as const;

/** Whether an entry is an alert that goes to the channel `log`: it is written also where nothing else of its level is. */
export function isAlert({ meta }: Pick<LogEntry, "meta">): boolean {
  return typeof meta?.["alertId"] === "string";
}

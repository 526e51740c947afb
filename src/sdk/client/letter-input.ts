// What a dead letter's input is: small ones are in its memo, the others in its history only.
import type { DeadLetterRecord } from "../core/dead-letter.ts";
import { decode } from "./payloads.ts";
import { fetchEvents } from "./run-history.ts";
import type { Temporal } from "./temporal.ts";

/** The input of the run that failed, or what is left of an event; `undefined` when it was too large to be kept. */
export async function inputOfLetter(
  temporal: Temporal,
  record: DeadLetterRecord,
  workflowId: string,
): Promise<unknown> {
  if (record.input !== undefined) return parsed(record.input);
  if (record.inputTruncated) return undefined;
  const events = await fetchEvents(temporal, { workflowId });
  const told = events.flatMap((event) => [
    ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
    ...(event.workflowExecutionSignaledEventAttributes?.input?.payloads ?? []),
  ]);
  const inputs = told.map(decode).flatMap((value) => {
    const { report = value } = (value ?? {}) as { readonly report?: unknown };
    const { runId, input } = (report ?? {}) as Partial<DeadLetterRecord>;
    return runId === record.runId && input !== undefined ? [input] : [];
  });
  return parsed(inputs.at(-1));
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

import { ApplicationFailure } from "@temporalio/workflow";

/** @throws `InvalidInput` unless each is a text that people can read. */
export function assertTexts(texts: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(texts)) {
    if (typeof value !== "string" || value.trim() === "" || value.length > longestNote)
      throw invalid(`/${field}`, `Needs 1 to ${longestNote} characters`);
  }
}

const longestNote = 2_000;

export function invalid(pointer: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: "InvalidInput",
    message: `The operator's call can't be used: ${pointer} ${message}.`,
    nonRetryable: true,
    details: [{ issues: [{ pointer, message }] }],
  });
}

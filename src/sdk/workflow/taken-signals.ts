// Signals that were sent under a key, so that one that comes again is dropped: the server tells repeats within a run only, and
// not for long. The run that continues this one knows them as well. Module state belongs to one run.
import { defaultPayloadConverter, type Headers, patched } from "@temporalio/workflow";
import { signalKeyHeaderName } from "../core/intake.ts";

/** As many as a run takes in some hours of a busy source. */
const kept = 1_000;

let keys = new Set<string>();

/** Whether a signal was here before under its key; from now on it was. */
export function isRepeated(headers: Headers): boolean {
  const header = headers[signalKeyHeaderName];
  if (!header) return false;
  const key = defaultPayloadConverter.fromPayload<string>(header);
  // Asked only where something depends on it: runs of before have delivered what came twice.
  if (keys.has(key)) return patched("tenuto.signal-once");
  keys.add(key);
  if (keys.size > kept) keys = new Set([...keys].slice(-kept));
  return false;
}

/** What the run that continues this one has to know. */
export function takenSignals(): readonly string[] {
  return [...keys];
}

export function restoreTakenSignals(taken: readonly string[]): void {
  keys = new Set([...taken, ...keys]);
}

import type { BriefError } from "./dead-letter.ts";
import { hashJson } from "./idempotency-key.ts";

/** A failure, as far as it tells its pattern. */
export interface FailurePattern {
  readonly type: string;
  readonly step?: string | undefined;
  readonly error: BriefError;
}

/** What all failures of one pattern have in common: 16 hex digits, of type, step, error and message without what varies. */
export function fingerprintOfFailure({ type, step, error }: FailurePattern): string {
  return hashJson([type, step ?? null, error.type, withoutIds(error.message)]).slice(0, 16);
}

/**
 * A message in which what differs from one failure to the next is a placeholder: quoted texts, ids, numbers.
 * `Order "o-17" was refused after 3 s` is `Order <text> was refused after <n> s`.
 */
function withoutIds(message: string): string {
  return message
    .slice(0, 1_000)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, "<text>")
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "<id>")
    .replace(/\b[\w.:/-]*\d[\w.:/-]*\b/g, (word) => (/^\d+(?:\.\d+)?$/.test(word) ? "<n>" : "<id>"))
    .replace(/\s+/g, " ")
    .trim();
}

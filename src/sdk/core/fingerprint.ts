import type { BriefError } from "./dead-letter.ts";
import { hashJson } from "./idempotency-key.ts";
import { messageRules } from "./message-rules.ts";
import { shown } from "./steady-text.ts";

/** A failure, as far as it tells its pattern. */
export interface FailurePattern {
  readonly type: string;
  readonly step?: string | undefined;
  readonly error: BriefError;
}

/** What all failures of one pattern have in common: 16 hex digits, of type, step, error and message without what varies. */
export function fingerprintOfFailure({ type, step, error }: FailurePattern): string {
  return hashJson([type, step ?? null, error.type, patternOf(error.message)]).slice(0, 16);
}

const readCharacters = 1_000;
/** Half of what is read: the end of a text that was cut depends on how long its ids were. */
const patternCharacters = 500;

/**
 * A message in which what differs from one failure to the next is a placeholder, such as `<text>`, `<id>`, `<n>` or `<date>`.
 * What tells problems apart stays: status and error codes, and the names of columns, constraints, properties and the like.
 * `Order "o-17" was refused after 3 s` is `Order <text> was refused after <n>`.
 */
export function patternOf(message: string): string {
  const text = Object.values(messageRules).reduce((before, rule) => rule(before), clipped(message, readCharacters));
  return clipped(shown(text.replace(/\s+/g, " ").trim()), patternCharacters);
}

/** What is left ends with whole words: a piece of an id is no id. */
function clipped(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters).replace(/\S{0,80}$/, "")}…`;
}

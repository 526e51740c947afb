import type { LetterEvent } from "../core/letter-event.ts";
import { redacted } from "../core/redacted.ts";

/** The input of a dead letter as people may see it. In what is no JSON nobody can tell what belongs to a name, so the name hides all of it. */
export function shownInput(input: unknown, event: LetterEvent | undefined, redact: readonly string[]): unknown {
  const isText = event?.content === "text" || event?.content === "base64";
  if (!isText || typeof input !== "string") return redacted(input, redact);
  const text = event.content === "text" ? input : Buffer.from(input, "base64").toString("latin1").replaceAll("\0", "");
  const unescaped = text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const searched = unescaped.toLowerCase();
  return redact.some((name) => searched.includes(name.toLowerCase())) ? "[redacted]" : input;
}

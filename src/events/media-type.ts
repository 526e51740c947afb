import { InvalidEvent } from "./errors/invalid-event.ts";

/** A content type, as far as it says how bytes are read. */
export interface MediaType {
  /** Type and subtype, in lower case, without parameters. */
  readonly essence: string;
  readonly kind: "json" | "text" | "binary";
}

/**
 * Reads a content type (RFC 2045).
 *
 * @throws {@link InvalidEvent} when it is none, or has text in another charset than UTF-8.
 */
export function parseMediaType(text: string, pointer: string): MediaType {
  const [first = "", ...parameters] = text.toLowerCase().split(";");
  const essence = first.trim();
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(essence)) {
    throw new InvalidEvent("invalid", {
      pointer,
      why: "is no content type",
      remedy: "Give one, as in application/json.",
    });
  }
  const kind = kindOf(essence);
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  if (kind === "binary" || charset === undefined || /^charset="?(utf-?8|us-ascii)"?$/.test(charset)) {
    return { essence, kind };
  }
  const why = "has another charset than UTF-8";
  throw new InvalidEvent("unsupported-content", { pointer, why, remedy: "Send UTF-8." });
}

function kindOf(essence: string): MediaType["kind"] {
  if (/[/+]json$/.test(essence)) return "json";
  return /^text\/|[/+]xml$/.test(essence) ? "text" : "binary";
}

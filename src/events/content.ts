import { isNestedDeeper, locateJsonFault } from "tenuto";
import { InvalidEvent } from "./errors/invalid-event.ts";
import type { MediaType } from "./media-type.ts";

const maxDepth = 64;

/**
 * What bytes stand for by their type: a value, if it is JSON, or text; of no type, or another one, a copy of the bytes.
 *
 * @throws {@link InvalidEvent}
 */
export function contentOf(bytes: Uint8Array, type: MediaType | undefined, pointer: string): unknown {
  switch (type?.kind) {
    case "json":
      return parseJson(bytes, pointer);
    case "text":
      return decodeUtf8(bytes, pointer);
    default:
      return new Uint8Array(bytes);
  }
}

/**
 * The value of JSON in UTF-8 that is nested no deeper than 64.
 *
 * @throws {@link InvalidEvent} with the line and column of what is not JSON.
 */
export function parseJson(bytes: Uint8Array, pointer: string): unknown {
  const value = parse(decodeUtf8(bytes, pointer), pointer);
  if (!isNestedDeeper(value, maxDepth)) return value;
  const why = `is nested deeper than ${maxDepth}`;
  throw new InvalidEvent("too-deep", { pointer, why, remedy: "Make it flatter." });
}

function decodeUtf8(bytes: Uint8Array, pointer: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidEvent("not-utf8", { pointer, why: "is not UTF-8", remedy: "Encode it as UTF-8." });
  }
}

function parse(text: string, pointer: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, position } = locateJsonFault(text);
    const why = `is not JSON: it stops being so at line ${line}, column ${column} (position ${position})`;
    throw new InvalidEvent("not-json", { pointer, why, remedy: "Correct it there." });
  }
}

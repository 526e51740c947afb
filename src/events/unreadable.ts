import type { RefusedEvent } from "tenuto/client";
import { InvalidEvent } from "./errors/invalid-event.ts";
import { isName } from "./json-members.ts";

/** What came and is no event, with as much as is known of the event that it should be. */
export function unreadable(content: Uint8Array, error: unknown, known: KnownNames = namesIn(error)): RefusedEvent {
  const [type, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return {
    content,
    error: { type, message },
    ...(isName(known.id) && { id: known.id }),
    ...(isName(known.type) && { type: known.type }),
  };
}

/** What is known of an event outside of what can't be read. */
export interface KnownNames {
  readonly id?: unknown;
  readonly type?: unknown;
}

function namesIn(error: unknown): KnownNames {
  return error instanceof InvalidEvent ? error.known : {};
}

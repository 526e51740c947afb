import { parseJson } from "./content.ts";
import type { IncomingEvent } from "tenuto/client";
import { InvalidEvent } from "./errors/invalid-event.ts";
import { isName, longestName } from "./json-members.ts";

/** An entry of a stream, as node-redis has it. */
export interface RedisEntry {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

/**
 * The event of an entry.
 *
 * @throws {@link InvalidEvent}
 */
export function eventInEntry({ id: entryId, message }: RedisEntry): IncomingEvent {
  const { type } = message;
  const id = message["id"] ? message["id"] : entryId;
  try {
    const event = { id, ...contentIn(message) };
    for (const name of ["id", "type"] as const) {
      const why = `has more than ${longestName} characters`;
      if (!isName(event[name])) throw new InvalidEvent("invalid", { pointer: `/${name}`, why, remedy: "Shorten it." });
    }
    return event;
  } catch (error) {
    if (error instanceof InvalidEvent) error.known = { id, type };
    throw error;
  }
}

/** What is kept of an entry that can't be read. */
export function bytesOfEntry({ message }: RedisEntry): Uint8Array {
  return Buffer.from(JSON.stringify(message), "utf8");
}

function contentIn({ type, data }: RedisEntry["message"]): Omit<IncomingEvent, "id"> {
  const missing = (name: string) =>
    new InvalidEvent("missing", {
      pointer: `/${name}`,
      why: "is missing",
      remedy: "Give an entry the fields type and data.",
    });
  if (!type) throw missing("type");
  if (data === undefined) throw missing("data");
  return { type, data: parseJson(Buffer.from(data, "utf8"), "/data") };
}

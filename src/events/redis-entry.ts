import { parseJson } from "./content.ts";
import type { IncomingEvent } from "./deliver.ts";
import { InvalidEvent } from "./errors/invalid-event.ts";

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
  const { id, type, data } = message;
  const missing = (name: string) =>
    new InvalidEvent("missing", {
      pointer: `/${name}`,
      why: "is missing",
      remedy: "Give an entry the fields type and data.",
    });
  if (!type) throw missing("type");
  if (data === undefined) throw missing("data");
  return { id: id ? id : entryId, type, data: parseJson(Buffer.from(data, "utf8"), "/data") };
}

import { parseJson } from "./content.ts";
import type { IncomingEvent } from "tenuto/client";
import { InvalidEvent } from "./errors/invalid-event.ts";
import { isName, longestName, membersOf } from "./json-members.ts";

/** A message as a broker brings it. */
export interface BrokerMessage {
  readonly content: Uint8Array;
  /** The event's id, where the message has it outside of its content. */
  readonly id?: unknown;
  readonly type?: unknown;
}

/**
 * The event in a message: with id and type outside of it, the content is the data; else it is `{ id, type, data }`, as a
 * CloudEvent is, and what is outside goes before what is in it.
 *
 * @throws {@link InvalidEvent}: it will never be an event.
 */
export function readMessage({ content, ...names }: BrokerMessage): IncomingEvent {
  let known: Omit<BrokerMessage, "content"> = names;
  try {
    const body = parseJson(content, "/body");
    const { id, type } = names;
    if (isGiven(id) && isGiven(type)) return { id: checked("id", id), type: checked("type", type), data: body };
    const members = membersOf(body);
    known = { id: isGiven(id) ? id : members["id"], type: isGiven(type) ? type : members["type"] };
    return { id: checked("id", known.id), type: checked("type", known.type), data: members["data"] };
  } catch (error) {
    if (error instanceof InvalidEvent) error.known = known;
    throw error;
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function checked(what: "id" | "type", value: unknown): string {
  if (isName(value)) return value;
  const remedy = `Give it as a property of the message or in its body, as a text of at most ${longestName} characters.`;
  const [fault, why] = isGiven(value) ? (["invalid", "is not usable"] as const) : (["missing", "is missing"] as const);
  throw new InvalidEvent(fault, { pointer: `/body/${what}`, why, remedy });
}

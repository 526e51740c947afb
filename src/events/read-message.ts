import type { IncomingEvent } from "./deliver.ts";

/** A message as a broker brings it. */
export interface BrokerMessage {
  readonly content: Uint8Array;
  /** The event's id, where the message has it outside of its content. */
  readonly id?: unknown;
  readonly type?: unknown;
}

const longestName = 255;

/**
 * The event in a message: with id and type outside of it, the content is the data; else it is `{ id, type, data }`, as a
 * CloudEvent is, and what is outside goes before what is in it.
 *
 * @throws Error that says what the message lacks: it will never be an event.
 */
export function readMessage({ content, id, type }: BrokerMessage): IncomingEvent {
  const body = parsed(content);
  if (isGiven(id) && isGiven(type)) return { id: checked("id", id), type: checked("type", type), data: body };
  const members = membersOf(body);
  return {
    id: checked("id", isGiven(id) ? id : members["id"]),
    type: checked("type", isGiven(type) ? type : members["type"]),
    data: members["data"],
  };
}

function parsed(content: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (error) {
    throw new Error("The message is not UTF-8", { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("The message is not JSON", { cause: error });
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function checked(what: "id" | "type", value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= longestName) return value;
  throw new Error(`The message has no usable ${what}: an event needs one, a text of at most ${longestName} characters`);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : {};
}

import { InvalidEvent } from "./errors/invalid-event.ts";

/** The attributes of a CloudEvent that events are told apart by. */
export interface EventAttributes {
  /** Unique together with the source. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339, as the sender wrote it. */
  readonly time?: string;
  readonly subject?: string;
}

/** Where attributes stand: in headers, or in the body. */
export interface AttributePlace {
  /** `undefined` or `null` when it isn't set. */
  valueOf(name: string): unknown;
  pointerTo(name: string): string;
}

/**
 * The attributes of an event.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
 * @throws {@link InvalidEvent}
 */
export function readAttributes(place: AttributePlace): EventAttributes {
  assertVersion(place);
  const required = { id: mustHave(place, "id"), source: mustHave(place, "source"), type: mustHave(place, "type") };
  const time = timeIn(place);
  const subject = attributeIn(place, "subject");
  return { ...required, ...(time !== undefined && { time }), ...(subject !== undefined && { subject }) };
}

/**
 * An attribute that is a text; nothing, when it isn't set.
 *
 * @throws {@link InvalidEvent}
 */
export function attributeIn(place: AttributePlace, name: string): string | undefined {
  const value = place.valueOf(name);
  if (value === undefined || value === null) return undefined;
  const refuse = (why: string) =>
    new InvalidEvent("invalid", { pointer: place.pointerTo(name), why, remedy: "Give a text, or leave it out." });
  if (typeof value !== "string") throw refuse("is no text");
  if (value === "") throw refuse("is empty");
  if (/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(value))
    throw refuse("has characters that no attribute may have");
  return value;
}

function mustHave(place: AttributePlace, name: string): string {
  const value = attributeIn(place, name);
  if (value !== undefined) return value;
  const why = "is missing";
  const remedy = "A CloudEvent has specversion, id, source and type.";
  throw new InvalidEvent("missing", { pointer: place.pointerTo(name), why, remedy });
}

function assertVersion(place: AttributePlace): void {
  if (mustHave(place, "specversion") === "1.0") return;
  const why = "is another version than 1.0";
  throw new InvalidEvent("invalid", { pointer: place.pointerTo("specversion"), why, remedy: "Send a CloudEvent 1.0." });
}

const timestamp =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

function timeIn(place: AttributePlace): string | undefined {
  const time = attributeIn(place, "time");
  if (time === undefined) return undefined;
  const [, year, month, day] = timestamp.exec(time)?.map(Number) ?? [];
  const days = year === undefined || month === undefined ? 0 : new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day !== undefined && day >= 1 && day <= days) return time;
  const remedy = "Write it as RFC 3339 does, as in 2018-04-05T17:31:00Z.";
  throw new InvalidEvent("invalid", { pointer: place.pointerTo("time"), why: "is no time", remedy });
}

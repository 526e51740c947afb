import { contentOf, parseJson } from "./content.ts";
import { InvalidEvent } from "./errors/invalid-event.ts";
import { attributeIn, type AttributePlace, type EventAttributes, readAttributes } from "./event-attributes.ts";
import { headerText, pointerToHeader } from "./header-text.ts";
import { type MediaType, parseMediaType } from "./media-type.ts";
import { type RequestHeaders, valuesOf } from "./request-headers.ts";

/** A CloudEvent; its data is a value, a text, or bytes, by its content type. */
export interface CloudEvent extends EventAttributes {
  readonly data: unknown;
}

/** Whether headers have what only a CloudEvent in binary mode has. One is enough, so that an incomplete one is told. */
export function areOfCloudEvent(headers: RequestHeaders): boolean {
  return ["specversion", "id", "source", "type"].some((name) => valuesOf(headers, `ce-${name}`).length > 0);
}

/**
 * A CloudEvent whose attributes are headers and whose data is the body.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#31-binary-content-mode
 * @throws {@link InvalidEvent}
 */
export function decodeBinary(headers: RequestHeaders, body: Uint8Array, type: MediaType | undefined): CloudEvent {
  const attributes = readAttributes({
    valueOf: (name) => headerText(headers, `ce-${name}`),
    pointerTo: (name) => pointerToHeader(`ce-${name}`),
  });
  return { ...attributes, data: body.length === 0 ? undefined : contentOf(body, type, "/body") };
}

/**
 * A CloudEvent that is one JSON object.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#3-envelope
 * @throws {@link InvalidEvent}
 */
export function decodeStructured(body: Uint8Array): CloudEvent {
  const envelope = parseJson(body, "/body");
  if (!isRecord(envelope)) {
    const remedy = "Send one event as a JSON object.";
    throw new InvalidEvent("invalid", { pointer: "/body", why: "is no JSON object", remedy });
  }
  const place = {
    valueOf: (name: string) => (Object.hasOwn(envelope, name) ? envelope[name] : undefined),
    pointerTo: (name: string) => `/body/${name}`,
  };
  return { ...readAttributes(place), data: dataIn(place, Object.hasOwn(envelope, "data")) };
}

function dataIn(place: AttributePlace, hasData: boolean): unknown {
  const contentType = attributeIn(place, "datacontenttype");
  const type = contentType === undefined ? undefined : parseMediaType(contentType, place.pointerTo("datacontenttype"));
  const base64 = place.valueOf("data_base64");
  if (base64 !== undefined && base64 !== null) {
    const pointer = place.pointerTo("data_base64");
    if (!hasData) return contentOf(bytesOf(base64, pointer), type, pointer);
    throw new InvalidEvent("invalid", { pointer, why: "stands beside data", remedy: "Send one of the two." });
  }
  const data = place.valueOf("data");
  // Without a type the data is JSON; with one that is not JSON it is a text of that type.
  if (!hasData || type === undefined || type.kind === "json" || typeof data === "string") return data;
  const why = "is no text, though its datacontenttype is not JSON";
  const remedy = "Send text, or bytes in data_base64.";
  throw new InvalidEvent("invalid", { pointer: place.pointerTo("data"), why, remedy });
}

function bytesOf(base64: unknown, pointer: string): Uint8Array {
  const bytes = Buffer.from(typeof base64 === "string" ? base64 : "", "base64");
  // Node skips what it can't decode: the way back shows whether it did.
  if (bytes.toString("base64") === base64) return bytes;
  throw new InvalidEvent("invalid", {
    pointer,
    why: "is not base64",
    remedy: "Encode the bytes as base64, with padding.",
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { areOfCloudEvent, decodeBinary, decodeStructured } from "./cloud-events.ts";
import { parseJson } from "./content.ts";
import { InvalidEvent } from "./errors/invalid-event.ts";
import type { EventAttributes } from "./event-attributes.ts";
import { onlyHeader, pointerToHeader } from "./header-text.ts";
import { parseMediaType } from "./media-type.ts";
import type { RequestHeaders } from "./request-headers.ts";

/** A request with an event, before anything has parsed it. */
export interface EventRequest {
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
}

/** What a request says. Plain JSON has nothing but its data; a CloudEvent has id, source and type. */
export interface DecodedEvent extends Partial<EventAttributes> {
  readonly data: unknown;
}

const pointer = pointerToHeader("content-type");

/**
 * Reads the event of a request: a CloudEvent 1.0 in binary or structured mode, or plain JSON. The data of a CloudEvent whose
 * content type is neither JSON nor text is a `Uint8Array`.
 *
 * @throws {@link InvalidEvent}
 */
export function decodeEvent({ headers, body }: EventRequest): DecodedEvent {
  const contentType = onlyHeader(headers, "content-type");
  const type = contentType === undefined ? undefined : parseMediaType(contentType, pointer);
  if (type?.essence.startsWith("application/cloudevents")) {
    assertOneInJson(type.essence);
    return decodeStructured(body);
  }
  if (areOfCloudEvent(headers)) return decodeBinary(headers, body, type);
  if (type === undefined || type.kind === "json") return { data: parseJson(body, "/body") };
  const remedy = "Send application/json, or a CloudEvent.";
  throw new InvalidEvent("unsupported-content", { pointer, why: "is not JSON", remedy });
}

function assertOneInJson(essence: string): void {
  if (essence.startsWith("application/cloudevents-batch")) {
    const remedy = "Send each event in a request of its own, so that each is answered for itself.";
    throw new InvalidEvent("batched", { pointer, why: "is that of a batch of events", remedy });
  }
  if (essence === "application/cloudevents+json") return;
  const why = "is an event format that is not read";
  throw new InvalidEvent("unsupported-content", { pointer, why, remedy: "Send application/cloudevents+json." });
}

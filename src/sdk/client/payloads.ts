import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { deadlineHeaderName, parsedHeaderName } from "../core/intake.ts";

/** Temporal refuses 2 MiB; what is left is for the rest of the message. */
const maxBytes = 1_900_000;

/** The header that says that a start or a signal was parsed by its contract before it was sent. */
export const parsedHeader = { fields: { [parsedHeaderName]: encode(true) } };

/** {@link parsedHeader} of a start whose run has a deadline, in milliseconds. */
export function startHeader(deadlineMs: number | undefined) {
  if (deadlineMs === undefined) return parsedHeader;
  return { fields: { ...parsedHeader.fields, [deadlineHeaderName]: encode(deadlineMs) } };
}

/**
 * A value as Temporal's payload, in JSON.
 *
 * @throws {@link PayloadTooLarge} above 1.9 MB encoded.
 */
export function encodeWithinLimit(value: unknown, what: string): Payload {
  const payload = encode(value);
  const bytes = payload.data?.length ?? 0;
  if (bytes > maxBytes) throw new PayloadTooLarge(what, { bytes, maxBytes });
  return payload;
}

export function encode(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

/** The value of a payload; one in an encoding that is not ours is `undefined`. */
export function decode(payload: Payload | null | undefined): unknown {
  if (!payload) return undefined;
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch {
    return undefined;
  }
}

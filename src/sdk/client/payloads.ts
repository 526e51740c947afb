import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import {
  deadlineHeaderName,
  onceHeaderName,
  parsedHeaderName,
  type SentBy,
  signalKeyHeaderName,
} from "../core/intake.ts";
import { laneHeaderName, type LaneOfRun } from "../core/lane.ts";
import { assertWithinLimit } from "../core/payload-limit.ts";
import { assertOpened } from "./encrypted-payload.ts";

/** The header that says that a start or a signal was parsed by its contract before it was sent. */
export const parsedHeader = { fields: { [parsedHeaderName]: encode(true) } };

/** What a start carries beside its input. */
export interface StartTerms {
  /** How long its run may take, in milliseconds. */
  readonly deadlineMs?: number | undefined;
  readonly concurrency?: LaneOfRun | undefined;
}

/** {@link parsedHeader} of a start. */
export function startHeader({ deadlineMs, concurrency }: StartTerms) {
  if (deadlineMs === undefined && !concurrency) return parsedHeader;
  return {
    fields: {
      ...parsedHeader.fields,
      ...(deadlineMs !== undefined && { [deadlineHeaderName]: encode(deadlineMs) }),
      ...(concurrency && { [laneHeaderName]: encode(concurrency) }),
    },
  };
}

/** What an update takes: its input, and who sends it where the run is told that. */
export function updateArguments(input: Payload, by: string | undefined): { readonly payloads: Payload[] } {
  const sender: SentBy | undefined = by === undefined ? undefined : { by };
  return { payloads: sender ? [input, encode(sender)] : [input] };
}

/** {@link parsedHeader} of a signal that was sent under a key. */
export function signalHeader(key: string | undefined) {
  if (key === undefined) return parsedHeader;
  return { fields: { ...parsedHeader.fields, [signalKeyHeaderName]: encode(key) } };
}

/** {@link parsedHeader} of an update whose id its sender gives again when it sends it again. */
export const onceHeader = { fields: { ...parsedHeader.fields, [onceHeaderName]: encode(true) } };

/**
 * A value as Temporal's payload, in JSON.
 *
 * @throws `PayloadTooLarge` above 1.9 MB encoded.
 */
export function encodeWithinLimit(value: unknown, what: string): Payload {
  const payload = encode(value);
  assertWithinLimit(payload.data?.length ?? 0, what);
  return payload;
}

export function encode(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

/**
 * The value of a payload; one in an encoding that is not ours is `undefined`.
 *
 * @throws `DecryptionFailed` of one that is still encrypted.
 */
export function decode(payload: Payload | null | undefined): unknown {
  if (!payload) return undefined;
  assertOpened(payload);
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch {
    return undefined;
  }
}

import type { Payload } from "@temporalio/common";
import { msToTs } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import { decode, encode, startHeader, type StartTerms } from "./payloads.ts";
import { type Lane, temporalPriority } from "../core/priority.ts";
import type { StartFingerprint } from "./run-ids.ts";

const memoKey = "tenutoIdempotencyKey";
const memoPayload = "tenutoPayload";
const memoRequestId = "tenutoRequestId";

/** A {@link StartFingerprint} as a memo has it: anybody may have written that. */
export interface RecordedFingerprint {
  readonly key: unknown;
  readonly payload: unknown;
}

export function recordedFingerprint(memo: api.api.common.v1.IMemo | null | undefined): RecordedFingerprint {
  return { key: decode(memo?.fields?.[memoKey]), payload: decode(memo?.fields?.[memoPayload]) };
}

/** The id of the request that began a run, as its memo has it. */
export function recordedRequestId(memo: api.api.common.v1.IMemo | null | undefined): string | undefined {
  const id = decode(memo?.fields?.[memoRequestId]);
  return typeof id === "string" ? id : undefined;
}

export function memoOf({ key, payload }: StartFingerprint, requestId: string | undefined) {
  return {
    fields: {
      [memoPayload]: encode(payload),
      ...(key !== undefined && { [memoKey]: encode(key) }),
      ...(requestId !== undefined && { [memoRequestId]: encode(requestId) }),
    },
  };
}

interface RequestParts extends StartTerms {
  readonly type: string;
  readonly workflowId: string;
  readonly payload: Payload;
  readonly taskQueue: string;
  readonly delayMs: number;
  readonly lane: Lane | undefined;
  readonly fingerprint: StartFingerprint;
  readonly requestId: string | undefined;
}

/** What a start sends, whoever asks and however often. */
export function requestOf(parts: RequestParts) {
  const { type, workflowId, payload, taskQueue, delayMs, deadlineMs, concurrency, lane, fingerprint, requestId } =
    parts;
  const priority = temporalPriority(lane);
  return {
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: taskQueue },
    input: { payloads: [payload] },
    header: startHeader({ deadlineMs, concurrency }),
    memo: memoOf(fingerprint, requestId),
    ...(priority && { priority }),
    ...(delayMs > 0 && { workflowStartDelay: msToTs(delayMs) }),
  };
}

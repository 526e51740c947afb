// What makes a step's key sound: it is the same in every attempt, replay, crash and reset of that step, because all it
// is made of is recorded, and different for every other step, because equal calls are counted.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** What a step's key is made of. */
export interface StepIdentity {
  readonly namespace: string;
  readonly workflowId: string;
  /** The run's id before any reset, which a reset keeps. */
  readonly originalExecutionRunId: string;
  readonly activityType: string;
  readonly input: unknown;
  /** Which one of the equal calls (same activity, same input) in this run, from 0. */
  readonly ordinal: number;
  /** 0; what an operator gives other input takes its key from {@link nextGenerationKey}. */
  readonly generation: number;
}

/** SHA-256 of a value's canonical JSON (RFC 8785), in hex; `undefined` counts as `null`. */
export function hashJson(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(value ?? null) ?? "null")));
}

/** The idempotency key of a step: 32 hex digits. */
export function idempotencyKeyOf(step: StepIdentity): string {
  const identity = [
    step.namespace,
    step.workflowId,
    step.originalExecutionRunId,
    step.activityType,
    hashJson(step.input),
    step.ordinal,
    step.generation,
  ];
  return hashJson(identity).slice(0, 32);
}

/** The key of a step that an operator gave other input for the n-th time, n from 1. */
export function nextGenerationKey(key: string, generation: number): string {
  return hashJson([key, generation]).slice(0, 32);
}

import { type Duration, parseDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** How a failed attempt of a step is repeated: exponential waits between a finite number of attempts. */
export interface RetryPolicy {
  /** Retries after the first attempt: `5` means six attempts. @default 5 */
  readonly retries?: number;
  /** The wait before the first retry. @default "1s" */
  readonly firstWait?: Duration;
  /** Each wait is the one before it times this. @default 2 */
  readonly factor?: number;
  /** No wait is longer. @default "1h" */
  readonly maxWait?: Duration;
}

/** A {@link RetryPolicy} with every default filled in; waits in milliseconds. */
export interface ResolvedRetryPolicy {
  readonly retries: number;
  readonly firstWaitMs: number;
  readonly factor: number;
  readonly maxWaitMs: number;
}

/**
 * Fills in the defaults of a policy: five retries, after 1, 2, 4, 8 and 16 seconds.
 *
 * @throws {@link InvalidDefinition} when retries are not finite and whole, or the factor is below 1.
 */
export function resolveRetryPolicy(policy: RetryPolicy = {}): ResolvedRetryPolicy {
  const { retries = 5, firstWait = "1s", factor = 2, maxWait = "1h" } = policy;
  if (!Number.isInteger(retries) || retries < 0) {
    throw new InvalidDefinition({
      what: "`retries` of a retry policy",
      got: String(retries),
      remedy: "Give a whole number from 0; a step that never gives up never shows that it needs help.",
    });
  }
  if (!(factor >= 1) || !Number.isFinite(factor)) {
    throw new InvalidDefinition({
      what: "`factor` of a retry policy",
      got: String(factor),
      remedy: "Give a number from 1 (equal waits); 2 doubles each wait.",
    });
  }
  const firstWaitMs = parseDuration(firstWait);
  return { retries, factor, firstWaitMs, maxWaitMs: Math.max(parseDuration(maxWait), firstWaitMs) };
}

/**
 * The waits of a policy in milliseconds, one for each retry.
 *
 * @throws {@link InvalidDefinition} as {@link resolveRetryPolicy} does.
 * @example retryWaits({ retries: 5 }) // [1000, 2000, 4000, 8000, 16000]
 */
export function retryWaits(policy: RetryPolicy = {}): readonly number[] {
  const { retries, firstWaitMs, factor, maxWaitMs } = resolveRetryPolicy(policy);
  return Array.from({ length: retries }, (_, retry) => Math.min(firstWaitMs * factor ** retry, maxWaitMs));
}

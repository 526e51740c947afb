import { type ResolvedRetryPolicy, waitAfter } from "./retry-policy.ts";

/** An attempt that failed, as far as its retry policy cares. */
export interface FailedAttempt {
  /** Which attempt, from 1. */
  readonly attempt: number;
  /** The failure's type as it is recorded, and its data where it was declared. */
  readonly failure: { readonly type: string; readonly data?: unknown };
}

/** What a retry policy says about a failed attempt. */
export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly waitMs: number };

/**
 * Whether a failed attempt is repeated, and after how many milliseconds; `random` is a number from 0 to 1 for the jitter.
 *
 * @example
 * retryDecision(resolveRetryPolicy({ retries: 5 }), { attempt: 3, failure: { type: "Error" } }, 0)
 * // { retry: true, waitMs: 4000 }
 */
export function retryDecision(
  policy: ResolvedRetryPolicy,
  { attempt, failure }: FailedAttempt,
  random: number,
): RetryDecision {
  const rule = Object.hasOwn(policy.on, failure.type) ? policy.on[failure.type] : undefined;
  if (attempt > (rule?.retries ?? policy.retries)) return { retry: false };
  const asked = rule?.wait === "retry-after" ? askedWaitMs(failure.data) : undefined;
  if (asked !== undefined) return { retry: true, waitMs: Math.min(asked, policy.maxWaitMs) };
  const waitMs = typeof rule?.wait === "object" ? rule.wait.ms : waitAfter(policy, attempt);
  return { retry: true, waitMs: atLeastOne(waitMs * (1 - policy.jitter * random)) };
}

/** The wait that a failure asks for by `retryAfterSeconds` in its data, if it does. */
function askedWaitMs(data: unknown): number | undefined {
  if (typeof data !== "object" || data === null || !("retryAfterSeconds" in data)) return undefined;
  const seconds = data.retryAfterSeconds;
  if (typeof seconds !== "number" || !(seconds >= 0)) return undefined;
  return atLeastOne(seconds * 1_000);
}

/** Whole, and never zero, which Temporal would take for no wait given. */
function atLeastOne(ms: number): number {
  return Math.max(1, Math.round(ms));
}

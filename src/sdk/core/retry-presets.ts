import type { RetryPolicy } from "./retry-policy.ts";

/** Retry policies by name, for what comes up most; spread one to change a part of it. */
export const retryPresets = {
  /** One attempt. */
  none: { retries: 0 },
  /** Three retries within a second and a half, for what somebody is waiting for. */
  quick: { retries: 3, firstWait: "200ms" },
  /** Five retries within half a minute: what a step without a policy gets. */
  standard: { retries: 5, firstWait: "1s" },
  /** Fifteen retries within an hour, for a provider's outage. */
  patient: { retries: 15, firstWait: "5s", maxWait: "5m", jitter: 0.2 },
} as const satisfies Readonly<Record<string, RetryPolicy>>;

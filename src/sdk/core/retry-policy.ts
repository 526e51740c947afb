import { type Duration, parsePositiveDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** What is done about one kind of failure of a step, where it differs from the rest of its {@link RetryPolicy}. */
export interface RetryRule {
  /** A failure of this kind on an attempt beyond this number stops the retrying. @default the policy's `retries` */
  readonly retries?: number;
  /**
   * The wait before the next attempt; `"retry-after"` takes it from `retryAfterSeconds` in the failure's data.
   *
   * @default the policy's wait of that attempt
   */
  readonly wait?: Duration | "retry-after";
  /** Stops the retrying at once. @default false */
  readonly never?: boolean;
}

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
  /**
   * The share of each wait, from 0 to 1, that is left to chance: `0.5` waits between half and the whole of it. Only ever
   * shorter, so no bound is passed; a wait that the failure itself asks for stays as it is.
   *
   * @default 0
   */
  readonly jitter?: number;
  /** Rules of single failures: `Timeout`, `WorkerLost`, or a name in the activity's `retryable`. */
  readonly on?: Readonly<Record<string, RetryRule>>;
}

/** A {@link RetryRule} with its durations in milliseconds. */
export interface ResolvedRetryRule {
  readonly retries: number;
  readonly wait: "as policy" | "retry-after" | { readonly ms: number };
}

/** A {@link RetryPolicy} with every default filled in; waits in milliseconds. */
export interface ResolvedRetryPolicy {
  readonly retries: number;
  readonly firstWaitMs: number;
  readonly factor: number;
  readonly maxWaitMs: number;
  readonly jitter: number;
  readonly on: Readonly<Record<string, ResolvedRetryRule>>;
}

/** As many as Temporal can count. */
const mostRetries = 2_147_483_646;

/**
 * Fills in the defaults of a policy: five retries, after 1, 2, 4, 8 and 16 seconds; `whose` names it in the error.
 *
 * @throws {@link InvalidDefinition} when retries are not finite and whole, the factor is below 1, the jitter is no share,
 * a wait is zero, or a rule can't mean anything.
 */
export function resolveRetryPolicy(policy: RetryPolicy = {}, whose = "a retry policy"): ResolvedRetryPolicy {
  const { retries = 5, firstWait = "1s", factor = 2, maxWait = "1h", jitter = 0, on = {} } = policy;
  assertRetries(retries, `\`retries\` of ${whose}`);
  if (!(factor >= 1) || !Number.isFinite(factor)) {
    throw new InvalidDefinition({
      what: `\`factor\` of ${whose}`,
      got: String(factor),
      remedy: "Give a number from 1 (equal waits); 2 doubles each wait.",
    });
  }
  if (!(jitter >= 0 && jitter <= 1)) {
    throw new InvalidDefinition({
      what: `\`jitter\` of ${whose}`,
      got: String(jitter),
      remedy: "Give a share from 0 (none) to 1 (anything from no wait to the whole of it).",
    });
  }
  const firstWaitMs = parsePositiveDuration(firstWait, `\`firstWait\` of ${whose}`);
  const maxWaitMs = Math.max(parsePositiveDuration(maxWait, `\`maxWait\` of ${whose}`), firstWaitMs);
  const rules = Object.entries(on).map(
    ([name, rule]) => [name, resolveRule(rule, retries, `of \`on.${name}\` of ${whose}`)] as const,
  );
  return { retries, factor, firstWaitMs, maxWaitMs, jitter, on: Object.fromEntries(rules) };
}

/**
 * The waits of a policy in milliseconds, one for each retry, before any jitter.
 *
 * @throws {@link InvalidDefinition} as {@link resolveRetryPolicy} does.
 * @example retryWaits({ retries: 5 }) // [1000, 2000, 4000, 8000, 16000]
 */
export function retryWaits(policy: RetryPolicy = {}): readonly number[] {
  const resolved = resolveRetryPolicy(policy);
  return Array.from({ length: resolved.retries }, (_, retry) => waitAfter(resolved, retry + 1));
}

/** The wait in milliseconds that a policy has after a failed attempt, from 1, where no rule says another. */
export function waitAfter({ firstWaitMs, factor, maxWaitMs }: ResolvedRetryPolicy, attempt: number): number {
  return Math.min(firstWaitMs * factor ** (attempt - 1), maxWaitMs);
}

function resolveRule(rule: RetryRule, policyRetries: number, where: string): ResolvedRetryRule {
  const { never = false, retries = never ? 0 : policyRetries, wait } = rule;
  if (never && (rule.retries !== undefined || wait !== undefined)) {
    throw new InvalidDefinition({
      what: `\`never\` ${where}`,
      got: rule,
      remedy: "A failure that is never retried has no `retries` and no `wait`; leave them out.",
    });
  }
  assertRetries(retries, `\`retries\` ${where}`);
  if (retries > policyRetries) {
    throw new InvalidDefinition({
      what: `\`retries\` ${where}`,
      got: retries,
      remedy: `The policy ends after ${policyRetries} retries of any kind. Give that or fewer, or raise the policy's.`,
    });
  }
  if (wait === undefined) return { retries, wait: "as policy" };
  return {
    retries,
    wait: wait === "retry-after" ? wait : { ms: parsePositiveDuration(wait, `\`wait\` ${where}`) },
  };
}

function assertRetries(retries: number, what: string): void {
  if (Number.isInteger(retries) && retries >= 0 && retries <= mostRetries) return;
  throw new InvalidDefinition({
    what,
    got: String(retries),
    remedy: "Give a whole number from 0; a step that never gives up never shows that it needs help.",
  });
}

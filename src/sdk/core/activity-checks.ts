import { assertCarriable } from "./carriable-schema.ts";
import type { ActivityDefinition, ActivityDefinitions } from "./define-activities.ts";
import { assertErrorName } from "./definition-name.ts";
import { type Duration, parseDuration, parsePositiveDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import { assertLane } from "./priority.ts";
import { assertQueue } from "./queue.ts";
import { type ResolvedRetryPolicy, resolveRetryPolicy, waitAfter } from "./retry-policy.ts";
import { attemptTimedOut, workerLost } from "./step-failure.ts";

/** The longest that a timer of Node can run. */
const longestAttemptMs = 2_147_483_647;

/** @throws {@link InvalidDefinition} when one activity's definition can't mean anything sound. */
export function assertActivity(activity: string, definition: ActivityDefinition): void {
  const whose = `activity "${activity}"`;
  const attemptTimeoutMs = attemptTimeoutOf(definition.attemptTimeout, whose);
  assertQueue(definition.queue, whose);
  if (definition.settle !== undefined) parseDuration(definition.settle, `\`settle\` of ${whose}`);
  assertOnExhausted(definition.onExhausted, whose);
  assertLane(definition.lane, whose);
  const policy = resolveRetryPolicy(definition.retry, whose);
  assertErrors(definition, whose);
  assertRules(definition, policy, whose);
  assertTotal(definition.totalTimeout, { attemptTimeoutMs, policy, whose });
  assertCarriable(definition.input, `The input of ${whose}`, "both");
  assertCarriable(definition.output, `The output of ${whose}`, "parsed");
}

/** @throws {@link InvalidDefinition} when a name is declared by one activity of a set and retryable in another. */
export function assertErrorsDisjoint(set: string, definitions: ActivityDefinitions): void {
  const namesOf = (kind: "errors" | "retryable") =>
    Object.values(definitions).flatMap((definition) => Object.keys(definition[kind] ?? {}));
  const declared = new Set(namesOf("errors"));
  const both = namesOf("retryable").find((name) => declared.has(name));
  if (both === undefined) return;
  throw new InvalidDefinition({
    what: `The error "${both}" of activities "${set}"`,
    got: "in `errors` and in `retryable`",
    remedy: "An error is an answer or is retried, never both. Give one of them another name.",
  });
}

function attemptTimeoutOf(timeout: Duration | undefined, whose: string): number {
  const what = `\`attemptTimeout\` of ${whose}`;
  if (timeout === undefined) {
    throw new InvalidDefinition({
      what,
      got: undefined,
      remedy: 'Give the longest that one attempt may take, such as "10s".',
    });
  }
  const ms = parsePositiveDuration(timeout, what);
  if (ms <= longestAttemptMs) return ms;
  throw new InvalidDefinition({ what, got: timeout, remedy: 'Give "24d" at most.' });
}

function assertOnExhausted(onExhausted: unknown, whose: string): void {
  if (onExhausted === undefined || onExhausted === "park" || onExhausted === "fail") return;
  throw new InvalidDefinition({
    what: `\`onExhausted\` of ${whose}`,
    got: onExhausted,
    remedy: 'Give "park", and the run waits for an operator, or "fail".',
  });
}

function assertErrors({ errors = {}, retryable = {} }: ActivityDefinition, whose: string): void {
  for (const [name, schema] of Object.entries(errors)) {
    assertErrorName(name, `The name of an error of ${whose}`);
    assertCarriable(schema, `The data of error "${name}" of ${whose}`, "unchanged");
  }
  for (const [name, schema] of Object.entries(retryable)) {
    assertErrorName(name, `The name of a retryable error of ${whose}`);
    assertCarriable(schema, `The data of retryable error "${name}" of ${whose}`, "unchanged");
  }
}

function assertRules({ errors = {}, retryable = {} }: ActivityDefinition, policy: ResolvedRetryPolicy, whose: string) {
  const known = [attemptTimedOut, workerLost, ...Object.keys(retryable)];
  for (const [name, rule] of Object.entries(policy.on)) {
    const what = `\`retry.on.${name}\` of ${whose}`;
    if (Object.hasOwn(errors, name)) {
      throw new InvalidDefinition({
        what,
        got: `"${name}", which is in \`errors\``,
        remedy: "A declared error is never retried. Take the rule out, or move the error to `retryable`.",
      });
    }
    if (!known.includes(name)) {
      throw new InvalidDefinition({
        what,
        got: `"${name}"`,
        remedy: `Use one of ${known.join(", ")}, or declare the error in \`retryable\`.`,
      });
    }
    if (name === workerLost && (rule.wait !== "as policy" || ![0, policy.retries].includes(rule.retries))) {
      throw new InvalidDefinition({
        what,
        got: rule,
        remedy:
          "Nobody is there to decide when a worker is lost, and Temporal only knows yes or no: use { never: true }.",
      });
    }
    if (name === attemptTimedOut && rule.wait === "retry-after") {
      throw new InvalidDefinition({
        what,
        got: "retry-after",
        remedy: 'A timeout has no data to take the wait from. Give a duration, such as "30s".',
      });
    }
  }
}

function assertTotal(
  totalTimeout: Duration | undefined,
  step: { readonly attemptTimeoutMs: number; readonly policy: ResolvedRetryPolicy; readonly whose: string },
): void {
  if (totalTimeout === undefined) return;
  const what = `\`totalTimeout\` of ${step.whose}`;
  const neededMs = longestMs(step.policy, step.attemptTimeoutMs);
  if (parsePositiveDuration(totalTimeout, what) >= neededMs) return;
  throw new InvalidDefinition({
    what,
    got: totalTimeout,
    remedy: `Its attempts and the waits between them can take ${neededMs / 1_000} s. Give that or more, or fewer retries.`,
  });
}

/** How long a step can take when every attempt times out or asks for the longest wait that a rule has. */
function longestMs(policy: ResolvedRetryPolicy, attemptTimeoutMs: number): number {
  const rules = Object.values(policy.on);
  let ms = attemptTimeoutMs;
  for (let attempt = 1; attempt <= policy.retries && Number.isSafeInteger(Math.round(ms)); attempt++) {
    const waits = rules.flatMap(({ retries, wait }) =>
      typeof wait === "object" && attempt <= retries ? [wait.ms] : [],
    );
    ms += attemptTimeoutMs + Math.max(waitAfter(policy, attempt), ...waits);
  }
  return ms;
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  InvalidDefinition,
  parseDuration,
  resolveRetryPolicy,
  retryDecision,
  type RetryPolicy,
  retryWaits,
} from "tenuto";

describe("the waits of a retry policy", () => {
  const cases: { policy: RetryPolicy; waits: number[] }[] = [
    { policy: {}, waits: [1_000, 2_000, 4_000, 8_000, 16_000] },
    { policy: { retries: 0 }, waits: [] },
    { policy: { retries: 3, firstWait: "10ms", factor: 1 }, waits: [10, 10, 10] },
    { policy: { retries: 4, firstWait: "1s", maxWait: "3s" }, waits: [1_000, 2_000, 3_000, 3_000] },
    { policy: { retries: 2, firstWait: "2m", maxWait: "1m" }, waits: [120_000, 120_000] },
  ];
  for (const { policy, waits } of cases) {
    test(`${JSON.stringify(policy)} waits ${waits.join(", ") || "never"}`, () => {
      assert.deepEqual(retryWaits(policy), waits);
    });
  }

  const refused: { policy: RetryPolicy; says: RegExp }[] = [
    { policy: { retries: Infinity }, says: /got "Infinity".*whole number/ },
    { policy: { retries: -1 }, says: /got "-1"/ },
    { policy: { retries: 1.5 }, says: /got "1.5"/ },
    { policy: { factor: 0.5 }, says: /`factor`.*got "0.5"/ },
    { policy: { firstWait: "soon" as "1s" }, says: /got "soon".*"10s"/ },
  ];
  for (const { policy, says } of refused) {
    test(`${JSON.stringify(policy)} is refused, with what to write instead`, () => {
      assert.throws(
        () => retryWaits(policy),
        (error) => error instanceof InvalidDefinition && says.test(error.message),
      );
    });
  }
});

describe("durations", () => {
  const cases = { "500ms": 500, "10s": 10_000, "1.5m": 90_000, "2h": 7_200_000, "1d": 86_400_000 } as const;
  for (const [duration, ms] of Object.entries(cases)) {
    test(`${duration} is ${ms} ms`, () => {
      assert.equal(parseDuration(duration as "1s"), ms);
    });
  }
});

describe("the decision after a failed attempt", () => {
  const policy: RetryPolicy = {
    retries: 5,
    on: {
      RateLimited: { wait: "retry-after" },
      Timeout: { retries: 2 },
      Busy: { wait: "30s", retries: 1 },
      Gone: { never: true },
    },
  };
  type Row = readonly [attempt: number, type: string, waitMs: number | "stop", data?: unknown];
  const rows: readonly Row[] = [
    [1, "Error", 1_000],
    [2, "Error", 2_000],
    [3, "Error", 4_000],
    [4, "Error", 8_000],
    [5, "Error", 16_000],
    [6, "Error", "stop"],
    [1, "Timeout", 1_000],
    [2, "Timeout", 2_000],
    [3, "Timeout", "stop"],
    [1, "Busy", 30_000],
    [2, "Busy", "stop"],
    [1, "Gone", "stop"],
    [1, "RateLimited", 7_000, { retryAfterSeconds: 7 }],
    [5, "RateLimited", 500, { retryAfterSeconds: 0.5 }],
    [6, "RateLimited", "stop", { retryAfterSeconds: 7 }],
    [1, "RateLimited", 1, { retryAfterSeconds: 0 }],
    [1, "RateLimited", 3_600_000, { retryAfterSeconds: 1e9 }],
    [2, "RateLimited", 2_000, { retryAfterSeconds: "soon" }],
    [2, "RateLimited", 2_000, { retryAfterSeconds: -1 }],
    [2, "RateLimited", 2_000],
    [1, "toString", 1_000],
  ];
  for (const [attempt, type, waitMs, data] of rows) {
    test(`attempt ${attempt} fails with ${type} ${JSON.stringify(data) ?? ""}: ${waitMs}`, () => {
      const decision = retryDecision(resolveRetryPolicy(policy), { attempt, failure: { type, data } }, 0);
      assert.deepEqual(decision, waitMs === "stop" ? { retry: false } : { retry: true, waitMs });
    });
  }

  test("jitter takes up to its share off a wait, but nothing off one that was asked for", () => {
    const jittered = resolveRetryPolicy({ ...policy, jitter: 0.5 });
    const waitMs = (type: string, random: number) =>
      retryDecision(jittered, { attempt: 3, failure: { type, data: { retryAfterSeconds: 7 } } }, random);
    assert.deepEqual(waitMs("Error", 0), { retry: true, waitMs: 4_000 });
    assert.deepEqual(waitMs("Error", 0.5), { retry: true, waitMs: 3_000 });
    assert.deepEqual(waitMs("Error", 1), { retry: true, waitMs: 2_000 });
    assert.deepEqual(waitMs("RateLimited", 1), { retry: true, waitMs: 7_000 });
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { InvalidDefinition, parseDuration, type RetryPolicy, retryWaits } from "tenuto";

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

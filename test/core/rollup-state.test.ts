import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { percentileOf, withDuration } from "../../src/sdk/core/duration-histogram.ts";
import { closesAtMs, nextReading } from "../../src/sdk/core/rollup.ts";
import { inHours, totalOf, withReadings } from "../../src/sdk/core/rollup-state.ts";
import { addTotals, closedIn, totalsOf } from "../../src/sdk/core/run-totals.ts";

const completed = (durationMs: number) => totalsOf({ status: "completed", durationMs });
const of = (count: number) => Array.from({ length: count }, () => completed(100)).reduce(addTotals, {});

describe("a day of a type", () => {
  test("a minute that is told again counts once, and of two readings the one with more runs is right", () => {
    const first = withReadings({}, [
      { minute: 61, totals: of(3) },
      { minute: 119, totals: of(2) },
    ]);
    assert.deepEqual(Object.keys(first), ["1"]);
    const again = withReadings(first, [{ minute: 61, totals: of(3) }]);
    assert.equal(again, first);
    const more = withReadings(first, [{ minute: 61, totals: of(5) }]);
    assert.equal(withReadings(more, [{ minute: 61, totals: of(4) }]), more);
    assert.equal(closedIn(totalOf(more["1"] ?? { minutes: {} })), 7);
  });

  test("in hours it has the same totals, and takes nothing more", () => {
    const day = withReadings({}, [
      { minute: 0, totals: addTotals(completed(10), totalsOf({ status: "failed", durationMs: 5, slaMs: 1 })) },
      { minute: 59, totals: completed(2_000) },
      { minute: 60, totals: of(1) },
    ]);
    const hours = inHours(day);
    assert.deepEqual(Object.keys(hours), ["0", "1"]);
    const { durations, ...first } = totalOf(hours["0"] ?? { minutes: {} });
    assert.deepEqual(first, { completed: 2, failed: 1, judged: 1, late: 1, sumMs: 2_010, longestMs: 2_000 });
    assert.deepEqual(Object.values(durations ?? {}), [1, 1]);
    assert.equal(withReadings(hours, [{ minute: 3, totals: of(9) }]), hours);
  });

  test("metrics are summed by name, 20 at most", () => {
    const metrics = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`m${n}`, { count: 1, sum: n }]));
    const sum = addTotals(totalsOf({ status: "completed", durationMs: 1, metrics }), {
      metrics: { m3: { count: 2, sum: 4 } },
    });
    assert.equal(Object.keys(addTotals({}, sum).metrics ?? {}).length, 20);
    assert.deepEqual(sum.metrics?.["m3"], { count: 3, sum: 7 });
  });
});

describe("percentiles of durations", () => {
  test("each is in the bucket of the duration by nearest rank, and a bucket is 9 % wide", () => {
    const took = Array.from({ length: 1_000 }, (_, n) => ((n * 7_919) % 1_000) + 1);
    const histogram = took.reduce(withDuration, {});
    const sorted = took.toSorted((a, b) => a - b);
    for (const share of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
      const { aboveMs, upToMs } = percentileOf(histogram, share) ?? { aboveMs: NaN, upToMs: NaN };
      assert.ok(aboveMs < exact && exact <= upToMs, `${share}: ${exact} in ${aboveMs}..${upToMs}`);
      assert.ok(exact < 2 || upToMs / aboveMs < 1.0906);
    }
    assert.equal(percentileOf({}, 0.5), undefined);
    assert.deepEqual(percentileOf(withDuration({}, 0), 0.5), { aboveMs: 0, upToMs: 1 });
  });
});

describe("what is read next", () => {
  const nowMs = Date.parse("2026-11-27T12:00:30.000Z");

  test("a month at first, then from a minute before where it ended, in whole minutes", () => {
    assert.equal(nextReading({ everyMs: 1 }, nowMs).since, "2026-10-28T12:00:00.000Z");
    const readUntil = "2026-11-27T11:58:59.999Z";
    assert.equal(nextReading({ everyMs: 1, readUntil }, nowMs).since, "2026-11-27T11:57:00.000Z");
    // A clock that was ahead.
    const ahead = "2026-11-27T13:00:00.000Z";
    assert.equal(nextReading({ everyMs: 1, readUntil: ahead }, nowMs).since, "2026-11-27T11:59:00.000Z");
    const longAgo = "2026-01-01T00:00:00.000Z";
    assert.equal(nextReading({ everyMs: 1, readUntil: longAgo }, nowMs).since, "2026-10-28T12:00:00.000Z");
  });

  test("a rollup ends two days after its day, or an hour after it began", () => {
    const subject = { type: "a", day: "2026-11-20" };
    assert.equal(closesAtMs(subject, 0), Date.parse("2026-11-23T00:00:00Z"));
    assert.equal(closesAtMs(subject, nowMs), nowMs + 3_600_000);
  });
});

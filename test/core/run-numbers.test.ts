import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { metricsWindows, windowAt } from "../../src/sdk/core/metrics-window.ts";
import { inHours, totalsWithin, withReadings } from "../../src/sdk/core/rollup-state.ts";
import { numbersOf } from "../../src/sdk/core/run-numbers.ts";
import { sumOf, totalsOf } from "../../src/sdk/core/run-totals.ts";

const dayStartMs = Date.parse("2026-11-27T00:00:00Z");
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const completed = (durationMs: number) => totalsOf({ status: "completed", durationMs });

describe("a window", () => {
  for (const window of metricsWindows) {
    test(`of ${window} is made of its parts, has now in the last one, and follows the period before`, () => {
      for (const nowMs of [dayStartMs, dayStartMs + 1, dayStartMs + 13 * hourMs + 59 * minuteMs + 59_999]) {
        const { fromMs, toMs, stepMs, starts, before } = windowAt(window, nowMs);
        assert.equal(toMs, nowMs);
        assert.equal(starts[0], fromMs);
        assert.ok((starts.at(-1) ?? NaN) <= nowMs && nowMs < (starts.at(-1) ?? NaN) + stepMs);
        assert.ok(starts.every((startMs) => startMs % stepMs === 0));
        assert.deepEqual(before, { fromMs: fromMs - starts.length * stepMs, toMs: fromMs });
      }
    });
  }
});

describe("what of a day is in a span", () => {
  const day = withReadings({}, [
    { minute: 59, totals: completed(1) },
    { minute: 60, totals: completed(2) },
    { minute: 61, totals: completed(3) },
    { minute: 120, totals: completed(4) },
  ]);
  const within = (of: typeof day, fromMs: number, toMs: number) =>
    [...totalsWithin(of, { dayStartMs, fromMs: dayStartMs + fromMs, toMs: dayStartMs + toMs })].map(
      ({ totals }) => totals.sumMs,
    );

  test("is its minutes, from the first on and without the last", () => {
    assert.deepEqual(within(day, 60 * minuteMs, 120 * minuteMs), [2, 3]);
    assert.deepEqual(within(day, 61 * minuteMs, 121 * minuteMs), [3, 4]);
    assert.deepEqual(within(day, 0, 24 * hourMs), [1, 2, 3, 4]);
    assert.deepEqual(within(day, -hourMs, 0), []);
  });

  test("is its hours that begin in it, when it has no minutes any more", () => {
    assert.deepEqual(within(inHours(day), hourMs, 2 * hourMs), [5]);
    assert.deepEqual(within(inHours(day), 0, 3 * hourMs), [1, 5, 4]);
  });
});

describe("the numbers of totals", () => {
  const anHour = { fromMs: dayStartMs, toMs: dayStartMs + hourMs };

  test("of none are none", () => {
    assert.deepEqual(numbersOf({}, anHour), {
      ...{ closed: 0, completed: 0, failed: 0, canceled: 0, terminated: 0, timedOut: 0, perHour: 0 },
      ...{ failureRate: null, averageMs: null, p50Ms: null, p95Ms: null, p99Ms: null, longestMs: null, metrics: {} },
    });
    assert.equal(numbersOf({}, { fromMs: 0, toMs: 0 }).perHour, 0);
    assert.deepEqual(numbersOf({}, anHour, 500).sla, { targetMs: 500, judged: 0, inTime: 0, late: 0 });
  });

  test("are rates of what closed, and times of what completed", () => {
    const totals = sumOf([
      totalsOf({ status: "completed", durationMs: 100, slaMs: 500 }),
      totalsOf({ status: "completed", durationMs: 900, slaMs: 500, metrics: { value: { count: 1, sum: 2.5 } } }),
      totalsOf({ status: "failed", durationMs: 50, slaMs: 500 }),
      totalsOf({ status: "timedOut", durationMs: 501, slaMs: 500 }),
      totalsOf({ status: "canceled", durationMs: 10, slaMs: 500 }),
    ]);
    const { p50Ms, p95Ms, p99Ms, ...numbers } = numbersOf(totals, { ...anHour, toMs: dayStartMs + 2 * hourMs }, 500);
    assert.deepEqual(numbers, {
      ...{ closed: 5, completed: 2, failed: 1, canceled: 1, terminated: 0, timedOut: 1, perHour: 1, failureRate: 0.4 },
      ...{ averageMs: 500, longestMs: 900, metrics: { value: { count: 1, sum: 2.5 } } },
      sla: { targetMs: 500, judged: 5, inTime: 3, late: 2 },
    });
    assert.ok(p50Ms !== null && p50Ms >= 100 && p50Ms < 109);
    assert.deepEqual([p95Ms, p99Ms], [p95Ms, p95Ms]);
    assert.ok(p95Ms !== null && p95Ms >= 900 && p95Ms < 982);
  });
});

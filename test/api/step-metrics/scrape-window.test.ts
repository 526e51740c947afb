import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Sample } from "../../../src/api/step-metrics/parse-exposition.ts";
import { ScrapeWindow } from "../../../src/api/step-metrics/scrape-window.ts";
import { numbersOf } from "../../../src/api/step-metrics/step-series.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const nowMs = Date.parse("2026-11-27T12:00:00Z");

/** What a worker tells that began at a time, and has seen so many steps succeed. */
function told(startedMs: number, succeeded: number, namespace = "ours"): readonly Sample[] {
  const labels = { namespace, activity: "pay.charge", outcome: "succeeded" };
  return [
    { name: "process_start_time_seconds", labels: {}, value: startedMs / secondMs },
    { name: "tenuto_steps_total", labels, value: succeeded },
  ];
}

function succeededIn(window: ScrapeWindow, fromMs: number, toMs = nowMs): number {
  const { series } = window.read({ fromMs, toMs });
  return numbersOf(series).steps.reduce((sum, { succeeded }) => sum + succeeded, 0);
}

describe("what workers counted within a time", () => {
  test("is what their counters grew by, of all of them together", () => {
    const window = new ScrapeWindow("ours", nowMs - 2 * hourMs);
    const began = nowMs - 3 * hourMs;
    for (let at = nowMs - 2 * hourMs, count = 10; at <= nowMs; at += 10 * secondMs, count += 1)
      for (const worker of ["a", "b"]) window.add({ worker, atMs: at, samples: told(began, count) });
    const read = window.read({ fromMs: nowMs - hourMs, toMs: nowMs });
    const succeeded = succeededIn(window, nowMs - hourMs);
    assert.ok(succeeded >= 720 && succeeded <= 720 + 2 * 12, String(succeeded));
    assert.deepEqual([read.fromMs, read.restarts, read.truncated], [nowMs - hourMs, 0, false]);
  });

  test("has all that a worker did since it began, also before anybody asked it", () => {
    const window = new ScrapeWindow("ours", nowMs - minuteMs);
    window.add({ worker: "a", atMs: nowMs, samples: told(nowMs - 30 * minuteMs, 7) });
    assert.equal(succeededIn(window, nowMs - hourMs), 7);
    assert.equal(window.read({ fromMs: nowMs - hourMs, toMs: nowMs }).fromMs, nowMs - 30 * minuteMs);
  });

  test("leaves out what a worker did before the time, or at nobody knows when, and says since when it is known", () => {
    const window = new ScrapeWindow("ours", nowMs - 20 * minuteMs);
    const began = nowMs - 5 * hourMs;
    window.add({ worker: "a", atMs: nowMs - 20 * minuteMs, samples: told(began, 1_000) });
    window.add({ worker: "a", atMs: nowMs, samples: told(began, 1_004) });
    assert.equal(succeededIn(window, nowMs - hourMs), 4);
    assert.equal(window.read({ fromMs: nowMs - hourMs, toMs: nowMs }).fromMs, nowMs - 20 * minuteMs);
    assert.equal(succeededIn(window, nowMs - 6 * hourMs), 1_004);
  });

  test("has the buckets in which nothing fell, so that a percentile is within its own", () => {
    const window = new ScrapeWindow("ours", nowMs - minuteMs);
    const bucket = (le: string, value: number) => ({
      ...{ name: "tenuto_step_duration_seconds_bucket", value },
      labels: { namespace: "ours", activity: "pay.charge", le },
    });
    const buckets = [bucket("0.05", 0), bucket("0.1", 10), bucket("+Inf", 10)];
    window.add({ worker: "a", atMs: nowMs, samples: [...told(nowMs - minuteMs, 10), ...buckets] });
    const [step] = numbersOf(window.read({ fromMs: nowMs - hourMs, toMs: nowMs }).series).steps;
    assert.deepEqual([step?.p50Ms, step?.p95Ms], [75, 97.5]);
  });

  test("loses nothing when a worker begins anew, under the same address, and it is told", () => {
    const window = new ScrapeWindow("ours", nowMs - hourMs);
    const at = (minutesAgo: number) => nowMs - minutesAgo * minuteMs;
    window.add({ worker: "a", atMs: at(30), samples: told(at(31), 100) });
    window.add({ worker: "a", atMs: at(20), samples: told(at(25), 3) });
    window.add({ worker: "a", atMs: at(10), samples: told(at(25), 5) });
    assert.equal(succeededIn(window, nowMs - hourMs), 105);
    assert.equal(window.read({ fromMs: nowMs - hourMs, toMs: nowMs }).restarts, 1);
  });

  test("loses nothing while a worker can't be asked for a while", () => {
    const window = new ScrapeWindow("ours", nowMs - hourMs);
    const began = nowMs - hourMs;
    window.add({ worker: "a", atMs: nowMs - 50 * minuteMs, samples: told(began, 1) });
    window.add({ worker: "a", atMs: nowMs, samples: told(began, 41) });
    assert.equal(succeededIn(window, nowMs - hourMs), 41);
    assert.equal(succeededIn(window, nowMs - 10 * minuteMs), 0);
  });

  test("has nothing of other namespaces", () => {
    const window = new ScrapeWindow("ours", nowMs - hourMs);
    window.add({ worker: "a", atMs: nowMs, samples: told(nowMs - minuteMs, 5, "theirs") });
    assert.equal(succeededIn(window, nowMs - hourMs), 0);
  });

  test("is kept for a day, and no more of it than is said", () => {
    const window = new ScrapeWindow("ours", nowMs - 48 * hourMs);
    const began = nowMs - 48 * hourMs;
    for (let at = began, count = 0; at <= nowMs; at += minuteMs / 2, count += 1)
      window.add({ worker: "a", atMs: at, samples: told(began, count) });
    const succeeded = succeededIn(window, nowMs - 30 * 24 * hourMs);
    assert.ok(Math.abs(succeeded - 24 * 120) <= 4, String(succeeded));
    const many = Array.from({ length: 20_001 }, (_, n) => ({
      name: "tenuto_step_attempts_total",
      labels: { namespace: "ours", activity: `a${n}` },
      value: 1,
    }));
    window.add({ worker: "b", atMs: nowMs, samples: many });
    assert.equal(window.read({ fromMs: nowMs - hourMs, toMs: nowMs }).truncated, true);
  });
});

describe("percentiles", () => {
  const series = (counts: Readonly<Record<string, number>>) => ({
    ...{ ended: [], retries: [], waits: [], used: [], available: [], slots: [] },
    attempts: [{ labels: { activity: "a" }, value: 1 }],
    durations: Object.entries(counts).map(([le, value]) => ({ labels: { activity: "a", le }, value })),
  });
  const percentiles = (counts: Readonly<Record<string, number>>) => {
    const [first] = numbersOf(series(counts)).steps;
    return [first?.p50Ms, first?.p95Ms, first?.p99Ms];
  };

  test("are within the bucket of their share, and there are none of nothing", () => {
    assert.deepEqual(percentiles({ "0.1": 50, "1": 100, "+Inf": 100 }), [100, 910, 982]);
    assert.deepEqual(percentiles({ "0.1": 0, "1": 0, "+Inf": 0 }), [null, null, null]);
    assert.deepEqual(percentiles({}), [null, null, null]);
  });

  test("of what took longer than the last bound are that bound", () => {
    assert.deepEqual(percentiles({ "0.1": 0, "1": 1, "+Inf": 100 }), [1_000, 1_000, 1_000]);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { anyAt, crowdedAt, tooHighAt } from "../../src/sdk/core/episodes.ts";

test("as many as asked for within a window is one episode, until there are fewer again", () => {
  const limit = { count: 3, windowMs: 10 };
  assert.deepEqual(crowdedAt([0, 5, 10], limit), [10]);
  assert.deepEqual(crowdedAt([0, 5, 11], limit), []);
  assert.deepEqual(crowdedAt([0, 1, 2, 20, 21, 22], limit), [2, 22], "In between there were two");
  assert.deepEqual(crowdedAt([0, 0, 0, 0], { count: 1, windowMs: 10 }), [0]);
});

test("a rate that is too high is one episode, of enough runs only", () => {
  const ends = (text: string) => Array.from(text).map((each, atMs) => ({ atMs, isFailed: each === "x" }));
  const limit = { abovePercent: 50, minRuns: 2, windowMs: 3 };
  const begun = (text: string) => tooHighAt(ends(text), limit).map(({ atMs }) => atMs);
  assert.deepEqual(begun("x"), [], "One run is no rate");
  assert.deepEqual(begun("xx..xx"), [1]);
  assert.deepEqual(begun("xx....xxx"), [1, 8]);
  assert.deepEqual(tooHighAt(ends("xx"), limit), [{ atMs: 1, runs: 2, failed: 2, percent: 100 }]);
});

test("spans that overlap are one; an empty one is none", () => {
  const spans = [
    { fromMs: 20, untilMs: 30 },
    { fromMs: 0, untilMs: 10 },
    { fromMs: 5, untilMs: 12 },
    { fromMs: 15, untilMs: 14 },
  ];
  assert.deepEqual(anyAt(spans), [0, 20]);
});

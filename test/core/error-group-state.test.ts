import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ErrorGroupChange, ErrorGroupState, Sighting } from "../../src/sdk/core/error-group.ts";
import { lastHour, withChange, withSightings } from "../../src/sdk/core/error-group-state.ts";

const begun = Date.parse("2026-01-31T09:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const pattern = { fingerprint: "f".repeat(16), type: "order", error: { type: "Broken", message: "It broke" } };

let lastKey = 0;

function failure(atMs: number, more: Partial<Sighting> = {}): Sighting {
  lastKey += 1;
  const key = lastKey.toString(36).padStart(8, "0");
  const at = new Date(atMs).toISOString();
  return { key, at, kind: "failed", letterId: "l", workflowId: "w", runId: "r", ...more };
}

function after(seen: readonly Sighting[], state?: ErrorGroupState, nowMs = begun): ErrorGroupState {
  const next = withSightings(state, { ...pattern, seen }, nowMs);
  assert.ok(next);
  return next;
}

function changed({ record, counted }: ErrorGroupState, change: ErrorGroupChange, atMs: number): ErrorGroupState {
  return { record: withChange(record, change, new Date(atMs).toISOString()), counted };
}

describe("what becomes of an error group", () => {
  test("each failure counts once, however often and in whatever order it is told", () => {
    const all = Array.from({ length: 50 }, (_, index) => failure(begun + index * minute));
    const once = after(all);
    const again = after([...all.slice(20), ...all.slice(0, 30)].reverse(), after(all.slice(10, 40)));
    assert.equal(once.record.count, 50);
    assert.deepEqual({ ...again.record, recent: 0 }, { ...once.record, recent: 0 });
    assert.equal(withSightings(once, { ...pattern, seen: all }, begun), once);
    assert.equal(once.record.firstSeenAt, all[0]?.at);
    assert.equal(once.record.lastSeenAt, all.at(-1)?.at);
  });

  test("counts by kind and build add up to the count; builds after the fiftieth are one", () => {
    const seen = Array.from({ length: 60 }, (_, index) => failure(begun + index, { buildId: `b${index}` }));
    const { record } = after([...seen, failure(begun, { kind: "parked" })]);
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, n) => all + n, 0);
    assert.deepEqual(record.kinds, { failed: 60, parked: 1 });
    assert.equal(sum(record.builds), 61);
    assert.equal(record.builds["unknown"], 1);
    assert.equal(Object.keys(record.builds).length, 51);
  });

  test("the last hour is that of who asks", () => {
    const { record } = after([failure(begun - 3 * hour), failure(begun - 20 * minute), failure(begun)]);
    assert.equal(lastHour(record, begun), 2);
    assert.equal(lastHour(record, begun + 2 * hour), 0);
  });

  test("a resolved group that fails again is regressed and names the build; a failure from before that changes nothing", () => {
    const resolve = { action: "resolve", by: "ada", reason: "fixed" } as const;
    const resolved = changed(after([failure(begun)]), resolve, begun + minute);
    assert.equal(resolved.record.status, "resolved");
    const late = after([failure(begun + 30_000)], resolved);
    assert.deepEqual([late.record.status, late.record.count], ["resolved", 2]);
    const back = after([failure(begun + hour, { buildId: "42" })], late);
    assert.equal(back.record.status, "regressed");
    assert.deepEqual(back.record.regression?.buildId, "42");
    assert.equal(back.record.regressions, 1);
    const more = after([failure(begun + 2 * hour, { buildId: "43" })], back);
    assert.deepEqual([more.record.regressions, more.record.regression?.buildId], [1, "42"]);
  });

  test("an ignored group stays so until the time, the count or the rate that was asked for", () => {
    const ignored = (until: object) =>
      changed(after([failure(begun)]), { action: "ignore", by: "ada", reason: "known", until }, begun + minute);
    const standing = (state: ErrorGroupState) => [state.record.status, state.record.regression?.because];
    const many = (count: number) => Array.from({ length: count }, () => failure(begun + 2 * minute));
    assert.deepEqual(standing(after(many(500), ignored({}))), ["ignored", undefined]);
    assert.equal(after(many(2), ignored({ count: 3 })).record.status, "ignored");
    assert.deepEqual(standing(after(many(3), ignored({ count: 3 }))), [
      "regressed",
      "It was ignored until 3 more failures",
    ]);
    const at = new Date(begun + hour).toISOString();
    assert.equal(after([failure(begun + hour - 1)], ignored({ at })).record.status, "ignored");
    assert.equal(after([failure(begun + hour)], ignored({ at })).record.status, "regressed");
    assert.equal(after(many(9), ignored({ perHour: 10 })).record.status, "ignored");
    assert.equal(after(many(10), ignored({ perHour: 10 })).record.status, "regressed");
  });

  test("who resolves, ignores, opens again, takes on and notes is kept; one standing takes the place of another", () => {
    const by = "ada";
    const { record: open } = after([failure(begun)]);
    const at = new Date(begun).toISOString();
    const resolved = withChange(open, { action: "resolve", by, reason: "r" }, at);
    const ignored = withChange(resolved, { action: "ignore", by, reason: "i" }, at);
    assert.deepEqual([ignored.status, ignored.resolved, ignored.ignored?.reason], ["ignored", undefined, "i"]);
    const reopened = withChange(ignored, { action: "reopen", by, reason: "o" }, at);
    assert.deepEqual([reopened.status, reopened.ignored], ["open", undefined]);
    const assigned = withChange(reopened, { action: "assign", by, assignee: "bob" }, at);
    assert.equal(assigned.assignee, "bob");
    assert.equal("assignee" in withChange(assigned, { action: "assign", by, assignee: null }, at), false);
    assert.deepEqual(withChange(open, { action: "note", by, note: "n" }, at).notes, [{ by, note: "n", at }]);
  });

  test("what was counted more than a day ago is forgotten, and not counted again when it is told again", () => {
    const old = Array.from({ length: 100 }, (_, index) => failure(begun + index));
    let state = after(old);
    for (let hours = 1; hours <= 40; hours++)
      state = after([failure(begun + hours * hour)], state, begun + hours * hour);
    assert.ok(state.counted.hours.length < 30);
    assert.equal(withSightings(state, { ...pattern, seen: old }, begun + 41 * hour), state);
    assert.equal(state.record.count, 140);
  });

  test("what a group carries stays far below what Temporal takes, whatever comes in a day", () => {
    let state: ErrorGroupState | undefined;
    for (let told = 0; told < 500; told++) {
      const atMs = begun + told * minute;
      state = after(
        Array.from({ length: 200 }, (_, index) => failure(atMs + index)),
        state,
        atMs,
      );
    }
    assert.equal(state?.record.count, 100_000);
    assert.ok(JSON.stringify(state).length < 600_000);
  });
});

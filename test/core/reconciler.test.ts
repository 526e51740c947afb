import assert from "node:assert/strict";
import { test } from "node:test";
import { afterPass, nextPass, type ReconcilerState } from "../../src/sdk/core/reconciler.ts";

const minute = 60_000;
const begun = Date.parse("2026-01-31T09:00:00Z");

/** A time in which passes are made every 10 s, but for pauses; when each run is first read that has closed meanwhile. */
function play({ hours, isDown, lagMs }: { hours: number; isDown: (atMs: number) => boolean; lagMs: number }) {
  const runs: { readonly closedAt: number; readAt?: number }[] = [];
  let state: ReconcilerState = { everyMs: 10_000 };
  for (let atMs = 0; atMs < hours * 60 * minute; atMs += 10_000) {
    const now = begun + atMs;
    runs.push({ closedAt: now - 3_000 });
    if (isDown(atMs)) continue;
    const pass = nextPass(state, now);
    const since = pass.since === undefined ? -Infinity : Date.parse(pass.since);
    for (const run of runs) {
      // A list has a run only some time after it has closed.
      if (run.readAt === undefined && run.closedAt >= since && run.closedAt + lagMs <= now) run.readAt = now;
    }
    state = afterPass(state, { pass, outcome: { begunAt: new Date(now).toISOString() } });
  }
  return runs;
}

const never = () => false;
const latest = (runs: ReturnType<typeof play>, untilMs: number) =>
  Math.max(
    ...runs
      .filter(({ closedAt }) => closedAt < begun + untilMs)
      .map(({ closedAt, readAt = Infinity }) => readAt - closedAt),
  );

test("each failure is read by the next pass, also when lists lag behind by less than a minute", () => {
  assert.ok(latest(play({ hours: 2, isDown: never, lagMs: 0 }), 119 * minute) <= 13_000);
  assert.ok(latest(play({ hours: 2, isDown: never, lagMs: 50_000 }), 118 * minute) <= 63_000);
});

test("ten minutes without a reconciler: it reads all of them when it is back", () => {
  const isDown = (atMs: number) => atMs >= 30 * minute && atMs < 40 * minute;
  assert.ok(latest(play({ hours: 2, isDown, lagMs: 30_000 }), 118 * minute) <= 11 * minute);
});

test("lists that lag behind by minutes, and no reconciler meanwhile: nothing is missed, an hour later at the latest", () => {
  const isDown = (atMs: number) => atMs >= 30 * minute && atMs < 40 * minute;
  const runs = play({ hours: 4, isDown, lagMs: 7 * minute });
  assert.ok(latest(runs, 170 * minute) <= 68 * minute);
});

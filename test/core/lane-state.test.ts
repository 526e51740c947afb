import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LaneTerms } from "../../src/sdk/core/lane.ts";
import {
  isEmpty,
  type LaneState,
  needsLook,
  recordOf,
  reservedMs,
  restoredFrom,
  standingOf,
  victimsOf,
  withAsk,
  withCancelAsked,
  withClosed,
  withLookBegun,
  withLooked,
  withReservation,
  withSlots,
  withTold,
} from "../../src/sdk/core/lane-state.ts";

const chain = (id: string) => ({ workflowId: `w-${id}`, firstRunId: `r-${id}` });
const ask = (id: string, terms: Partial<LaneTerms> = {}) => ({
  ...chain(id),
  waiter: { workflowId: `w-${id}`, runId: `r-${id}` },
  terms: { limit: 2, onLimit: "wait", ...terms } as const,
});
const asked = (ids: readonly string[], terms: Partial<LaneTerms> = {}, before?: LaneState) =>
  ids.reduce<LaneState | undefined>(
    (state, id) => withSlots(withAsk(state, ask(id, terms), 0), 0),
    before,
  ) as LaneState;
const names = (entries: readonly { readonly workflowId: string }[]) => entries.map(({ workflowId }) => workflowId);

describe("the state of a lane", () => {
  test("slots go to who comes first, never more of them than the limit", () => {
    const state = asked(["a", "b", "c", "d"]);
    assert.deepEqual(
      [names(state.holders), names(state.waiting)],
      [
        ["w-a", "w-b"],
        ["w-c", "w-d"],
      ],
    );
    const next = withSlots(withClosed(state, [chain("b")]), 1);
    assert.deepEqual([names(next.holders), names(next.waiting)], [["w-a", "w-c"], ["w-d"]]);
  });

  test("who asks again keeps its place; who has a slot is told once more", () => {
    const state = asked(["a", "b", "c", "d", "c"]);
    assert.deepEqual(names(state.waiting), ["w-c", "w-d"]);
    const [holder] = state.holders;
    assert.ok(holder);
    const told = withTold(state, holder);
    assert.deepEqual(
      told.holders.map(({ isTold }) => isTold),
      [true, false],
    );
    const again = withAsk(told, { ...ask("a"), waiter: { workflowId: "w-a", runId: "r-a2" } }, 5);
    assert.deepEqual(
      [again.holders[0]?.isTold, again.holders[0]?.waiter?.runId, again.holders.length],
      [false, "r-a2", 2],
    );
    // It was told of the run before, and has asked since.
    assert.equal(withTold(again, holder).holders[0]?.isTold, false);
  });

  test("a lower limit sends nobody away, and a higher one lets more in", () => {
    const lower = asked(["e"], { limit: 1 }, asked(["a", "b", "c"]));
    assert.deepEqual(
      [names(lower.holders), names(lower.waiting)],
      [
        ["w-a", "w-b"],
        ["w-c", "w-e"],
      ],
    );
    const left = withSlots(withClosed(lower, [chain("a")]), 1);
    assert.deepEqual(names(left.holders), ["w-b"]);
    assert.deepEqual(names(asked(["f"], { limit: 3 }, left).holders), ["w-b", "w-c", "w-e"]);
  });

  test("who does not stay is refused only after a look at the holders that began after it came", () => {
    const terms = { limit: 1, onLimit: "reject" } as const;
    const looking = withLookBegun(asked(["a"], terms));
    const state = asked(["b"], terms, looking);
    assert.ok(needsLook(state));
    assert.deepEqual(names(withSlots(withLooked(state, 1), 1).waiting), ["w-b"]);
    const looked = withLooked(withLookBegun(state), 2);
    assert.deepEqual(names(withSlots(looked, 1).refused), ["w-b"]);
    const free = withSlots(withClosed(looked, [chain("a")]), 1);
    assert.deepEqual([names(free.holders), free.refused], [["w-b"], []]);
  });

  test("a start that reserves its slot has it once, until its run shows itself", () => {
    const terms = { limit: 1, onLimit: "reject" } as const;
    const reserve = (id: string, before?: LaneState) =>
      withSlots(withReservation(before, { workflowId: `w-${id}`, terms }, 7), 7);
    const state = reserve("a", reserve("a"));
    assert.deepEqual([state.holders.length, state.holders[0]?.reservedUntilMs], [1, 7 + reservedMs]);
    const refused = withSlots(withLooked(withLookBegun(reserve("b", state)), 1), 8);
    assert.deepEqual([standingOf(refused, "w-b"), refused.refused], ["unknown", []]);
    const claimed = withAsk(refused, ask("a", terms), 9);
    assert.deepEqual(
      claimed.holders.map(({ firstRunId, reservedUntilMs }) => [firstRunId, reservedUntilMs]),
      [["r-a", undefined]],
    );
  });

  test("a reset keeps its slot when its lane hears late that the run before it has closed", () => {
    const redrive = { ...ask("a"), waiter: { workflowId: "letter", runId: "letter-1" }, closedRunId: "r-a" };
    const state = withSlots(withAsk(undefined, redrive, 0), 0);
    const late = withClosed(state, [{ ...chain("a"), runId: "r-a" }]);
    assert.deepEqual(names(late.holders), ["w-a"]);
    assert.deepEqual(withClosed(late, [{ ...chain("a"), runId: "r-a2" }]).holders, []);
  });

  test("the oldest leave for who waits, as many as wait and each once", () => {
    const state = asked(["a", "b", "c"], { onLimit: "cancel-oldest" });
    assert.deepEqual(names(victimsOf(state)), ["w-a"]);
    const leaving = withCancelAsked(state, chain("a"), 1);
    assert.deepEqual(victimsOf(leaving), []);
    assert.deepEqual(names(victimsOf(asked(["d"], { onLimit: "cancel-oldest" }, leaving))), ["w-b"]);
  });

  test("what its memo has is enough to begin anew without letting in too many", () => {
    const state = asked(["a", "b", "c"]);
    const anew = withSlots(withAsk(restoredFrom(recordOf({ type: "job" }, state)), ask("c"), 9), 9);
    assert.deepEqual([names(anew.holders), names(anew.waiting)], [["w-a", "w-b"], ["w-c"]]);
    assert.ok(isEmpty(withClosed(anew, ["a", "b", "c"].map(chain))));
  });

  test("thousands that wait are one payload; who comes after them asks again", () => {
    let state: LaneState | undefined;
    for (let n = 0; n < 5_010; n += 1) state = withAsk(state, ask(`${n}`.padStart(38, "0")), n);
    assert.ok(state);
    const { waiting, counts } = withSlots(state, 1);
    assert.deepEqual([waiting.length + counts.turnedAway, counts.turnedAway > 0], [5_008, true]);
    assert.ok(JSON.stringify(state).length < 1_900_000, `${JSON.stringify(state).length} bytes`);
  });
});

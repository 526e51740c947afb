import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { batch, debounce, defineWorkflow, latestWins, onEvent, singleton, type WindowTerms } from "tenuto";
import { z } from "zod";
import type { WindowedEvent } from "../../src/sdk/core/window-record.ts";
import {
  closesAt,
  defaultMemory,
  endsAt,
  isCarriable,
  isSuperseded,
  mostBytesOfList,
  recordOf,
  withEvent,
  withRefusal,
  withRunClosed,
  withStarted,
  withTime,
  type WindowState,
} from "../../src/sdk/core/window-state.ts";

const second = 1_000;
const quiet: WindowTerms = { kind: "debounce", quietMs: 30 * second, atMostMs: 60 * second };

const event = (id: string, terms: WindowTerms, bytes = 10): WindowedEvent => ({
  id,
  data: { id },
  bytes,
  at: "2026-01-01T00:00:00.000Z",
  terms,
});

const taken = (state: WindowState | undefined, id: string, nowMs: number, terms: WindowTerms = quiet) =>
  withTime(withEvent(state, event(id, terms), { nowMs }), nowMs);
const idsOf = (state: WindowState) => state.starting?.events.map(({ id }) => id);
const started = (state: WindowState, nowMs = 0) =>
  withTime(withStarted(state, { workflowId: "run", runId: `r-${state.starting?.ordinal}` }, nowMs), nowMs);

describe("a window of events", () => {
  test("debounce closes when no event has come for a while, and at the latest after its time", () => {
    let state = taken(undefined, "a", 0);
    assert.equal(closesAt(state), 30 * second);
    state = taken(state, "b", 20 * second);
    assert.equal(closesAt(state), 50 * second);
    state = taken(state, "c", 45 * second);
    assert.equal(closesAt(state), 60 * second);
    assert.equal(idsOf(withTime(state, 59 * second)), undefined);
    assert.deepEqual(idsOf(withTime(state, 60 * second)), ["a", "b", "c"]);
  });

  test("an event that comes when its window is over opens a new one, though nobody has closed the first yet", () => {
    let state = withEvent(undefined, event("a", quiet), { nowMs: 0 });
    state = withEvent(state, event("b", quiet), { nowMs: 30 * second });
    assert.deepEqual(idsOf(state), ["a"]);
    assert.deepEqual(
      state.open?.events.map(({ id }) => id),
      ["b"],
    );
  });

  test("a batch closes with its last event, or when its time is over", () => {
    const three: WindowTerms = { kind: "batch", withinMs: 10 * second, atMost: 3 };
    let state = taken(taken(undefined, "a", 0, three), "b", 1, three);
    assert.equal(idsOf(state), undefined);
    state = taken(state, "c", 2, three);
    assert.deepEqual(idsOf(state), ["a", "b", "c"]);
    state = taken(state, "d", 3, three);
    assert.equal(closesAt(state), 3 + 10 * second);
    assert.deepEqual(idsOf(started(state, 4 + 10 * second)), ["d"]);
  });

  test("a singleton starts with the first event at once, and has what comes meanwhile as one run after it", () => {
    const terms: WindowTerms = { kind: "singleton" };
    let state = taken(undefined, "a", 0, terms);
    assert.deepEqual(idsOf(state), ["a"]);
    state = taken(taken(started(state), "b", 1, terms), "c", 2, terms);
    assert.deepEqual([idsOf(state), state.run?.runId], [undefined, "r-0"]);
    assert.deepEqual(idsOf(withTime(withRunClosed(state), 3)), ["b", "c"]);
  });

  test("of the latest, events between the run under way and the newest are counted, and their run is not started", () => {
    const terms: WindowTerms = { kind: "latestWins" };
    let state = started(taken(undefined, "a", 0, terms));
    assert.equal(isSuperseded(state), false);
    for (const [index, id] of ["b", "c", "d"].entries()) state = taken(state, id, index, terms);
    assert.deepEqual([isSuperseded(state), state.counts.superseded], [true, 2]);
    assert.deepEqual(idsOf(withTime(withRunClosed(state), 9)), ["d"]);
  });

  test("an id counts once, also after its run was started, until a day has passed", () => {
    let state = started(withTime(taken(undefined, "a", 0), 30 * second));
    state = taken(state, "a", 40 * second);
    assert.deepEqual([state.open, state.counts.duplicates, state.counts.events], [undefined, 1, 1]);
    assert.equal(endsAt(state), defaultMemory.rememberedMs);
    const nextDay = taken(state, "b", 26 * 3_600 * second);
    assert.ok(taken(nextDay, "a", 26 * 3_600 * second).open?.events.some(({ id }) => id === "a"));
  });

  test("of ids, the last so many are remembered", () => {
    const memory = { ...defaultMemory, rememberedIds: 3 };
    let state: WindowState | undefined;
    const take = (id: string) => (state = withEvent(state, event(id, quiet), { nowMs: 0, memory }));
    for (const id of ["a", "b", "c", "d"]) take(id);
    assert.equal(take("b").counts.duplicates, 1);
    assert.equal(take("a").counts.events, 5);
  });

  test("an event that was refused is taken once more where that is meant", () => {
    let state = withTime(taken(undefined, "a", 0), 30 * second);
    state = withRefusal(state, { error: { type: "InvalidInput", message: "no" }, deadLetterIds: ["l"] }, 31 * second);
    assert.deepEqual([state.counts.refused, state.refusals[0]?.events], [1, 1]);
    const again = { ...event("a", quiet), again: "letter" };
    state = withEvent(state, again, { nowMs: 32 * second });
    state = withEvent(state, again, { nowMs: 33 * second });
    assert.deepEqual([state.open?.events.length, state.counts.duplicates], [1, 1]);
    const first = withEvent(undefined, again, { nowMs: 0 });
    assert.equal(taken(first, "a", 1).counts.duplicates, 1);
  });

  test("a list is closed before it is too large, and what waits is what the memo says", () => {
    let state: WindowState | undefined;
    for (const id of ["a", "b", "c", "d", "e"])
      state = withEvent(state, event(id, quiet, mostBytesOfList / 4), { nowMs: 0 });
    assert.ok(state);
    const now = withTime(state, 1);
    assert.deepEqual(idsOf(now), ["a", "b", "c", "d"]);
    assert.equal(isCarriable(now), true);
    const { waiting, starting } = recordOf({ app: "app", source: "s", type: "t" }, now);
    assert.deepEqual([waiting.events, waiting.bytes, starting?.events], [5, (mostBytesOfList / 4) * 5, 4]);
    for (const id of ["f", "g"]) state = withEvent(state, event(id, quiet, mostBytesOfList / 4), { nowMs: 0 });
    assert.equal(isCarriable(state), false);
  });

  test("the terms of the newest event hold for the window that is open", () => {
    const state = taken(undefined, "a", 0);
    const next = taken(state, "b", second, { kind: "debounce", quietMs: 2 * second });
    assert.equal(closesAt(next), 3 * second);
    assert.deepEqual(idsOf(taken(next, "c", 2 * second, { kind: "batch", withinMs: second, atMost: 5 })), ["a", "b"]);
  });
});

describe("random sequences", () => {
  const kinds: readonly WindowTerms[] = [
    { kind: "debounce", quietMs: 5 },
    { kind: "debounce", quietMs: 3, atMostMs: 9 },
    { kind: "batch", withinMs: 7, atMost: 4 },
    { kind: "singleton" },
    { kind: "latestWins" },
  ];

  /** A small one, so that a failure can be played again. */
  const randomBy = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
  };

  /** Takes events, some of them twice, and starts and ends runs as they come; what became of each event. */
  const play = (seed: number, changesTerms: boolean) => {
    const random = randomBy(seed);
    let terms = kinds[seed % kinds.length] ?? quiet;
    let state: WindowState | undefined;
    const sent: string[] = [];
    const lists: string[][] = [];
    let nowMs = 0;
    const step = () => {
      if (!state) return;
      state = withTime(state, nowMs);
      if (state.starting && random(3) > 0) {
        lists.push(state.starting.events.map(({ id }) => id));
        // Once in a while a deploy or a crash is between.
        state = withStarted(JSON.parse(JSON.stringify(state)) as WindowState, { workflowId: "w", runId: "r" }, nowMs);
      } else if (state.run && random(4) === 0) state = withRunClosed(state);
    };
    for (let count = 0; count < 200; count += 1) {
      nowMs += random(4);
      if (changesTerms && random(20) === 0) terms = kinds[random(kinds.length)] ?? terms;
      const isRepeat = sent.length > 0 && random(4) === 0;
      const id = isRepeat ? (sent[random(sent.length)] ?? "") : `e-${sent.length}`;
      if (!isRepeat) sent.push(id);
      state = withEvent(state, event(id, terms), { nowMs });
      for (let turn = random(3); turn > 0; turn -= 1) step();
    }
    for (let turn = 0; turn < 400 && state && endsAt(state) === Infinity; turn += 1) {
      nowMs += 5;
      step();
    }
    assert.ok(state && endsAt(state) < Infinity, `seed ${seed} ends`);
    return { sent, lists, state };
  };

  test("each event is in one list, in the order in which it came; of the latest, each is in one or superseded", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { sent, lists, state } = play(seed, false);
      const { terms } = state;
      const listed = lists.flat();
      assert.deepEqual(
        listed,
        sent.filter((id) => listed.includes(id)),
        `seed ${seed}: order, and none twice`,
      );
      assert.equal(listed.length + state.counts.superseded, sent.length, `seed ${seed}: none is lost`);
      if (terms.kind !== "latestWins") assert.equal(state.counts.superseded, 0);
      if (terms.kind === "latestWins") assert.equal(listed.at(-1), sent.at(-1), `seed ${seed}: the newest has a run`);
      if (terms.kind === "batch") assert.ok(lists.every(({ length }) => length <= terms.atMost));
    }
  });

  test("so it is when deploys change what kind of window it is", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { sent, lists, state } = play(seed, true);
      const listed = lists.flat();
      assert.deepEqual(
        listed,
        sent.filter((id) => listed.includes(id)),
        `seed ${seed}`,
      );
      assert.equal(listed.length + state.counts.superseded, sent.length, `seed ${seed}`);
    }
  });
});

describe("definitions of windows", () => {
  const invalid = (message: RegExp) => ({ name: "InvalidDefinition", message });

  test("what can't mean anything is refused with what to write instead", () => {
    assert.throws(() => debounce({ quiet: "0s" }), invalid(/`quiet` of debounce/));
    assert.throws(() => debounce({ quiet: "1m", atMost: "30s" }), invalid(/as long as `quiet` at least/));
    assert.throws(() => batch({ within: "5 minutes" as "5m", atMost: 3 }), invalid(/`within` of batch/));
    for (const atMost of [0, 1.5, 1_001, Number.NaN])
      assert.throws(() => batch({ within: "5m", atMost }), invalid(/1 to 1000/));
  });

  test("a window of what starts nothing is refused", () => {
    const told = defineWorkflow("told", { input: z.object({}), output: z.null(), signals: { tell: z.object({}) } });
    const window = singleton();
    const action = { signal: told, name: "tell", workflowId: () => "t", input: () => ({}), window };
    assert.throws(() => onEvent(z.object({}), action as never), invalid(/write `start`/));
  });

  test("a window is plain data and a key", () => {
    assert.deepEqual(debounce({ quiet: "30s", atMost: "10m" }).terms, { ...quiet, atMostMs: 600_000 });
    assert.deepEqual(latestWins(), { terms: { kind: "latestWins" } });
    assert.equal(singleton({ key: ({ id }: { id: string }) => id }).key?.({ id: "k" }), "k");
  });
});

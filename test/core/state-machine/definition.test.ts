import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defineStateMachine, initialSnapshot, InvalidDefinition, transition } from "tenuto";
import { z } from "zod";
import type { WrittenState } from "../../../src/sdk/core/state-machine/written-state.ts";

type Written = Readonly<Record<string, unknown>>;

const go = (target: string | readonly string[]) => ({ on: { go: { target } } });
const over = { type: "final" } as const;

/** Defines a machine that the compiler would not let through. */
function define(states: Readonly<Record<string, WrittenState>>, changed: Written = {}): unknown {
  const base = { version: 1, context: z.object({}), events: { go: z.object({}) }, steps: { work: z.object({}) } };
  const definition = { ...base, initial: "a", states, ...changed };
  return defineStateMachine("m", definition as unknown as Parameters<typeof defineStateMachine>[1]);
}

const cases: Readonly<Record<string, readonly [() => unknown, RegExp]>> = {
  "a target that is not there": [() => define({ a: go("b"), over }), /target of "on go" of state "a".*got "b"/],
  "a target in a state beside, without its path": [
    () => define({ a: go("b"), box: { initial: "b", states: { b: go("over") } }, over }),
    /got "b".*go down by dots/,
  ],
  "two targets of which only one can be active": [
    () => define({ a: go(["over", "b"]), b: go("over"), over }),
    /got \["over","b"\].*regions/,
  ],
  "two targets in one region": [
    () => define({ a: go(["p.x.one", "p.x.two"]), p: { type: "parallel", states: { x: pair, y: pair } }, over }),
    /regions of one parallel state/,
  ],
  "a target twice": [() => define({ a: go(["over", "over"]), over }), /regions of one parallel state/],
  "a machine that begins nowhere": [
    () => define({ a: go("over"), over }, { initial: "z" }),
    /`initial` of machine "m".*"z"/,
  ],
  "a compound state that begins nowhere": [
    () => define({ a: { states: { b: go("over") } }, over }),
    /`initial` of state "a" of machine "m".*Give one of b/,
  ],
  "a parallel state of one region": [
    () => define({ a: { type: "parallel", states: { b: go("over") } }, over }),
    /`states` of state "a".*got 1.*two regions/,
  ],
  "a compound state of none": [() => define({ a: { initial: "b", states: {} }, over }), /`states` of state "a".*got 0/],
  "a part that no state has": [
    () => define({ a: { ...go("over"), onFailure: go("over") } as WrittenState, over }),
    /state "a".*got "onFailure".*onError/,
  ],
  "a final state that waits": [
    () => define({ a: go("over"), over: { type: "final", after: { "1s": {} } } }),
    /`after` of state "over".*final/,
  ],
  "a final state that takes events": [
    () => define({ a: go("b"), b: { ...go("a"), type: "final" } }),
    /`on` of state "b"/,
  ],
  "an atomic state that has an output": [
    () => define({ a: { ...go("over"), output: () => 1 }, over }),
    /`output` of state "a"/,
  ],
  "a state with a dot in its name": [
    () => define({ "a.b": go("over"), over }, { initial: "over" }),
    /got "a.b".*letters/,
  ],
  "an event that is not declared": [
    () => define({ a: { on: { went: { target: "over" } } }, over }),
    /got "went".*`events`.*go/,
  ],
  "a raised event that is not declared": [
    () => define({ a: { ...go("over"), entry: { raise: "went" } }, over }),
    /`raise` in state "a".*"went"/,
  ],
  "a step that is not declared": [
    () => define({ a: { ...go("over"), invoke: { step: "play", onError: "fail" } }, over }),
    /`invoke` of state "a".*"play".*`steps`.*work/,
  ],
  "a step whose failure is nobody's": [
    () => define({ a: go("b"), b: { invoke: { step: "work", onDone: { target: "over" } } }, over }),
    /`invoke` of state "b".*no `onError`/,
  ],
  "a state that nothing leads to": [
    () => define({ a: go("over"), box: { initial: "b", states: { b: go("over") } }, over }),
    /state "box" of machine "m".*leads to it/,
  ],
  "a state without a way out": [() => define({ a: go("b"), b: {} }), /state "b" of machine "m".*no way out/],
  "a region that blocks its parallel state": [
    () =>
      define({
        a: {
          type: "parallel",
          states: { x: { initial: "one", states: { one: {} } }, y: { initial: "two", states: { two: over } } },
          onDone: { target: "over" },
        },
        over,
      }),
    /state "a.x.one".*no way out/,
  ],
  "a transition that comes after one without a guard": [
    () => define({ a: { on: { go: [{ target: "over" }, { target: "a" }] } }, over }),
    /"on go" of state "a".*without a guard before 1 more/,
  ],
  "a transition that is taken for ever": [
    () => define({ a: { ...go("over"), always: { assign: () => ({}) } }, over }),
    /"always" of state "a".*neither/,
  ],
  "a timeout of no length": [
    () => define({ a: { after: { "0s": { target: "over" } } }, over }),
    /`after` of state "a".*"0s"/,
  ],
  "a timeout that is no duration, and no delay": [
    () => define({ a: { after: { soon: { target: "over" } } }, over }, { delays: { later: () => "1s" } }),
    /`after` of state "a".*"soon".*later/,
  ],
  "a version that is no whole number": [
    () => define({ a: go("over"), over }, { version: 1.5 }),
    /`version` of machine "m".*1.5/,
  ],
  "a context that JSON can't carry": [
    () => define({ a: go("over"), over }, { context: z.object({ at: z.date() }) }),
    /\/at in The context of machine "m".*z.date/,
  ],
  "an event that JSON can't carry": [
    () => define({ a: go("over"), over }, { events: { go: z.object({ at: z.date() }) } }),
    /\/at in The data of event "go" of machine "m"/,
  ],
  "a step's output that JSON can't carry": [
    () => define({ a: go("over"), over }, { steps: { work: z.map(z.string(), z.string()) } }),
    /The output of step "work" of machine "m"/,
  ],
};

const pair: WrittenState = { initial: "one", states: { one: go("over"), two: go("over") } };

describe("a machine is refused, with the place and what to do, that has", () => {
  for (const [what, [defining, says]] of Object.entries(cases)) {
    test(what, () => {
      assert.throws(defining, (error) => error instanceof InvalidDefinition && says.test(error.message));
    });
  }
});

describe("a machine is taken", () => {
  const sound: Readonly<Record<string, () => unknown>> = {
    "whose idle region is left with the others": () =>
      define({
        a: { type: "parallel", states: { x: { initial: "one", states: { one: {} } }, y: go("over") } },
        over,
      }),
    "whose step's failure is that of the state around it": () =>
      define({
        a: {
          initial: "b",
          onError: { target: "over" },
          states: { b: { invoke: { step: "work", onDone: { target: "over" } } } },
        },
        over,
      }),
    "that says by itself that a step's failure is the run's": () =>
      define({ a: { invoke: { step: "work", onDone: { target: "over" }, onError: "fail" } }, over }),
    "whose state is only entered when a step fails": () =>
      define({
        a: { invoke: { step: "work", onDone: { target: "over" }, onError: { target: "hand" } } },
        hand: go("over"),
        over,
      }),
  };
  for (const [what, defining] of Object.entries(sound)) {
    test(what, () => {
      assert.doesNotThrow(defining);
    });
  }

  test("whose names mean the nearest state that has them, from the inside out", () => {
    const c = { on: { go: { target: "over" } } } as const;
    const machine = defineStateMachine("m", {
      ...{ version: 1, context: z.object({}), events: { go: z.object({}), up: z.object({}) } },
      initial: "a",
      states: {
        a: {
          initial: "b",
          states: { b: { on: { go: { target: "c" }, up: { target: "box.c" } } }, c },
        },
        c: { on: { go: { target: "a.c" } } },
        box: { initial: "c", on: { up: { target: "c" } }, states: { c } },
        over,
      },
    });
    const begun = initialSnapshot(machine, {}, 0).snapshot;
    const after = (...types: readonly ("go" | "up")[]) =>
      types.reduce((snapshot, type) => {
        const step = transition(machine, snapshot, { type, data: {} }, 0);
        return "refused" in step ? snapshot : step.snapshot;
      }, begun).value;
    assert.deepEqual(after("go"), ["a.c"]);
    assert.deepEqual(after("up"), ["box.c"]);
    assert.deepEqual(after("up", "up"), ["c"]);
    assert.deepEqual(after("up", "up", "go"), ["a.c"]);
  });
});

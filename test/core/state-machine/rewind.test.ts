import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { advance, committed, defineStateMachine, initialSnapshot, transition, type MachineSnapshot } from "tenuto";
import { z } from "zod";
import { rewind, rewindableStates, visitedWith } from "../../../src/sdk/core/state-machine/rewind.ts";

const machine = defineStateMachine("work", {
  version: 1,
  context: z.object({ locked: z.boolean(), entered: z.int() }),
  events: { go: z.object({}), left: z.object({}), right: z.object({}), lock: z.object({}) },
  steps: { work: z.object({}) },
  initial: "draft",
  states: {
    draft: {
      rewind: true,
      entry: { assign: ({ context }) => ({ entered: context.entered + 1 }) },
      on: { go: { target: "both" } },
      after: { "1h": { target: "over" } },
    },
    both: {
      type: "parallel",
      on: { lock: { assign: () => ({ locked: true }) } },
      states: {
        one: {
          initial: "a",
          states: {
            a: {
              rewind: ({ context }) => !context.locked,
              on: { left: { target: "b" } },
              after: { "2h": { target: "b" } },
            },
            b: { type: "final" },
          },
        },
        two: {
          initial: "c",
          states: {
            c: { invoke: { step: "work", onError: "fail" }, rewind: true, on: { right: { target: "d" } } },
            d: { type: "final" },
          },
        },
      },
      onDone: { target: "over" },
    },
    over: { type: "final" },
  },
});

type Snapshot = MachineSnapshot<z.output<typeof machine.context>>;

function told(snapshot: Snapshot, type: "go" | "left" | "right" | "lock", now: number): Snapshot {
  const step = transition(machine, snapshot, { type, data: {} }, now);
  assert.ok(!("refused" in step));
  let next = step.effects.length > 0 ? committed(step, { outputs: {}, now }) : step.snapshot;
  for (let more = advance(machine, next, now); more; more = advance(machine, next, now)) next = more.snapshot;
  return next;
}

describe("bringing a machine back", () => {
  const begun = initialSnapshot(machine, { locked: false, entered: 0 }, 0).snapshot;
  const both = told(begun, "go", 10);
  const visited = visitedWith(machine, both, visitedWith(machine, begun, []));

  test("goes to states that it was in, is not in, and whose definition allows it", () => {
    assert.deepEqual(rewindableStates(machine, begun, visited), ["both.one.a", "both.two.c"]);
    assert.deepEqual(rewindableStates(machine, both, visited), ["draft"]);
    const left = told(both, "left", 20);
    assert.deepEqual(rewindableStates(machine, left, visited), ["draft", "both.one.a"]);
    assert.deepEqual(rewindableStates(machine, told(left, "lock", 21), visited), ["draft"]);
    assert.deepEqual(rewindableStates(machine, left, []), []);
    assert.deepEqual(rewindableStates(machine, { ...left, status: "done" }, visited), []);
  });

  test("enters the state as if for the first time: its entry, and its deadline from now on", () => {
    const { snapshot, effects } = rewind(machine, both, "draft", 100);
    assert.deepEqual([snapshot.value, snapshot.context.entered, effects], [["draft"], 2, []]);
    assert.deepEqual(snapshot.deadlines, [{ state: "draft", after: "1h", at: 100 + 3_600_000 }]);
  });

  test("in one region leaves the other as it is", () => {
    const { snapshot, effects } = rewind(machine, told(both, "left", 20), "both.one.a", 100);
    assert.deepEqual([snapshot.value, effects], [["both.one.a", "both.two.c"], []]);
  });

  test("runs the step of what is entered again; from elsewhere, the whole parallel state is entered", () => {
    const right = told(both, "right", 20);
    assert.deepEqual(rewind(machine, right, "both.two.c", 30).effects, [{ state: "both.two.c", step: "work" }]);
    const back = rewind(machine, rewind(machine, right, "draft", 40).snapshot, "both.one.a", 50);
    assert.deepEqual(back.snapshot.value, ["both.one.a", "both.two.c"]);
    assert.deepEqual(
      back.effects.map(({ state }) => state),
      ["both.two.c"],
    );
  });
});

describe("a step that takes long", () => {
  test("does not shorten the time of the state that is entered by it: deadlines count from the commit", () => {
    const step = transition(
      machine,
      initialSnapshot(machine, { locked: false, entered: 0 }, 0).snapshot,
      { type: "go", data: {} },
      10,
    );
    assert.ok(!("refused" in step));
    assert.deepEqual(committed(step, { outputs: {}, now: 5_010 }).deadlines, [
      { state: "both.one.a", after: "2h", at: 5_010 + 7_200_000 },
    ]);
  });
});

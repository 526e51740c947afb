import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  defineStateMachine,
  defineWorkflow,
  initialSnapshot,
  InvalidDefinition,
  InvalidSnapshot,
  previousVersion,
} from "tenuto";
import { z } from "zod";
import { migrated, versionsOf } from "../../../src/sdk/core/state-machine/previous-version.ts";

const old = defineStateMachine("m", {
  version: 1,
  context: z.object({ n: z.int() }),
  events: { go: z.object({}), drop: z.object({}) },
  initial: "a",
  states: {
    a: { on: { go: { target: "over" } }, after: { "1h": { target: "over" }, "2h": { target: "over" } } },
    over: { type: "final" },
  },
});

const next = {
  version: 3,
  context: z.object({ text: z.string() }),
  events: { go: z.object({ why: z.string() }) },
  initial: "a",
  states: {
    a: { on: { go: { target: "over" } }, after: { "1h": { target: "over" }, "3h": { target: "over" } } },
    over: { type: "final" },
  },
} as const;

describe("a machine with versions of before", () => {
  test("takes their snapshots by `migrate`: deadlines of what goes on stay, others count from now", () => {
    const newest = defineStateMachine("m", {
      ...next,
      previous: [previousVersion(old, ({ value, context }) => ({ value, context: { text: `${context.n}` } }))],
    });
    const { snapshot } = initialSnapshot(old, { n: 7 }, 100);
    const now = migrated(newest, snapshot, 1_000);
    assert.deepEqual([now.version, now.value, now.context], [3, ["a"], { text: "7" }]);
    assert.deepEqual(now.deadlines, [
      { state: "a", after: "1h", at: 100 + 3_600_000 },
      { state: "a", after: "3h", at: 1_000 + 3 * 3_600_000 },
    ]);
    assert.equal(migrated(newest, now, 2_000), now);
    assert.deepEqual([...versionsOf(newest).keys()], [3, 1]);
  });

  test("leaves them as they are without `migrate`, and refuses what the machine can't be in", () => {
    const { snapshot } = initialSnapshot(old, { n: 7 }, 100);
    const staying = defineStateMachine("m", { ...next, previous: [previousVersion(old)] });
    assert.equal(migrated(staying, snapshot, 1), snapshot);
    const wrong = defineStateMachine("m", {
      ...next,
      previous: [previousVersion(old, () => ({ value: ["nowhere"], context: { text: "" } }))],
    });
    assert.throws(() => migrated(wrong, snapshot, 1), InvalidSnapshot);
  });

  test("lists earlier versions of itself, each once", () => {
    const other = defineStateMachine("other", { ...next, version: 1 });
    for (const previous of [
      [previousVersion(other)],
      [previousVersion(old), previousVersion(old)],
      [previousVersion(defineStateMachine("m", next))],
    ]) {
      assert.throws(
        () => defineStateMachine("m", { ...next, previous: previous }),
        (error) => {
          assert.ok(error instanceof InvalidDefinition);
          assert.match(error.message, /`previous` of machine "m", version 3/);
          return true;
        },
      );
    }
  });

  test("gives its workflow an update for each event, also those of before; no other update may have such a name", () => {
    const machine = defineStateMachine("m", { ...next, previous: [previousVersion(old)] });
    const base = { input: z.object({}), output: z.unknown(), machine };
    const { updates } = defineWorkflow("w", base);
    assert.deepEqual(Object.keys(updates).toSorted(), ["drop", "go"]);
    assert.equal(updates.go.input, machine.events.go);
    const clash = { drop: { input: z.object({}), output: z.object({}) } };
    assert.throws(() => defineWorkflow("w", { ...base, updates: clash }), /got "drop"\. It is an event of its machine/);
  });

  test("has states that lists can find: paths of those active together that are too long are refused", () => {
    const long = "x".repeat(60);
    const region = { initial: long, states: { [long]: { on: { go: { target: "over" } } } } };
    const states = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`r${index}`, region]));
    assert.throws(
      () =>
        defineStateMachine("m", {
          ...next,
          initial: "p",
          states: { p: { type: "parallel", states }, over: { type: "final" } },
        } as never),
      /active together in machine "m".*characters/,
    );
  });
});

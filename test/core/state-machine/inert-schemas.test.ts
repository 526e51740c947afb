import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { defineStateMachine, initialSnapshot, transition } from "tenuto";
import type * as zod from "zod";

const require = createRequire(import.meta.url);
const { z } = require("../../../src/sdk/workflow/inert-zod.cjs") as typeof zod;

test("a machine does the same in the isolate, where schemas are inert: none is called", () => {
  const machine = defineStateMachine("m", {
    ...{ version: 1, context: z.object({ n: z.int() }), events: { go: z.object({ n: z.int() }) } },
    steps: { work: z.object({ m: z.int() }) },
    initial: "a",
    states: {
      a: { on: { go: { guard: ({ event }) => event.n > 1, target: "b", assign: ({ event }) => ({ n: event.n }) } } },
      b: { invoke: { step: "work", onDone: { target: "over" }, onError: "fail" } },
      over: { type: "final" },
    },
  });
  const step = transition(machine, initialSnapshot(machine, { n: 1 }, 0).snapshot, { type: "go", data: { n: 2 } }, 1);
  assert.ok(!("refused" in step));
  assert.deepEqual([step.snapshot.value, step.snapshot.context, step.effects.length], [["b"], { n: 2 }, 1]);
});

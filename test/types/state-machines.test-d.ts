// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
import { defineStateMachine, initialSnapshot, transition } from "tenuto";
import { z } from "zod";

const base = {
  version: 1,
  context: z.object({ cents: z.int(), refundId: z.string().optional() }),
  events: { paid: z.object({ cents: z.int() }), closed: z.object({}) },
  steps: { refund: z.object({ refundId: z.string() }) },
  delays: { patience: () => "3d" as const },
} as const;
const ends = { over: { type: "final" } } as const;

const machine = defineStateMachine("right", {
  ...base,
  initial: "open",
  states: {
    open: {
      on: {
        paid: [
          { guard: ({ event, context }) => event.cents > context.cents, target: "box.inner.deep" },
          { target: ["box"], raise: "closed" },
        ],
      },
      after: { "1h": { target: "over" }, patience: { target: "over" } },
    },
    box: {
      initial: "inner",
      states: {
        inner: {
          initial: "deep",
          states: {
            deep: {
              invoke: {
                step: "refund",
                onDone: { target: "beside", assign: ({ output }) => ({ refundId: output.refundId }) },
                onError: { target: "open" },
              },
            },
            beside: { on: { closed: { target: "inner.deep" }, paid: { target: "box.inner" } } },
          },
        },
      },
      always: { guard: ({ context }) => context.cents > 3, target: "over" },
    },
    ...ends,
  },
});

const { snapshot } = initialSnapshot(machine, { cents: 1 }, 0);
snapshot.context.cents satisfies number;
transition(machine, snapshot, { type: "paid", data: { cents: 2 } }, 1);
// @ts-expect-error there is no such event
transition(machine, snapshot, { type: "payed", data: { cents: 2 } }, 1);
// @ts-expect-error an event has its data
transition(machine, snapshot, { type: "paid", data: {} }, 1);
// @ts-expect-error a context is what its schema says
initialSnapshot(machine, { cents: "1" }, 0);

defineStateMachine("m", {
  ...base,
  // @ts-expect-error there is no such state to begin in
  initial: "nowhere",
  states: { a: { on: { closed: { target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error there is no such target
  states: { a: { on: { closed: { target: "nowhere" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  states: {
    // @ts-expect-error one of several targets is not there
    a: { on: { paid: [{ guard: ({ event }) => event.cents > 1, target: "over" }, { target: "nowhere" }] } },
    ...ends,
  },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error no name reaches into a state beside, without a path
  states: { a: { after: { "1h": { target: "b" } } }, box: { initial: "b", states: { b: {} } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error there is no such state for what a step's failure leads to
  states: { a: { invoke: { step: "refund", onError: { target: "nowhere" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "box",
  // @ts-expect-error a compound state begins in one of its own
  states: { box: { initial: "over", states: { b: { on: { closed: { target: "over" } } } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error there is no such event
  states: { a: { on: { payed: { target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error there is no such step
  states: { a: { invoke: { step: "restock", onError: "fail" } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error there is no such delay
  states: { a: { after: { later: { target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error the event has no such field
  states: { a: { on: { paid: { guard: ({ event }) => event.euros > 1, target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error the context has a number there
  states: { a: { on: { paid: { assign: () => ({ cents: "1" }), target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error an event with data is raised with it
  states: { a: { entry: { raise: "paid" }, on: { closed: { target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error beside an event that there is, one that there is not
  states: { a: { on: { closed: { target: "over" }, payed: { target: "over" } } }, ...ends },
});
defineStateMachine("m", {
  ...base,
  initial: "a",
  // @ts-expect-error a state has no such part
  states: { a: { on: { closed: { target: "over" } }, allways: { target: "over" } }, ...ends },
});

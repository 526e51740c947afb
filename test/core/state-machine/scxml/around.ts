// Sections 4 to 6 of W3C's SCXML, as far as a machine of ours has what they are about: raised events, data of final
// states, what is active, delays, invoked work.
import { count, counted, ends, expects, isIn, type ScxmlCase } from "./case.ts";

const two = ["event1", "event2"] as const;
const given = { outputs: { s0: { n: 7 } } };

export const around: Readonly<Record<string, ScxmlCase>> = {
  "144": {
    shows: "events are taken in the order in which they were raised",
    events: ["foo", "bar"],
    initial: "s0",
    states: {
      s0: { entry: { raise: ["foo", "bar"] }, ...expects("foo", "s1", ["foo", "bar"]) },
      s1: expects("bar", "pass", ["foo", "bar"]),
      ...ends,
    },
  },
  "147": {
    shows: "of several transitions the first whose guard passes is taken, and no other",
    initial: "s0",
    states: {
      s0: {
        always: [
          { guard: () => false, target: "fail", ...count("n") },
          { guard: () => true, target: "s1", ...count("n") },
          { target: "fail", ...count("n") },
        ],
      },
      s1: { always: [{ guard: ({ context }) => counted(context, "n") === 1, target: "pass" }, { target: "fail" }] },
      ...ends,
    },
  },
  "148": {
    shows: "the last of several transitions, without a guard, is taken when no other may be",
    initial: "s0",
    states: { s0: { always: [{ guard: () => false, target: "fail" }, { target: "pass" }] }, ...ends },
  },
  "149": {
    shows: "nothing is done when no guard passes",
    events: ["foo"],
    initial: "s0",
    states: {
      s0: {
        always: [
          { guard: () => false, target: "fail" },
          { guard: () => false, target: "fail" },
        ],
        on: { foo: { target: "pass" } },
      },
      ...ends,
    },
    does: [{ event: "foo" }],
  },
  "158": {
    shows: "what is raised by an exit, a transition and an entry comes in that order",
    events: ["event1", "event2", "event3"],
    initial: "s0",
    states: {
      s0: { exit: { raise: "event1" }, always: { target: "s1", raise: "event2" } },
      s1: { entry: { raise: "event3" }, ...expects("event1", "s2", ["event1", "event2", "event3"]) },
      s2: expects("event2", "s3", ["event1", "event2", "event3"]),
      s3: expects("event3", "pass", ["event1", "event2", "event3"]),
      ...ends,
    },
  },
  "175": {
    shows: "a delay is that of the context as the entry left it",
    delays: { wait: ({ context }) => (counted(context, "n") === 1 ? "1s" : "1ms") },
    initial: "s0",
    states: {
      s0: { entry: count("n"), after: { wait: { target: "fail" }, "500ms": { target: "s1" } } },
      s1: { always: { target: "pass" } },
      ...ends,
    },
    does: [{ afterMs: 500 }],
  },
  "185": {
    shows: "what has to wait comes after what has not",
    events: two,
    initial: "s0",
    states: {
      s0: { after: { "1s": { target: "fail" } }, on: { event1: { target: "s1" } } },
      s1: { after: { "1s": { target: "pass" } } },
      ...ends,
    },
    does: [{ event: "event1" }, { afterMs: 1_000 }],
  },
  "186": {
    shows: "raised data is that of the moment in which it was raised",
    events: ["foo"],
    initial: "s0",
    states: {
      s0: {
        entry: { ...count("n"), raise: ({ context }) => [{ type: "foo", data: counted(context, "n") }] },
        always: { guard: ({ context }) => counted(context, "n") === 1, target: "s1", ...count("n") },
      },
      s1: { on: { foo: [{ guard: ({ event }) => event === 1, target: "pass" }, { target: "fail" }] } },
      ...ends,
    },
  },
  "187": {
    shows: "a delay of a machine that has ended never passes",
    initial: "s0",
    states: { s0: { after: { "1s": { target: "fail" } }, always: { target: "pass" } }, ...ends },
    does: [{ afterMs: 2_000 }],
  },
  "189": {
    shows: "what a machine raises comes before what is sent to it",
    events: two,
    initial: "s0",
    states: {
      s0: { entry: { raise: "event2" }, on: { event1: { target: "fail" }, event2: { target: "s1" } } },
      s1: { on: { event1: { target: "pass" } } },
      ...ends,
    },
    does: [{ event: "event1" }],
  },
  "208": {
    shows: "a delay is canceled when its state is left",
    events: two,
    initial: "s0",
    states: {
      s0: { after: { "1s": { target: "fail" } }, on: { event1: { target: "s1" } } },
      s1: { after: { "2s": { target: "pass" } } },
      ...ends,
    },
    does: [{ event: "event1" }, { afterMs: 1_500 }, { afterMs: 500 }],
  },
  "247": {
    shows: "a state learns what its step gave",
    steps: ["step"],
    initial: "s0",
    states: {
      s0: {
        invoke: {
          step: "step",
          onDone: [{ guard: ({ output }) => counted(output, "n") === 7, target: "pass" }, { target: "fail" }],
        },
      },
      ...ends,
    },
    does: [{ effects: ["s0"], ...given }],
  },
  "252": {
    shows: "what a step gave is nobody's once its state was left",
    steps: ["step"],
    initial: "p",
    states: {
      p: {
        type: "parallel",
        states: {
          one: { invoke: { step: "step", onDone: { target: "s1" } } },
          two: { invoke: { step: "step", onDone: { target: "fail" } } },
        },
      },
      s1: { after: { "1s": { target: "pass" } } },
      ...ends,
    },
    does: [{ effects: ["p.one", "p.two"] }, { afterMs: 1_000 }],
  },
  "294": {
    shows: "a final state gives data to the state around it",
    initial: "s0",
    states: {
      s0: {
        initial: "end",
        states: { end: { type: "final", output: () => ({ n: 1 }) } },
        onDone: [{ guard: ({ output }) => counted(output, "n") === 1, target: "pass" }, { target: "fail" }],
      },
      ...ends,
    },
  },
  "310": {
    shows: "a guard sees what is active",
    initial: "p",
    states: {
      p: {
        type: "parallel",
        states: {
          one: { always: [{ guard: (all) => isIn(all, "p.two"), target: "pass" }, { target: "fail" }] },
          two: {},
        },
      },
      ...ends,
    },
  },
  "527": {
    shows: "the data of a final state is taken of the context",
    initial: "s0",
    states: {
      s0: {
        initial: "end",
        entry: count("n"),
        states: { end: { type: "final", entry: count("n"), output: ({ context }) => ({ n: counted(context, "n") }) } },
        onDone: [{ guard: ({ output }) => counted(output, "n") === 2, target: "pass" }, { target: "fail" }],
      },
      ...ends,
    },
  },
  "529": {
    shows: "the data of a final state may be a plain value; of the machine's own it is the machine's",
    initial: "s0",
    states: {
      s0: {
        initial: "end",
        states: { end: { type: "final", output: () => 21 } },
        onDone: [{ guard: ({ output }) => output === 21, target: "pass" }, { target: "fail" }],
      },
      ...ends,
      pass: { type: "final", output: () => "given" },
    },
    output: "given",
  },
};

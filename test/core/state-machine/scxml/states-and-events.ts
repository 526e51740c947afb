// Sections 3.2 to 3.12 of W3C's SCXML: states, their entry and exit, final states, events.
import { checks, count, counted, ends, expects, isIn, type ScxmlCase } from "./case.ts";

const nested = (mark: string, target: string) => ({
  initial: "deep",
  states: {
    deep: { initial: "first", states: { first: { always: { target: "fail" } }, regions: regions(mark, target) } },
  },
});

const regions = (mark: string, target: string) =>
  ({
    type: "parallel",
    states: {
      one: { initial: "a", states: { a: {}, b: { entry: { raise: mark } } } },
      two: { initial: "a", states: { a: {}, b: { on: { [mark]: { target } } } } },
    },
  }) as const;

const deepest = ["deep.regions.one.b", "deep.regions.two.b"];

export const statesAndEvents: Readonly<Record<string, ScxmlCase>> = {
  "355": {
    shows: "the machine begins in its initial state",
    initial: "s0",
    states: { s0: { always: { target: "pass" } }, s1: { always: { target: "fail" } }, ...ends },
  },
  "364": {
    shows: "a compound state is entered in its initial state, which may be deep, or several in regions",
    events: ["in1"],
    initial: "s1",
    states: {
      s1: { ...nested("in1", "s3"), initial: deepest },
      s3: {
        initial: "s31",
        states: {
          s31: {
            initial: "s311",
            states: { s311: { initial: "s3111", states: { s3111: { always: { target: "pass" } } } } },
          },
        },
      },
      ...ends,
    },
  },
  "576": {
    shows: "a machine may begin deep in several regions",
    events: ["in1"],
    initial: deepest.map((path) => `s1.${path}`),
    states: { s0: { always: { target: "fail" } }, s1: nested("in1", "pass"), ...ends },
  },
  "372": {
    shows: "a state is done after the entry of its final state, and before that is left",
    initial: "s0",
    states: {
      s0: {
        initial: "end",
        states: { end: { type: "final", entry: { assign: () => ({ n: 2 }) }, exit: { assign: () => ({ n: 3 }) } } },
        onDone: [{ guard: ({ context }) => counted(context, "n") === 2, target: "pass" }, { target: "fail" }],
      },
      ...ends,
    },
  },
  "570": {
    shows: "a parallel state is done when all its regions are, each of which is done before",
    events: ["e1", "e2"],
    initial: "p",
    states: {
      p: {
        type: "parallel",
        entry: { raise: ["e1", "e2"] },
        states: {
          one: {
            initial: "a",
            states: { a: { on: { e1: { target: "end" } } }, end: { type: "final" } },
            onDone: { assign: ({ context }) => ({ n: counted(context, "n") * 10 + 1 }) },
          },
          two: {
            initial: "a",
            states: { a: { on: { e2: { target: "end" } } }, end: { type: "final" } },
            onDone: { assign: ({ context }) => ({ n: counted(context, "n") * 10 + 2 }) },
          },
        },
        onDone: [{ guard: ({ context }) => counted(context, "n") === 12, target: "pass" }, { target: "fail" }],
      },
      ...ends,
    },
  },
  "375": {
    shows: "what an entry raises comes in the order in which it is written",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: { entry: { raise: ["event1", "event2"] }, ...expects("event1", "s1", ["event1", "event2"]) },
      s1: expects("event2", "pass", ["event1", "event2"]),
      ...ends,
    },
  },
  "377": {
    shows: "what an exit raises comes in the order in which it is written",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: { exit: { raise: ["event1", "event2"] }, always: { target: "s1" } },
      s1: expects("event1", "s2", ["event1", "event2"]),
      s2: expects("event2", "pass", ["event1", "event2"]),
      ...ends,
    },
  },
  "396": {
    shows: "a guard sees the event that is taken",
    events: ["foo"],
    initial: "s0",
    states: {
      s0: {
        entry: { raise: { type: "foo", data: "foo" } },
        on: { foo: [{ guard: ({ event }) => event === "foo", target: "pass" }, { target: "fail" }] },
      },
      ...ends,
    },
  },
  "407": {
    shows: "an exit is done when its state is left",
    initial: "s0",
    states: { s0: { exit: count("n"), always: { target: "s1" } }, s1: checks("n", 1, "pass"), ...ends },
  },
  "409": {
    shows: "a state that was left is not active in the exits that follow",
    events: ["event1"],
    initial: "s0",
    states: {
      s0: {
        initial: "s01",
        after: { "1s": { target: "pass" } },
        on: { event1: { target: "fail" } },
        states: {
          s01: {
            initial: "s011",
            exit: { raise: (given) => (isIn(given, "s0.s01.s011") ? ["event1"] : []) },
            states: { s011: { always: { target: "s02" } } },
          },
          s02: {},
        },
      },
      ...ends,
    },
    does: [{ afterMs: 1_000 }],
  },
  "411": {
    shows: "a state is active in its own entry, and not in that of the state around it",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: {
        initial: "s01",
        entry: { raise: (given) => (isIn(given, "s0.s01") ? ["event1"] : []) },
        on: { event1: { target: "fail" }, event2: { target: "pass" } },
        states: { s01: { entry: { raise: (given) => (isIn(given, "s0.s01") ? ["event2"] : []) } } },
      },
      ...ends,
    },
  },
  "413": {
    shows: "what is initial is entered, and no other default",
    initial: ["s2.p.one.b", "s2.p.two.b"],
    states: {
      s1: { always: { target: "fail" } },
      s2: {
        initial: "p",
        states: {
          p: {
            type: "parallel",
            always: { target: "fail" },
            states: {
              one: {
                initial: "a",
                states: {
                  a: { always: { target: "fail" } },
                  b: { always: { guard: (given) => isIn(given, "s2.p.two.b"), target: "pass" } },
                },
              },
              two: {
                initial: "a",
                states: {
                  a: { always: { target: "fail" } },
                  b: { always: { guard: (given) => isIn(given, "s2.p.one.b"), target: "pass" } },
                },
              },
            },
          },
        },
      },
      ...ends,
    },
  },
  "415": {
    shows: "a machine ends when it comes to a final state of its own",
    events: ["event1"],
    initial: "s0",
    states: {
      s0: { always: { target: "pass" } },
      ...ends,
      pass: { type: "final", entry: { raise: "event1" } },
    },
    does: [{ event: "event1", isRefused: true }, { afterMs: 1_000 }],
  },
  "416": {
    shows: "a compound state is done when its final state is entered",
    initial: "s1",
    states: {
      s1: {
        initial: "s11",
        after: { "1s": { target: "fail" } },
        states: {
          s11: {
            initial: "s111",
            states: { s111: { always: { target: "end" } }, end: { type: "final" } },
            onDone: { target: "pass" },
          },
        },
      },
      ...ends,
    },
  },
  "417": {
    shows: "a parallel state is done when all its regions are in final states",
    initial: "p",
    states: {
      p: {
        type: "parallel",
        states: {
          one: { initial: "a", states: { a: { always: { target: "end" } }, end: { type: "final" } } },
          two: { initial: "a", states: { a: { always: { target: "end" } }, end: { type: "final" } } },
        },
        onDone: { target: "pass" },
      },
      ...ends,
    },
  },
};

// Section 3.13 of W3C's SCXML: which transitions are taken, and what is left and entered in which order.
import { checks, count, counted, ends, expects, type ScxmlCase } from "./case.ts";

const four = ["event1", "event2", "event3", "event4"] as const;

/** States that expect these events one after the other. */
const inTurn = (first: string, events: readonly string[]) =>
  Object.fromEntries(
    events.map((event, index) => {
      const name = index === 0 ? first : `then${index}`;
      return [name, expects(event, index === events.length - 1 ? "pass" : `then${index + 1}`, four)];
    }),
  );

export const selecting: Readonly<Record<string, ScxmlCase>> = {
  "403a": {
    shows: "a transition of an inner state comes before that of an outer one, unless its guard refuses",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: {
        initial: "s01",
        on: { event1: { target: "fail" }, event2: { target: "pass" } },
        states: {
          s01: { entry: { raise: "event1" }, on: { event1: [{ target: "s02" }, { target: "fail" }] } },
          s02: {
            entry: { raise: "event2" },
            on: { event1: { target: "fail" }, event2: { guard: () => false, target: "fail" } },
          },
        },
      },
      ...ends,
    },
  },
  "403b": {
    shows: "a transition that several regions select is taken once",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: {
        initial: "p",
        on: { event1: count("n") },
        states: {
          p: {
            type: "parallel",
            entry: { raise: ["event1", "event2"] },
            on: { event1: count("n") },
            states: {
              one: {
                on: {
                  event2: [{ guard: ({ context }) => counted(context, "n") === 1, target: "pass" }, { target: "fail" }],
                },
              },
              two: {},
            },
          },
        },
      },
      ...ends,
    },
  },
  "403c": {
    shows: "of transitions that leave the same state, the earlier one in document order is taken",
    events: ["event1", "event2"],
    initial: "s0",
    states: {
      s0: {
        initial: "p",
        entry: { raise: "event1" },
        on: { event2: { target: "fail" } },
        states: {
          p: {
            type: "parallel",
            states: {
              one: { on: { event1: {}, event2: {} } },
              two: { on: { event1: { target: "one", raise: "event2" } } },
              three: { on: { event1: { target: "fail" }, event2: { target: "s1" } } },
              four: { on: { event1: count("n"), event2: count("n") } },
            },
          },
        },
      },
      s1: checks("n", 2, "pass"),
      ...ends,
    },
  },
  "404": {
    shows:
      "inner states are left before outer ones, later before earlier ones, and before the transition's own actions",
    events: four,
    initial: "s0",
    states: {
      s0: {
        initial: "p",
        states: {
          p: {
            type: "parallel",
            exit: { raise: "event3" },
            always: { target: "next", raise: "event4" },
            states: { one: { exit: { raise: "event2" } }, two: { exit: { raise: "event1" } } },
          },
          ...inTurn("next", four),
        },
      },
      ...ends,
    },
  },
  "405": {
    shows: "the actions of transitions come in document order, after the exits",
    events: four,
    initial: "s0",
    states: {
      s0: {
        initial: "p",
        states: {
          p: {
            type: "parallel",
            on: { event1: { target: "next" } },
            states: {
              one: {
                initial: "a",
                states: { a: { exit: { raise: "event2" }, always: { target: "b", raise: "event3" } }, b: {} },
              },
              two: {
                initial: "a",
                states: { a: { exit: { raise: "event1" }, always: { target: "b", raise: "event4" } }, b: {} },
              },
            },
          },
          ...inTurn("next", ["event2", "event3", "event4"]),
        },
      },
      ...ends,
    },
  },
  "406": {
    shows: "states are entered after the transition's actions, outer before inner ones, in document order",
    events: four,
    initial: "s0",
    states: {
      s0: {
        initial: "s01",
        states: {
          s01: { always: { target: "p", raise: "event1" } },
          p: {
            type: "parallel",
            entry: { raise: "event2" },
            on: { event1: { target: "next" } },
            states: { one: { entry: { raise: "event3" } }, two: { entry: { raise: "event4" } } },
          },
          ...inTurn("next", ["event2", "event3", "event4"]),
        },
      },
      ...ends,
    },
  },
  "419": {
    shows: "a transition without an event comes before one with an event",
    events: ["inner", "outer"],
    initial: "s1",
    states: {
      s1: {
        entry: { raise: "inner" },
        on: { inner: { target: "fail" }, outer: { target: "fail" } },
        always: { target: "pass" },
      },
      ...ends,
    },
  },
  "421": {
    shows: "raised events come before those from outside, and one that nobody takes is dropped",
    events: [...four, "outer"],
    initial: "s1",
    states: {
      s1: {
        initial: "s11",
        entry: { raise: four },
        on: { outer: { target: "fail" } },
        states: { s11: { on: { event3: { target: "s12" } } }, s12: { on: { event4: { target: "pass" } } } },
      },
      ...ends,
    },
    does: [{ event: "outer", isRefused: true }],
  },
  "422": {
    shows: "at the end of a macrostep the steps are run of what was entered and not left again",
    steps: ["step"],
    initial: "s1",
    states: {
      s1: {
        initial: "s11",
        invoke: { step: "step", onDone: count("n") },
        states: {
          s11: { invoke: { step: "step", onDone: { target: "fail" } }, always: { target: "s12" } },
          s12: { invoke: { step: "step", onDone: count("n") } },
        },
        always: { guard: ({ context }) => counted(context, "n") === 2, target: "pass" },
      },
      ...ends,
    },
    does: [{ effects: ["s1", "s1.s12"] }],
  },
  "423": {
    shows: "events from outside come until one is taken",
    events: ["outer1", "outer2", "inner"],
    initial: "s0",
    states: {
      s0: {
        entry: { raise: "inner" },
        on: { inner: { target: "s1" }, outer1: { target: "fail" }, outer2: { target: "fail" } },
      },
      s1: { on: { outer2: { target: "pass" }, inner: { target: "fail" } } },
      ...ends,
    },
    does: [{ event: "outer1", isRefused: true }, { event: "outer2" }],
  },
  "503": {
    shows: "a transition without a target leaves and enters nothing",
    events: ["foo", "bar"],
    initial: "s1",
    states: {
      s1: { entry: { raise: ["foo", "bar"] }, always: { target: "s2" } },
      s2: {
        exit: count("left"),
        on: {
          foo: count("taken"),
          bar: [{ guard: ({ context }) => counted(context, "taken") === 1, target: "s3" }, { target: "fail" }],
        },
      },
      s3: checks("left", 1, "pass"),
      ...ends,
    },
  },
  "504": {
    shows: "a transition leaves all up to the nearest compound state around its source and targets",
    events: ["foo", "bar"],
    initial: "s1",
    states: {
      s1: { entry: { raise: ["foo", "bar"] }, always: { target: "s2.p" } },
      s2: {
        initial: "p",
        exit: count("s2"),
        states: {
          p: {
            type: "parallel",
            exit: count("p"),
            on: {
              foo: { target: "p.one", ...count("taken") },
              bar: [{ guard: ({ context }) => counted(context, "taken") === 1, target: "s3" }, { target: "fail" }],
            },
            states: { one: { exit: count("one") }, two: { exit: count("two") } },
          },
        },
      },
      s3: checks("p", 2, "s4"),
      s4: checks("one", 2, "s5"),
      s5: checks("two", 2, "s6"),
      s6: checks("s2", 1, "pass"),
      ...ends,
    },
  },
  "505": {
    shows: "an internal transition of a compound state into itself does not leave it",
    events: ["foo", "bar"],
    initial: "s1",
    states: {
      s1: {
        initial: "s11",
        entry: { raise: ["foo", "bar"] },
        exit: count("s1"),
        on: {
          foo: { internal: true, target: "s1.s11", ...count("taken") },
          bar: [{ guard: ({ context }) => counted(context, "taken") === 1, target: "s2" }, { target: "fail" }],
        },
        states: { s11: { exit: count("s11") } },
      },
      s2: checks("s1", 1, "s3"),
      s3: checks("s11", 2, "pass"),
      ...ends,
    },
  },
  "506": {
    shows: "an internal transition whose target is not in its source leaves the source",
    events: ["foo", "bar"],
    initial: "s1",
    states: {
      s1: { entry: { raise: ["foo", "bar"] }, always: { target: "s2" } },
      s2: {
        initial: "s21",
        exit: count("s2"),
        on: {
          foo: { internal: true, target: "s2", ...count("taken") },
          bar: [{ guard: ({ context }) => counted(context, "taken") === 1, target: "s3" }, { target: "fail" }],
        },
        states: { s21: { exit: count("s21") } },
      },
      s3: checks("s2", 2, "s4"),
      s4: checks("s21", 2, "pass"),
      ...ends,
    },
  },
  "533": {
    shows: "an internal transition of a state that is not compound leaves it",
    events: ["foo", "bar"],
    initial: "s1",
    states: {
      s1: { entry: { raise: ["foo", "bar"] }, always: { target: "p" } },
      p: {
        type: "parallel",
        exit: count("p"),
        on: {
          foo: { internal: true, target: "p.one", ...count("taken") },
          bar: [{ guard: ({ context }) => counted(context, "taken") === 1, target: "s3" }, { target: "fail" }],
        },
        states: { one: { exit: count("one") }, two: { exit: count("two") } },
      },
      s3: checks("p", 2, "s4"),
      s4: checks("one", 2, "s5"),
      s5: checks("two", 2, "pass"),
      ...ends,
    },
  },
};

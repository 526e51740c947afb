import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  advance,
  afterFailure,
  allowedEvents,
  committed,
  defineStateMachine,
  dueAt,
  EndlessMacrostep,
  initialSnapshot,
  InvalidSnapshot,
  type MachineSnapshot,
  type MachineStep,
  type RefusedEvent,
  transition,
} from "tenuto";
import { z } from "zod";
import { isProgrammingError } from "../../../src/sdk/core/programming-error.ts";
import { dayMs, hourMs, returnRequest } from "./return-request.ts";

type Context = z.output<typeof returnRequest.context>;
const inspected = { type: "inspected", data: { ok: true } } as const;
const error = { type: "CardClosed", message: "The card is closed." };

function begun(context: Context = { orderId: "o-1" }): MachineSnapshot<Context> {
  return initialSnapshot(returnRequest, context, 0).snapshot;
}

function taken<C>(step: MachineStep<C> | RefusedEvent | undefined): MachineStep<C> {
  assert.ok(step && !("refused" in step), `refused: ${JSON.stringify(step)}`);
  return step;
}

/** All that a machine does by itself, as long as no step has to be run for it. */
function settled<C>(machine: typeof returnRequest, snapshot: MachineSnapshot<C>, now: number): MachineSnapshot<C> {
  const step = advance(machine, snapshot, now);
  return step ? settled(machine, taken(step).snapshot, now) : snapshot;
}

describe("an event", () => {
  test("goes to the first transition whose guard passes", () => {
    const { value } = taken(transition(returnRequest, begun(), { type: "inspected", data: { ok: false } }, 1)).snapshot;
    assert.deepEqual(value, ["manual"]);
  });

  test("without a target changes the context and leaves no state: its deadline stays", () => {
    const before = begun();
    const { snapshot } = taken(transition(returnRequest, before, { type: "note", data: { text: "torn" } }, dayMs));
    assert.deepEqual(snapshot, { ...before, context: { orderId: "o-1", why: "torn" } });
  });

  test("that no active state declares is refused, with those that are allowed, and nothing changes", () => {
    const before = begun();
    const copy = structuredClone(before);
    const answer = transition(returnRequest, before, { type: "decide", data: { approved: true } }, 1);
    assert.deepEqual(answer, { refused: { event: "decide", allowed: ["inspected", "note"] } });
    assert.deepEqual(before, copy);
  });

  test("that all guards refuse is refused though it is allowed", () => {
    const { snapshot } = taken(transition(returnRequest, begun(), { type: "inspected", data: { ok: false } }, 1));
    const answer = transition(returnRequest, snapshot, { type: "decide", data: { approved: false } }, 2);
    assert.deepEqual(answer, { refused: { event: "decide", allowed: ["decide"] } });
    assert.deepEqual(allowedEvents(returnRequest, snapshot), ["decide"]);
  });

  test("that nobody declares is refused, and so is every event of a machine that has ended", () => {
    const strange = { type: "toString", data: {} } as unknown as typeof inspected;
    assert.ok("refused" in transition(returnRequest, begun(), strange, 1));
    const over = settled(returnRequest, begun(), 14 * dayMs);
    assert.deepEqual([over.status, over.value, over.output], ["done", ["expired"], "too late"]);
    assert.deepEqual(transition(returnRequest, over, inspected, 15 * dayMs), {
      refused: { event: "inspected", allowed: [] },
    });
  });
});

describe("steps of states", () => {
  test("are what has to succeed before the candidate counts, those of all regions at once", () => {
    const step = taken(transition(returnRequest, begun(), inspected, 1));
    assert.deepEqual(step.effects, [
      { state: "processing.refund.paying", step: "refund", input: { orderId: "o-1" } },
      { state: "processing.stock.putting", step: "restock" },
    ]);
    assert.deepEqual(step.snapshot.value, ["processing.refund.paying", "processing.stock.putting"]);
    assert.deepEqual(step.before, begun());
  });

  test("give their outputs when all succeeded, one after the other, up to the end of the machine", () => {
    const step = taken(transition(returnRequest, begun(), inspected, 1));
    const snapshot = committed(step, {
      outputs: { "processing.refund.paying": { refundId: "r-1" }, "processing.stock.putting": {} },
      now: 2,
    });
    const first = taken(advance(returnRequest, snapshot, 2)).snapshot;
    assert.deepEqual(first.value, ["processing.refund.paid", "processing.stock.putting"]);
    assert.equal(first.context.refundId, "r-1");
    const over = settled(returnRequest, first, 2);
    assert.deepEqual([over.status, over.value, over.output], ["done", ["closed"], "r-1"]);
  });

  test("that fail leave the machine where it was, and `onError` is taken from there", () => {
    const step = taken(transition(returnRequest, begun(), inspected, 1));
    const failed = taken(afterFailure(returnRequest, step, { state: "processing.stock.putting", error }, 5));
    assert.deepEqual(failed.snapshot.value, ["manual"]);
    assert.deepEqual(failed.effects, []);
    assert.equal(failed.snapshot.context.why, "CardClosed: The card is closed.");
    assert.deepEqual(failed.snapshot.deadlines, [{ state: "manual", after: "patience", at: 5 + 3 * dayMs }]);
  });

  test("that fail at the very beginning go where `onError` says, too", () => {
    const step = initialSnapshot(beginning, {}, 0);
    assert.deepEqual(step.before.value, []);
    const failed = taken(afterFailure(beginning, step, { state: "working", error }, 1));
    assert.deepEqual([failed.snapshot.value, failed.snapshot.status], [["broken"], "done"]);
  });

  test("whose failure is the run's have no answer", () => {
    const step = taken(transition(failing, initialSnapshot(failing, {}, 0).snapshot, { type: "go", data: {} }, 1));
    assert.equal(afterFailure(failing, step, { state: "working", error }, 1), undefined);
  });

  test("that fail on a timeout do not let it pass again: the machine stays, and the timeout is gone", () => {
    const step = taken(advance(late, initialSnapshot(late, { tries: 0 }, 0).snapshot, hourMs));
    const failed = taken(afterFailure(late, step, { state: "working", error }, hourMs));
    assert.deepEqual([failed.snapshot.value, failed.snapshot.context], [["waiting"], { tries: 1 }]);
    assert.equal(dueAt(failed.snapshot), undefined);
    assert.equal(advance(late, failed.snapshot, 2 * hourMs), undefined);
  });

  test("in a compound state that was not active: `onError` leaves from the nearest one that was, and enters it", () => {
    const step = taken(transition(inner, initialSnapshot(inner, {}, 0).snapshot, { type: "go", data: {} }, 1));
    assert.deepEqual(
      step.effects.map(({ state }) => state),
      ["box.one.working", "box.two.working"],
    );
    const failed = taken(afterFailure(inner, step, { state: "box.one.working", error }, 1));
    assert.deepEqual(failed.snapshot.value, ["box.one.broken", "box.two.working"]);
    assert.deepEqual(failed.effects, [{ state: "box.two.working", step: "work" }]);
  });
});

describe("deadlines", () => {
  test("are absolute, set when their state is entered, gone when it is left", () => {
    const before = begun();
    assert.deepEqual(before.deadlines, [{ state: "requested", after: "14d", at: 14 * dayMs }]);
    assert.equal(advance(returnRequest, before, 14 * dayMs - 1), undefined);
    const { snapshot } = taken(transition(returnRequest, before, { type: "inspected", data: { ok: false } }, dayMs));
    assert.deepEqual(snapshot.deadlines, [{ state: "manual", after: "patience", at: 4 * dayMs }]);
    assert.equal(dueAt(snapshot), 4 * dayMs);
  });

  test("may come from the context", () => {
    const before = begun({ orderId: "o-1", days: 10 });
    const { snapshot } = taken(transition(returnRequest, before, { type: "inspected", data: { ok: false } }, 0));
    assert.equal(dueAt(snapshot), 10 * dayMs);
  });

  test("that are due together pass in the order in which they are due, then in document order", () => {
    // Entered again, the first region's deadline is set last.
    const again = { type: "again", data: {} } as const;
    let { snapshot } = taken(transition(waits, initialSnapshot(waits, { passed: [] }, 0).snapshot, again, 0));
    for (let step = advance(waits, snapshot, hourMs); step; step = advance(waits, snapshot, hourMs))
      snapshot = step.snapshot;
    assert.deepEqual(snapshot.context.passed, ["b 1s", "a 2s", "b 2s"]);
  });

  test("whose guards refuse are gone", () => {
    const step = taken(advance(guarded, initialSnapshot(guarded, {}, 0).snapshot, 1_000));
    assert.deepEqual([step.snapshot.value, step.snapshot.deadlines], [["waiting"], []]);
  });
});

describe("what can't go on is a bug, and decides nothing", () => {
  test("a machine that does not come to rest names the states between which it goes", () => {
    assert.throws(
      () => initialSnapshot(endless, {}, 0),
      (thrown) =>
        thrown instanceof EndlessMacrostep && isProgrammingError(thrown) && /"ping", "pong"/.test(thrown.message),
    );
  });

  const wrong: readonly (readonly [string, Partial<MachineSnapshot<Context>>, RegExp])[] = [
    ["of another machine", { machine: "other" }, /one of "other"/],
    ["of another version", { version: 2 }, /version 2.*this is version 1/],
    ["with a state that there is not", { value: ["gone"] }, /the state "gone"/],
    ["with two states of one region", { value: ["requested", "manual"] }, /not active together/],
    ["with a region left out", { value: ["processing.refund.paid"] }, /not active together/],
  ];
  for (const [what, changed, says] of wrong) {
    test(`a snapshot ${what}`, () => {
      assert.throws(
        () => transition(returnRequest, { ...begun(), ...changed }, inspected, 1),
        (thrown) => thrown instanceof InvalidSnapshot && isProgrammingError(thrown) && says.test(thrown.message),
      );
    });
  }
});

const nothing = z.object({});
const work = { steps: { work: nothing } };

const beginning = defineStateMachine("beginning", {
  ...{ version: 1, context: nothing, events: {}, ...work },
  initial: "working",
  states: {
    working: { invoke: { step: "work", onDone: { target: "worked" }, onError: { target: "broken" } } },
    worked: { type: "final" },
    broken: { type: "final" },
  },
});

const failing = defineStateMachine("failing", {
  ...{ version: 1, context: nothing, events: { go: nothing }, ...work },
  initial: "waiting",
  states: {
    waiting: { on: { go: { target: "working" } } },
    working: { invoke: { step: "work", onDone: { target: "worked" }, onError: "fail" } },
    worked: { type: "final" },
  },
});

const late = defineStateMachine("late", {
  ...{ version: 1, context: z.object({ tries: z.int() }), events: { go: nothing }, ...work },
  initial: "waiting",
  states: {
    waiting: { after: { "1h": { target: "working" } }, on: { go: { target: "working" } } },
    working: {
      invoke: {
        step: "work",
        onDone: { target: "worked" },
        onError: { assign: ({ context }) => ({ tries: context.tries + 1 }) },
      },
    },
    worked: { type: "final" },
  },
});

const inner = defineStateMachine("inner", {
  ...{ version: 1, context: nothing, events: { go: nothing, leave: nothing }, ...work },
  initial: "outside",
  states: {
    outside: { on: { go: { target: "box" } } },
    box: {
      type: "parallel",
      on: { leave: { target: "over" } },
      states: {
        one: {
          initial: "working",
          states: { working: { invoke: { step: "work", onError: { target: "broken" } } }, broken: {} },
        },
        two: { initial: "working", states: { working: { invoke: { step: "work", onError: "fail" } } } },
      },
    },
    over: { type: "final" },
  },
});

const waits = defineStateMachine("waits", {
  ...{ version: 1, context: z.object({ passed: z.array(z.string()) }), events: { again: nothing, end: nothing } },
  initial: "both",
  states: {
    both: {
      type: "parallel",
      on: { end: { target: "over" } },
      states: {
        a: {
          initial: "waiting",
          states: {
            waiting: {
              on: { again: { target: "waiting" } },
              after: { "2s": { assign: ({ context }) => ({ passed: [...context.passed, "a 2s"] }) } },
            },
          },
        },
        b: {
          after: {
            "2s": { assign: ({ context }) => ({ passed: [...context.passed, "b 2s"] }) },
            "1s": { assign: ({ context }) => ({ passed: [...context.passed, "b 1s"] }) },
          },
        },
      },
    },
    over: { type: "final" },
  },
});

const guarded = defineStateMachine("guarded", {
  ...{ version: 1, context: nothing, events: {} },
  initial: "waiting",
  states: { waiting: { after: { "1s": { guard: () => false, target: "over" } } }, over: { type: "final" } },
});

const endless = defineStateMachine("endless", {
  ...{ version: 1, context: nothing, events: {} },
  initial: "ping",
  states: { ping: { always: { target: "pong" } }, pong: { always: { target: "ping" } } },
});

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { initialSnapshot, type MachineSnapshot, type StateMachine } from "tenuto";
import { z } from "zod";
import { machineOf } from "../../../src/sdk/core/state-machine/define-state-machine.ts";
import type { WrittenState } from "../../../src/sdk/core/state-machine/written-state.ts";
import { app } from "../../../src/app.ts";
import { browser, chromium, type Tab } from "../../rig/browser.ts";
import { assertDrawn } from "./assert-drawn.ts";
import { type Draw, drawsIn } from "./drawing.ts";
import { hostileDelays, hostileMachine } from "./hostile-names.ts";
import { randomMachine, randomOf } from "./random-machine.ts";
import { returnRequest } from "./return-request.ts";
import { around } from "./scxml/around.ts";
import { machineOfCase } from "./scxml/case.ts";
import { selecting } from "./scxml/selecting.ts";
import { statesAndEvents } from "./scxml/states-and-events.ts";

const machines = 60;
/** Mermaid takes long for large ones. */
const mostStates = 20;
const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

describe("Mermaid draws, in a browser", { skip }, () => {
  const { open } = browser();
  let tab: Tab;
  let draw: Draw;
  before(async () => {
    tab = await open();
    draw = await drawsIn(tab);
  });
  const drawn = async (machine: StateMachine, snapshot?: MachineSnapshot) => {
    const drawing = await assertDrawn(draw, machine, snapshot);
    assert.deepEqual(tab.complaints, []);
    return drawing;
  };

  test("a machine with its regions: as it is, before it begins, and in each of its configurations", async () => {
    const { before: nothing, snapshot } = initialSnapshot(returnRequest, { orderId: "o-1" }, 0);
    const inProcessing = ["paying", "paid"].flatMap((one) =>
      ["putting", "put"].map((other) => [`processing.refund.${one}`, `processing.stock.${other}`]),
    );
    await drawn(returnRequest);
    await drawn(returnRequest, nothing);
    for (const value of [["requested"], ["manual"], ["expired"], ["closed"], ...inProcessing])
      await drawn(returnRequest, { ...snapshot, value });
  });

  test("the shop's machines", async () => {
    for (const { machine } of app.workflows) if (machine) await drawn(machine);
  });

  test("all transitions between the same two states, and all of one state to itself", async () => {
    const machine = written({
      a: { on: { go: [{}, { target: "b" }, { target: "a" }], on: [{}, { target: "b" }] }, after: { "1h": {} } },
      b: { on: { go: { target: "a" } } },
    });
    const { labels } = await drawn(machine);
    assert.deepEqual([...labels].sort(), ["go", "go on", "go, stays go on, stays after 1h, stays"].sort());
  });

  test("names that mean something to Mermaid, Markdown or JavaScript as names, and long ones short", async () => {
    const machine = hostileMachine();
    const { labels } = await drawn(machine, initialSnapshot(machine, {}, 0).snapshot);
    const told = labels.join("\n");
    for (const name of hostileDelays) {
      const shown = name.slice(0, 120).replace(/\s+/g, " ").trim();
      assert.ok(told.includes(`after ${shown}`.trim()), `nothing says ${JSON.stringify(name)}:\n${told}`);
    }
    assert.equal(await tab.read("document.title"), "");
  });

  test("states in states, eleven deep", async () => {
    let states: Record<string, WrittenState> = { in: { on: { go: { target: "out" } } }, out: { type: "final" } };
    for (let depth = 0; depth < 11; depth += 1)
      states = { in: { initial: "in", states, on: { go: { target: "out" } }, onDone: { target: "in" } }, out: {} };
    const machine = written(states, "in");
    await drawn(machine, initialSnapshot(machine, {}, 0).snapshot);
  });

  test("states in states to which nothing beside them leads", async () => {
    const inner = (states: WrittenState["states"], initial: string): WrittenState => ({
      initial,
      states: states ?? {},
    });
    const deep = inner({ d: inner({ e: inner({ f: { on: { go: { target: "a" } } } }, "f") }, "e") }, "d");
    const machine = written({ a: { on: { go: { target: "b.c" } } }, b: inner({ x: {}, c: deep }, "x") });
    const { labels } = await drawn(machine);
    assert.ok(labels.includes("from outside"));
  });

  test("regions in regions in regions", async () => {
    const atom: WrittenState = { on: { go: {} } };
    const both = (one: WrittenState): WrittenState => ({
      type: "parallel",
      states: {
        one,
        other: one,
        pair: { initial: "x", states: { x: { on: { go: { target: "y" } } }, y: { type: "final" } } },
      },
    });
    const machine = written({ a: both(both(both(atom))), b: {} }, "a");
    await drawn(machine, initialSnapshot(machine, {}, 0).snapshot);
  });

  const suite = Object.entries({ ...statesAndEvents, ...selecting, ...around });
  test(`the machines of W3C's test suite: ${suite.length}`, async () => {
    for (const [, scxml] of suite) {
      const machine = machineOfCase(scxml);
      await drawn(machine, initialSnapshot(machine, {}, 0).snapshot);
    }
  });

  test(`${machines} random machines of up to ${mostStates} states, up to five deep`, async () => {
    let count = 0;
    for (let seed = 1; count < machines; seed += 1) {
      const { machine } = randomMachine(randomOf(seed), 3 + (seed % 3));
      if (machine.nodes.size > mostStates) continue;
      count += 1;
      await drawn(machine, initialSnapshot(machine, {}, 0).snapshot);
    }
  });
});

/** A machine that need not make sense. */
function written(states: Readonly<Record<string, WrittenState>>, initial = "a"): StateMachine {
  const named = { name: "m", version: 1, context: z.object({}), description: "", steps: {} };
  const events = { go: z.object({}), on: z.object({}) };
  return machineOf({ ...named, events }, { ...named, events, initial, states });
}

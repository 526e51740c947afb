// W3C's test suite of SCXML (https://www.w3.org/Voice/2013/scxml-irp/), told as machines of ours. The numbers are the suite's.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { advance, committed, initialSnapshot, type MachineSnapshot, type MachineStep, transition } from "tenuto";
import { around } from "./scxml/around.ts";
import { type Doing, machineOfCase, type ScxmlCase } from "./scxml/case.ts";
import { lacking, ofSection3 } from "./scxml/lacking.ts";
import { selecting } from "./scxml/selecting.ts";
import { statesAndEvents } from "./scxml/states-and-events.ts";

const groups = {
  "states and events (3.1 to 3.12)": statesAndEvents,
  "selecting transitions (3.13)": selecting,
  "raised events, data, delays, invoked work (4 to 6)": around,
};

for (const [group, cases] of Object.entries(groups)) {
  describe(`SCXML, ${group}`, () => {
    for (const [number, scxml] of Object.entries(cases)) {
      test(`test ${number}: ${scxml.shows}`, () => {
        const { value, output } = played(scxml);
        assert.deepEqual(value, ["pass"]);
        assert.equal(output, scxml.output);
      });
    }
  });
}

test("every test of sections 3.1 to 3.13 is run here, or is listed with what it needs that machines here lack", () => {
  const told = [...Object.keys({ ...statesAndEvents, ...selecting }), ...Object.keys(lacking)];
  assert.deepEqual(told.sort(), [...ofSection3].sort());
});

/** What a machine has come to when all was done to it that a test does. */
function played(scxml: ScxmlCase): MachineSnapshot {
  const machine = machineOfCase(scxml);
  let now = 0;
  let step = initialSnapshot(machine, {}, now);
  const rest = (snapshot: MachineSnapshot) => {
    const next = advance(machine, snapshot, now);
    return next && next.effects.length === 0 ? next : undefined;
  };
  const settle = (begin: MachineStep) => {
    step = begin as typeof step;
    for (let next = rest(step.snapshot); next; next = rest(step.snapshot)) step = next as typeof step;
  };
  const doing = (each: Doing) => {
    if ("event" in each) {
      const answer = transition(machine, step.snapshot, { type: each.event, data: {} }, now);
      assert.equal("refused" in answer, each.isRefused ?? false, each.event);
      if (!("refused" in answer)) settle(answer);
    } else if ("afterMs" in each) {
      now += each.afterMs;
      settle(step);
    } else {
      assert.deepEqual(
        step.effects.map(({ state }) => state),
        each.effects,
      );
      settle({ ...step, effects: [], snapshot: committed(step, { outputs: each.outputs ?? {}, now: 0 }) });
    }
  };
  scxml.does?.forEach(doing);
  return step.snapshot;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { defineStateMachine, initialSnapshot, machineDiagram, transition } from "tenuto";
import { z } from "zod";
import { returnRequest } from "./return-request.ts";

test("a machine is drawn with its regions, what its transitions are taken on, and where they lead", () => {
  assert.equal(
    machineDiagram(returnRequest),
    `stateDiagram-v2
  [*] --> s1
  s1 --> s2 : inspected, if
  s1 --> s9 : inspected
  s1 --> s1 : note, stays
  s1 --> s10 : after 14d
  s2 --> s11 : done
  s2 --> s9 : a step failed
  s9 --> s2 : decide, if
  s9 --> s11 : decide, if<br>after patience
  state "requested" as s1
  state "processing" as s2 {
    [*] --> s3
    [*] --> s6
    state "refund" as s3 {
      [*] --> s4
      s4 --> s5 : refund done
      state "paying" as s4
      state "paid" as s5
      s5 --> [*]
    }
    state "stock" as s6 {
      [*] --> s7
      s7 --> s8 : restock done
      state "putting" as s7
      state "put" as s8
      s8 --> [*]
    }
  }
  state "manual" as s9
  state "expired" as s10
  s10 --> [*]
  state "closed" as s11
  s11 --> [*]
  classDef region stroke-dasharray:8
  class s3,s6 region`,
  );
});

test("the active states of a snapshot are marked", () => {
  const { snapshot } = initialSnapshot(returnRequest, { orderId: "o-1" }, 0);
  const step = transition(returnRequest, snapshot, { type: "inspected", data: { ok: true } }, 1);
  assert.ok(!("refused" in step));
  const [, style, marked] =
    /\n {2}(classDef active .*)\n {2}(class .*)$/.exec(machineDiagram(returnRequest, step.snapshot)) ?? [];
  assert.match(style ?? "", /font-weight/);
  assert.equal(marked, "class s4,s7 active");
});

test("a diagram shows nothing of the context", () => {
  const { snapshot } = initialSnapshot(returnRequest, { orderId: "secret-1" }, 0);
  assert.doesNotMatch(machineDiagram(returnRequest, snapshot), /secret/);
});

test("names that Mermaid gives a meaning to are only names", () => {
  const machine = defineStateMachine("m", {
    ...{ version: 1, context: z.object({}), events: { "end-note": z.object({}) } },
    initial: "end",
    states: { end: { on: { "end-note": { target: "state" } } }, state: { type: "final" } },
  });
  assert.deepEqual(linesOf(machineDiagram(machine)), [
    ...["stateDiagram-v2", "[*] --> s1", "s1 --> s2 : end-note"],
    ...['state "end" as s1', 'state "state" as s2', "s2 --> [*]"],
  ]);
});

test("arrows say where a machine begins deeper, what only leads somewhere from outside, and each of several transitions", () => {
  const go = <Target extends string>(target: Target) => ({ on: { go: { target } } });
  const machine = defineStateMachine("m", {
    ...{ version: 1, context: z.object({}), events: { go: z.object({}), again: z.object({}) } },
    initial: "box.second",
    states: {
      box: { initial: "first", states: { first: go("second"), second: go("out"), third: go("out") } },
      out: { on: { go: { target: "box.third" }, again: [{ guard: () => false }, { target: "box" }] } },
    },
  });
  const lines = linesOf(machineDiagram(machine)).filter((line) => line.includes(" --> "));
  assert.deepEqual(lines, [
    ...["[*] --> s1 : to box.second", "s1 --> s5 : go (box.second to out)<br>go (box.third to out)"],
    ...["s5 --> s1 : go (out to box.third)<br>again", "s5 --> s5 : again, if, stays"],
    ...["[*] --> s2", "s2 --> s3 : go", "[*] --> s4 : from outside"],
  ]);
});

function linesOf(diagram: string): readonly string[] {
  return diagram.split("\n").map((line) => line.trim());
}

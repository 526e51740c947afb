import assert from "node:assert/strict";
import { test } from "node:test";
import { machineOutline } from "tenuto";
import type { Box, Drawing } from "../../src/dashboard/machine/drawing.ts";
import { layOut } from "../../src/dashboard/machine/lay-out.ts";
import { randomMachine, randomOf } from "../core/state-machine/random-machine.ts";
import { returnRequest } from "../core/state-machine/return-request.ts";

const machines = 150;
const widthOf = (text: string, fontSize: number) => text.length * fontSize * 0.6;

const isInside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

const doOverlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const holds = (outer: Box, inner: Box) => inner.state.path.startsWith(`${outer.state.path}.`);

function assertBoxesLieWell({ boxes, width, height }: Drawing, what: string): void {
  for (const box of boxes) {
    const { path } = box.state;
    assert.ok(box.x >= 0 && box.y >= 0, `${what}: ${path}`);
    assert.ok(box.x + box.width <= width && box.y + box.height <= height, `${what}: ${path}`);
    for (const other of boxes) {
      if (other === box) continue;
      if (holds(other, box)) assert.ok(isInside(box, other), `${what}: ${path} is not in ${other.state.path}`);
      else if (!holds(box, other)) assert.ok(!doOverlap(box, other), `${what}: ${path} overlaps ${other.state.path}`);
    }
  }
}

test(`${machines} random machines: each state is one box, within those around it and over no other; each transition has its arrows`, () => {
  let transitionsSeen = 0;
  for (let seed = 1; seed <= machines; seed += 1) {
    const outline = machineOutline(randomMachine(randomOf(seed), 3).machine);
    const drawing = layOut(outline, widthOf);
    const what = `seed ${seed}`;
    assert.deepEqual(
      drawing.boxes.map(({ state }) => state.path),
      outline.states.map(({ path }) => path),
      what,
    );
    assertBoxesLieWell(drawing, what);
    const drawn = drawing.arrows.flatMap(({ lines }) => lines.map(({ transition }) => transition));
    for (const transition of outline.transitions) {
      const arrows = drawn.filter((each) => each === transition).length;
      assert.equal(arrows, Math.max(1, transition.to.length), `${what}: from ${transition.from}`);
    }
    transitionsSeen += drawn.length;
    for (const { points, lines, label } of drawing.arrows) {
      assert.ok(points.length >= 2, `${what}: an arrow leads nowhere`);
      assert.ok(
        points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
        what,
      );
      assert.equal(label !== undefined, lines.length > 0, `${what}: a label has no place`);
    }
  }
  assert.ok(transitionsSeen > 5 * machines, `${transitionsSeen} transitions`);
});

test("a transition that leaves its state as it is goes round to it, and says so", () => {
  const { arrows } = layOut(machineOutline(returnRequest), widthOf);
  const around = arrows.find(({ lines }) => lines.some(({ text }) => text === "note, stays"));
  assert.ok(around && around.points.length > 2);
});

test("an arrow to a state within a frame ends at the frame, and says to which", () => {
  const [a, b] = [
    { path: "a", kind: "atomic", initial: [] },
    { path: "b", kind: "compound", initial: ["b.c"] },
  ] as const;
  const inB = ["b.c", "b.d"].map((path) => ({ path, kind: "atomic", initial: [] }) as const);
  const on = { kind: "event", event: "go" } as const;
  const transitions = [{ from: "a", to: ["b.d"], on, isGuarded: false }];
  const { arrows, boxes } = layOut({ initial: ["a"], states: [a, b, ...inB], transitions }, widthOf);
  const labelled = arrows.filter(({ lines }) => lines.length > 0);
  assert.deepEqual(
    labelled.map(({ lines }) => lines.map(({ text }) => text)),
    [["go (to d)"]],
  );
  const frame = boxes.find(({ state }) => state.path === "b");
  assert.ok(Math.abs((labelled[0]?.points.at(-1)?.y ?? 0) - (frame?.y ?? 0)) < 1);
});

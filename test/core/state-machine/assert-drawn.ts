import assert from "node:assert/strict";
import { machineDiagram, type MachineSnapshot, type StateMachine } from "tenuto";
import type { Box, Draw, Drawing, Shape } from "./drawing.ts";

/**
 * Has a machine drawn, and holds against its definition what is on the page: each state with its name, in the state that it
 * is in, beside the others there, marked when it is active; and each transition.
 */
export async function assertDrawn(draw: Draw, machine: StateMachine, snapshot?: MachineSnapshot): Promise<Drawing> {
  const diagram = machineDiagram(machine, snapshot);
  const drawing = await draw(diagram);
  const faults = [
    ...statesFaults(machine, drawing, snapshot?.value ?? []),
    ...arrowFaults(diagram, drawing),
    ...(drawing.strangers > 0 ? ["something is on the page that is no part of a diagram"] : []),
  ];
  assert.deepEqual(faults, [], diagram);
  return drawing;
}

function statesFaults(machine: StateMachine, { shapes }: Drawing, active: readonly string[]): readonly string[] {
  const nodes = [...machine.nodes.values()].filter(({ parent }) => parent);
  const shapeOf = (order: number) => shapes.find(({ id }) => id.startsWith(`machine-state-s${order}-`));
  const faults = nodes.flatMap(({ order, name, path, parent }) => {
    const shape = shapeOf(order);
    if (!shape) return [`"${path}" is not there`];
    const around = parent?.path ? shapeOf(parent.order) : undefined;
    const beside = (parent?.children ?? []).filter((each) => each.order < order).map((each) => shapeOf(each.order));
    return [
      ...(shape.text === shortened(name) ? [] : [`"${path}" is called "${shape.text}"`]),
      ...(isInside(shape.label, shape) ? [] : [`the text of "${path}" is not in it`]),
      ...(around && !isInside(shape, around) ? [`"${path}" is not in what it is in`] : []),
      ...(beside.some((other) => other && areOver(shape, other)) ? [`"${path}" is over another one`] : []),
      ...(shape.isActive === active.includes(path) ? [] : [`"${path}" is ${shape.isActive ? "" : "not "}marked`]),
    ];
  });
  return shapes.length > nodes.length ? [...faults, `${shapes.length} states`] : faults;
}

function arrowFaults(diagram: string, { arrows, labels }: Drawing): readonly string[] {
  const lines = diagram.split("\n").filter((line) => line.includes(" --> "));
  const told = lines.flatMap((line) => / : (.*)/.exec(line)?.[1] ?? []).map(readable);
  const missing = told.filter((text) => !labels.includes(text)).map((text) => `nothing says "${text}"`);
  return arrows === lines.length && labels.length === told.length
    ? missing
    : [...missing, `${arrows} arrows for ${lines.length}, ${labels.length} texts for ${told.length}`];
}

/** What a line of a diagram says to people. */
function readable(text: string): string {
  return text
    .replaceAll("<br>", " ")
    .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, " ")
    .trim();
}

function shortened(name: string): string {
  return name.length > 120 ? `${name.slice(0, 120)}…` : name;
}

/** Lines have a width, of which a pixel or two may be outside. */
const lineWidth = 2;

function isInside(inner: Box, outer: Box): boolean {
  const isThere = inner.right > inner.left && inner.bottom > inner.top;
  const fits = inner.left >= outer.left - lineWidth && inner.right <= outer.right + lineWidth;
  return isThere && fits && inner.top >= outer.top - lineWidth && inner.bottom <= outer.bottom + lineWidth;
}

function areOver(one: Shape, other: Shape): boolean {
  const areAside = one.right <= other.left + lineWidth || other.right <= one.left + lineWidth;
  return !areAside && one.bottom > other.top + lineWidth && other.bottom > one.top + lineWidth;
}

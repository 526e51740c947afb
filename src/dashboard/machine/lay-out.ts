// Where the boxes and arrows of a machine go. Loaded only where one is drawn, as it brings the layout engine along.
//
// Each frame is laid out by itself, and is one box of the frame around it: the engine draws no arrow to a box that has
// others in it. So an arrow begins and ends at the boxes of the innermost frame that has both of its ends, and its label
// names the true ones where they are deeper.
import { Graph, layout } from "@dagrejs/dagre";
import type { MachineOutline, OutlinedState, OutlinedTransition } from "tenuto";
import { type Arrow, type ArrowLine, type Box, type Drawing, type Point, short, sizes } from "./drawing.ts";
import { nameOf, transitionTold } from "./told.ts";

/** How wide a text is, in pixels, at a size of the font. */
export type WidthOf = (text: string, fontSize: number) => number;

/** Lays a machine out from top to bottom. */
export function layOut({ initial, states, transitions }: MachineOutline, widthOf: WidthOf): Drawing {
  return insideOf({ path: "", initial }, { states, transitions, widthOf });
}

interface Machine {
  readonly states: readonly OutlinedState[];
  readonly transitions: readonly OutlinedTransition[];
  readonly widthOf: WidthOf;
}

interface Frame {
  readonly path: string;
  readonly initial: readonly string[];
}

/** What is in a frame, with its own corner at 0, 0. */
function insideOf(frame: Frame, machine: Machine): Drawing {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 30, edgesep: 18, marginx: 8, marginy: 8 });
  const children = machine.states.filter(({ path }) => parentOf(path) === frame.path);
  const insides = new Map(children.map((state) => [state.path, stateDrawn(state, machine)]));
  for (const [path, { width, height }] of insides) graph.setNode(path, { width, height });
  const starts = [...new Set(frame.initial.map((path) => childAround(path, frame.path)))];
  for (const path of starts) {
    graph.setNode(startOf(path), { width: sizes.start, height: sizes.start });
    graph.setEdge(startOf(path), path, {});
  }
  const arrows = arrowsIn(frame.path, machine);
  for (const [name, { from, to, lines }] of arrows) graph.setEdge(from, to, labelSize(lines, machine), name);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const inner = children.map(({ path }) => {
    const inside = insides.get(path);
    return inside ? moved(inside, cornerOf(graph, path)) : nothing;
  });
  return {
    ...{ width, height },
    boxes: inner.flatMap(({ boxes }) => boxes),
    arrows: [
      ...starts.map((path) => ({ points: edgeOf(graph, startOf(path), path).points, lines: [] })),
      ...[...arrows].map(([name, { from, to, lines }]) => ({ ...edgeOf(graph, from, to, name), lines })),
      ...inner.flatMap((each) => each.arrows),
    ],
    starts: [...starts.map((path) => placeOf(graph, startOf(path))), ...inner.flatMap((each) => each.starts)],
  };
}

const nothing: Drawing = { width: 0, height: 0, boxes: [], arrows: [], starts: [] };

/** A state's box, with all that is in it. */
function stateDrawn(state: OutlinedState, machine: Machine): Drawing {
  const least = machine.widthOf(short(nameOf(state.path)), sizes.stateFont) + 2 * sizes.boxPadding;
  if (state.kind === "atomic" || state.kind === "final") return boxed(state, { width: least, height: sizes.box });
  const inside = insideOf(state, machine);
  const width = Math.max(least, inside.width + 2 * sizes.framePadding);
  const height = inside.height + sizes.title + sizes.framePadding;
  const { boxes, arrows, starts } = moved(inside, { x: (width - inside.width) / 2, y: sizes.title });
  const frame = boxed(state, { width, height });
  return { ...frame, boxes: [...frame.boxes, ...boxes], arrows, starts };
}

function boxed(state: OutlinedState, size: { readonly width: number; readonly height: number }): Drawing {
  return { ...nothing, ...size, boxes: [{ state, x: 0, y: 0, ...size }] };
}

interface LevelArrow {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly ArrowLine[];
}

/** The arrows whose innermost common frame this is, by name. */
function arrowsIn(frame: string, { transitions }: Machine): ReadonlyMap<string, LevelArrow> {
  const arrows = new Map<string, LevelArrow>();
  for (const transition of transitions) {
    for (const end of transition.to.length === 0 ? [transition.from] : transition.to) {
      if (frameOf(transition.from, end) !== frame) continue;
      const from = childAround(transition.from, frame);
      const to = childAround(end, frame);
      const line = { text: `${transitionTold(transition)}${endsTold(transition.from, end, frame)}`, transition };
      const name = `${from} ${to}`;
      arrows.set(name, { from, to, lines: [...(arrows.get(name)?.lines ?? []), line] });
    }
  }
  return arrows;
}

/** Names the ends of an arrow that are deeper than the boxes between which it is drawn. */
function endsTold(from: string, end: string, frame: string): string {
  const isFromDeeper = childAround(from, frame) !== from;
  const isToDeeper = childAround(end, frame) !== end;
  if (isFromDeeper && isToDeeper) return ` (${nameOf(from)} to ${nameOf(end)})`;
  if (isFromDeeper) return ` (from ${nameOf(from)})`;
  return isToDeeper ? ` (to ${nameOf(end)})` : "";
}

function labelSize(lines: readonly ArrowLine[], { widthOf }: Machine) {
  const widths = lines.map(({ text }) => widthOf(short(text), sizes.labelFont));
  const width = Math.max(...widths) + 2 * sizes.labelPadding;
  return { width, height: lines.length * sizes.line + sizes.labelPadding, labelpos: "c" as const };
}

function moved({ boxes, arrows, starts, ...rest }: Drawing, by: Point): Drawing {
  const at = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + by.x, y: place.y + by.y });
  return {
    ...rest,
    boxes: boxes.map((box): Box => at(box)),
    arrows: arrows.map(({ points, label, lines }): Arrow => ({
      points: points.map(at),
      lines,
      ...(label && { label: at(label) }),
    })),
    starts: starts.map(at),
  };
}

function placeOf(graph: Graph, name: string): Point {
  const { x = 0, y = 0 } = graph.node(name) as Partial<Point>;
  return { x, y };
}

function cornerOf(graph: Graph, name: string): Point {
  const { x = 0, y = 0, width, height } = graph.node(name) as Partial<Point> & { width: number; height: number };
  return { x: x - width / 2, y: y - height / 2 };
}

function edgeOf(graph: Graph, from: string, to: string, name?: string): Omit<Arrow, "lines"> {
  const { points = [], x, y } = graph.edge(from, to, name) as Partial<Point> & { readonly points?: readonly Point[] };
  return { points, ...(x !== undefined && y !== undefined && { label: { x, y } }) };
}

function startOf(path: string): string {
  return `start of ${path}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** The innermost frame that both states are in; "" is the machine itself. */
function frameOf(one: string, other: string): string {
  let frame = parentOf(one);
  while (frame !== "" && !other.startsWith(`${frame}.`)) frame = parentOf(frame);
  return frame;
}

/** The state right in a frame that is a state, or that it is in. */
function childAround(path: string, frame: string): string {
  const depth = frame === "" ? 1 : frame.split(".").length + 1;
  return path.split(".").slice(0, depth).join(".");
}

import { useEffect, useRef } from "preact/hooks";
import type { MachineOutline } from "tenuto";
import { type Arrow, type Box, type Drawing, type Point, short, sizes } from "./drawing.ts";
import { isActive, nameOf } from "./told.ts";
import { useDrawing } from "./use-drawing.ts";

export interface MachineDrawingProps {
  readonly name: string;
  readonly outline: MachineOutline;
  /** The innermost states that a run is in. */
  readonly active: readonly string[];
}

/** A machine as boxes and arrows, what a run is in marked. What it shows is in words beside it. */
export function MachineDrawing({ name, outline, active }: MachineDrawingProps) {
  const drawing = useDrawing(outline);
  if (drawing === "failed") return <p class="quiet">The diagram can't be drawn now; the words below say the same.</p>;
  if (!drawing) return <div class="machine machine-awaited" aria-busy="true" />;
  return <Drawn {...{ name, drawing, active }} />;
}

interface DrawnProps extends Omit<MachineDrawingProps, "outline"> {
  readonly drawing: Drawing;
}

function Drawn({ name, drawing, active }: DrawnProps) {
  const place = useRef<HTMLDivElement>(null);
  // On a phone what it is in may be out of sight.
  useEffect(() => showCurrent(place.current), [active.join(" ")]);
  const { width, height, boxes, arrows, starts } = drawing;
  const now = active.length === 0 ? "" : ` It is in ${active.join(", ")}.`;
  return (
    <div class="machine" ref={place} role="region" aria-label={`Diagram of ${name}`} tabIndex={0}>
      <svg
        role="img"
        aria-label={`The state machine ${name}, as a diagram.${now} The list and the table below say the same.`}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
      >
        {boxes.map((box) => (
          <StateBox key={box.state.path} box={box} isCurrent={isActive(box.state.path, active)} />
        ))}
        {starts.map(({ x, y }) => (
          <circle key={`${x} ${y}`} class="machine-start" cx={x} cy={y} r={sizes.start / 2 - 1} />
        ))}
        {arrows.map((arrow, index) => (
          <ArrowLines key={index} arrow={arrow} />
        ))}
        {arrows.map((arrow, index) => (
          <ArrowLabel key={index} arrow={arrow} />
        ))}
      </svg>
    </div>
  );
}

function showCurrent(place: HTMLElement | null): void {
  const current = [...(place?.querySelectorAll(".machine-state.is-current") ?? [])].at(-1);
  if (!place || !current) return;
  const [outer, inner] = [place.getBoundingClientRect(), current.getBoundingClientRect()];
  place.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

const isFrame = (kind: Box["state"]["kind"]) => kind === "compound" || kind === "parallel";

function StateBox({ box, isCurrent }: { readonly box: Box; readonly isCurrent: boolean }) {
  const { state, x, y, width, height } = box;
  const shape = isFrame(state.kind) ? "machine-frame" : "machine-state";
  const names = [shape, `is-${state.kind}`, isCurrent && "is-current"].filter((each) => each !== false);
  const middle = isFrame(state.kind) ? y + sizes.title / 2 + 2 : y + height / 2;
  const inset = 3;
  return (
    <g class={names.join(" ")} data-state={state.path}>
      <title>{state.path}</title>
      <rect {...{ x, y, width, height }} rx={8} />
      {state.kind === "final" && (
        <rect x={x + inset} y={y + inset} width={width - 2 * inset} height={height - 2 * inset} rx={6} />
      )}
      <text x={x + width / 2} y={middle}>
        {short(nameOf(state.path))}
      </text>
      {isCurrent && !isFrame(state.kind) && <circle cx={x + width} cy={y} r={5} />}
    </g>
  );
}

function ArrowLines({ arrow: { points } }: { readonly arrow: Arrow }) {
  return (
    <g class="machine-arrow">
      <path d={pathOf(points)} />
      <polygon points={headOf(points)} />
    </g>
  );
}

function ArrowLabel({ arrow: { lines, label } }: { readonly arrow: Arrow }) {
  if (!label) return null;
  const top = label.y - ((lines.length - 1) * sizes.line) / 2;
  return (
    <>
      {lines.map(({ text, transition: { from, to } }, index) => (
        <text
          key={`${index} ${text}`}
          class="machine-label"
          data-from={from}
          data-to={to.join(" ")}
          x={label.x}
          y={top + index * sizes.line}
        >
          {short(text)}
        </text>
      ))}
    </>
  );
}

/** A line through the points, its corners rounded. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const curves = rest.map((point, index) => {
    const next = rest[index + 1];
    return next ? `Q ${at(point)} ${at(between(point, next))}` : `L ${at(point)}`;
  });
  return [`M ${at(first)}`, ...curves].join(" ");
}

/** The three corners of the head, whose tip is the last point. */
function headOf(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before) return "";
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn: number) => ({ x: tip.x - 9 * Math.cos(angle + turn), y: tip.y - 9 * Math.sin(angle + turn) });
  return [tip, corner(0.42), corner(-0.42)].map(at).join(" ");
}

function between(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

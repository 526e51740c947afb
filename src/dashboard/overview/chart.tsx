import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useStore } from "../http/store.ts";
import { theme } from "../shell/theme.ts";

/** A line of a chart. */
export interface Line {
  readonly title: string;
  /** The custom property that has its colour, in either theme. */
  readonly colour: string;
}

export interface ChartProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly data: uPlot.AlignedData;
  readonly told: (value: number) => string;
}

const height = 200;

/** Lines over time, as wide as its place. What it shows is in a table beside it, for who does not see it. */
export function Chart({ title, lines, data, told }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const chosen = useStore(theme);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(lines, told, current), latest.current, current);
    };
    draw();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: current.clientWidth, height }));
    resized.observe(current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
    // New data is put into the plot that is there.
  }, [chosen, lines]);
  useEffect(() => plot.current?.setData(data), [data]);
  return (
    <div class="chart" ref={place} role="img" aria-label={`${title}, as a chart. The table below has its numbers.`} />
  );
}

function optionsOf(lines: readonly Line[], told: (value: number) => string, inside: HTMLElement): uPlot.Options {
  const style = getComputedStyle(inside);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--quiet"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: inside.clientWidth,
    height,
    cursor: { y: false },
    scales: { y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [axis, { ...axis, size: 70, values: (_plot, values) => values.map(told) }],
    series: [
      { value: (_plot, at) => (at === null ? "–" : new Date(at * 1_000).toLocaleString()) },
      ...lines.map(({ title, colour: name }) => ({
        label: title,
        stroke: colour(name),
        width: 2,
        points: { show: true, size: 5, filter: (plot: uPlot, index: number) => lonely(plot.data[index] ?? []) },
        value: (_plot: uPlot, value: number | null) => (value === null ? "–" : told(value)),
      })),
    ],
  };
}

/** Where a value has none beside it, no line leads to it. */
function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const isThere = (index: number) => typeof values[index] === "number";
  return Array.from(values, (_, index) => index).filter(
    (index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1),
  );
}

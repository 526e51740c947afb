import type uPlot from "uplot";
import { durationOf } from "../parts/time.tsx";
import { exactly } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Table } from "../parts/table.tsx";
import { Chart, type Line } from "./chart.tsx";
import type { MetricsTimeseries, MissingPoint } from "tenuto/client";

type Point = MetricsTimeseries["points"][number];
type There = Exclude<Point, MissingPoint>;

const ends: readonly (Line & { readonly of: (point: There) => number | null })[] = [
  { title: "Completed", colour: "--good", of: ({ completed }) => completed },
  { title: "Failed", colour: "--bad", of: ({ failed }) => failed },
  { title: "Timed out", colour: "--accent", of: ({ timedOut }) => timedOut },
  { title: "Canceled or terminated", colour: "--edge", of: ({ canceled, terminated }) => canceled + terminated },
  { title: "Late", colour: "--warn", of: ({ late }) => late },
];

const times: typeof ends = [
  { title: "Average", colour: "--accent", of: ({ averageMs }) => averageMs },
  { title: "95 % take at most", colour: "--warn", of: ({ p95Ms }) => p95Ms },
];

/** How runs ended, over the window; what is not known is a gap. */
export function EndsChart({ series }: { readonly series: MetricsTimeseries }) {
  return <SeriesChart title="Runs that closed" series={series} lines={ends} told={numberOf} />;
}

/** How long completed runs took, over the window. */
export function TimesChart({ series }: { readonly series: MetricsTimeseries }) {
  return <SeriesChart title="How long completed runs took" series={series} lines={times} told={durationOf} />;
}

interface SeriesChartProps {
  readonly title: string;
  readonly series: MetricsTimeseries;
  readonly lines: typeof ends;
  readonly told: (value: number) => string;
}

function SeriesChart({ title, series, lines, told }: SeriesChartProps) {
  const data: uPlot.AlignedData = [
    series.points.map(({ at }) => Date.parse(at) / 1_000),
    ...lines.map(({ of }) => series.points.map((point) => ("missing" in point ? null : of(point)))),
  ];
  return (
    <figure class="card chart-card">
      <figcaption>{title}</figcaption>
      <Chart title={title} lines={lines} data={data} told={told} />
      <details>
        <summary>As a table</summary>
        <Table
          caption={title}
          rows={series.points.filter((point) => "missing" in point || lines.some(({ of }) => (of(point) ?? 0) > 0))}
          keyOf={({ at }) => at}
          empty={<p>Nothing closed in this time.</p>}
          columns={[
            { title: "From", cell: ({ at }) => exactly(at) },
            ...lines.map(({ title: name, of }) => ({
              title: name,
              align: "end" as const,
              cell: (point: Point) => {
                if ("missing" in point) return "not known";
                const value = of(point);
                return value === null ? "–" : told(value);
              },
            })),
          ]}
        />
      </details>
    </figure>
  );
}

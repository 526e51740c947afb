import { durationOf } from "../parts/time.tsx";
import { numberOf, percentOf } from "../parts/words.ts";
import { Age } from "./age.tsx";
import type { MetricsSummary, RunNumbers } from "tenuto/client";

/** Whether more of it is better, worse, or neither. */
type Sense = "more" | "less" | "none";

interface Tile {
  readonly title: string;
  readonly of: (numbers: RunNumbers) => number | null;
  readonly told: (value: number) => string;
  readonly sense: Sense;
  /** What the number is made of. */
  readonly note?: (numbers: RunNumbers) => string | undefined;
  /** Left out while there is none, now and before. @default false */
  readonly isRare?: boolean;
}

const decimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

const tiles: readonly Tile[] = [
  { title: "Completed", of: ({ completed }) => completed, told: numberOf, sense: "more" },
  { title: "Completed per hour", of: ({ perHour }) => perHour, told: (value) => decimal.format(value), sense: "more" },
  { title: "Failed", of: ({ failed }) => failed, told: numberOf, sense: "less" },
  { title: "Timed out", of: ({ timedOut }) => timedOut, told: numberOf, sense: "less", isRare: true },
  { title: "Canceled", of: ({ canceled }) => canceled, told: numberOf, sense: "none", isRare: true },
  { title: "Terminated", of: ({ terminated }) => terminated, told: numberOf, sense: "none", isRare: true },
  { title: "Failure rate", of: ({ failureRate }) => failureRate, told: percentOf, sense: "less" },
  { title: "Average time", of: ({ averageMs }) => averageMs, told: durationOf, sense: "less" },
  { title: "50 % take at most", of: ({ p50Ms }) => p50Ms, told: durationOf, sense: "less" },
  { title: "95 % take at most", of: ({ p95Ms }) => p95Ms, told: durationOf, sense: "less" },
  { title: "99 % take at most", of: ({ p99Ms }) => p99Ms, told: durationOf, sense: "less" },
  { title: "Kept their SLA", of: slaShare, told: percentOf, sense: "more", note: slaCounts },
];

/** The numbers of the window, each beside that of the period before. */
export function NumberTiles({ summary }: { readonly summary: MetricsSummary }) {
  const { now, before } = summary.total;
  const isAny = ({ of }: Tile) => (of(now) ?? 0) + (of(before) ?? 0) > 0;
  const shown = tiles
    .filter(({ title }) => title !== "Kept their SLA" || now.sla !== undefined)
    .filter((tile) => tile.isRare !== true || isAny(tile));
  return (
    <section aria-label="The numbers of the window">
      <ul class="tiles">
        {shown.map((tile) => (
          <TileCard key={tile.title} tile={tile} now={now} before={before} />
        ))}
        {Object.entries(now.metrics).map(([name, { count, sum }]) => (
          <li class="tile" key={name}>
            <p class="tile-title" dir="auto">
              {name}
            </p>
            <p class="tile-value number" data-number={name}>
              {decimal.format(sum)}
            </p>
            <p class="quiet">recorded {numberOf(count)} times</p>
          </li>
        ))}
      </ul>
      <Age asOf={summary.asOf} leavesOut={summary.leavesOut} />
    </section>
  );
}

interface TileCardProps {
  readonly tile: Tile;
  readonly now: RunNumbers;
  readonly before: RunNumbers;
}

function TileCard({ tile: { title, of, told, sense, note }, now, before }: TileCardProps) {
  const value = of(now);
  const earlier = of(before);
  const noted = note?.(now);
  return (
    <li class="tile">
      <p class="tile-title">{title}</p>
      <p class="tile-value number" data-number={title}>
        {value === null ? "–" : told(value)}
      </p>
      {noted !== undefined && <p class="quiet tile-note">{noted}</p>}
      <p class="tile-before">
        {value !== null && earlier !== null && value !== earlier && (
          <span class={`trend trend-${verdict(value - earlier, sense)}`}>{value > earlier ? "▲ up" : "▼ down"}</span>
        )}{" "}
        <span class="quiet">before: {earlier === null ? "none" : told(earlier)}</span>
      </p>
    </li>
  );
}

function verdict(difference: number, sense: Sense): "good" | "bad" | "calm" {
  if (sense === "none") return "calm";
  return difference > 0 === (sense === "more") ? "good" : "bad";
}

function slaCounts({ sla }: RunNumbers): string | undefined {
  return sla && `${numberOf(sla.inTime)} in time, ${numberOf(sla.late)} late`;
}

function slaShare({ sla }: RunNumbers): number | null {
  return sla === undefined || sla.judged === 0 ? null : sla.inTime / sla.judged;
}

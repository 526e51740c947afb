import { part } from "../http/ask.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { durationOf } from "../parts/time.tsx";
import { numberOf, percentOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { Age } from "./age.tsx";
import type { MetricsSummary, TypeMetrics } from "tenuto/client";

const typeColumn: Column<TypeMetrics> = {
  title: "Type",
  cell: ({ type }) => (
    <Link to={`/workflow-types/${part(type)}`}>
      <Code text={type} most={60} />
    </Link>
  ),
};

/** How many runs of each type ended in which way, and how long they took; the busiest first. */
export function TypeTable({ summary }: { readonly summary: MetricsSummary }) {
  return (
    <Section title="By workflow type">
      <Table
        caption="How many runs of each workflow type"
        rows={summary.types}
        keyOf={({ type }) => type}
        empty={<Nothing title="No run of any type has closed in this time" />}
        columns={[
          typeColumn,
          { title: "Running", align: "end", cell: ({ open }) => (open ? numberOf(open.running) : "–") },
          { title: "Completed", align: "end", cell: withBefore(({ completed }) => completed, numberOf) },
          { title: "Failed", align: "end", cell: withBefore(({ failed }) => failed, numberOf) },
          { title: "Timed out", align: "end", cell: withBefore(({ timedOut }) => timedOut, numberOf) },
          { title: "Canceled", align: "end", cell: withBefore(({ canceled }) => canceled, numberOf) },
          { title: "Terminated", align: "end", cell: withBefore(({ terminated }) => terminated, numberOf) },
          { title: "Failure rate", align: "end", cell: withBefore(({ failureRate }) => failureRate, percentOf) },
        ]}
      />
      <Table
        caption="How long runs of each workflow type take"
        rows={summary.types}
        keyOf={({ type }) => type}
        empty={null}
        columns={[
          typeColumn,
          { title: "Average", align: "end", cell: withBefore(({ averageMs }) => averageMs, durationOf) },
          { title: "50 %", align: "end", cell: withBefore(({ p50Ms }) => p50Ms, durationOf) },
          { title: "95 %", align: "end", cell: withBefore(({ p95Ms }) => p95Ms, durationOf) },
          { title: "99 %", align: "end", cell: withBefore(({ p99Ms }) => p99Ms, durationOf) },
          { title: "In SLA", align: "end", cell: withBefore(({ sla }) => sla?.inTime ?? null, numberOf) },
          { title: "Late", align: "end", cell: withBefore(({ sla }) => sla?.late ?? null, numberOf) },
          { title: "Running past it", align: "end", cell: ({ open }) => (open ? numberOf(open.late) : "–") },
        ]}
      />
      <Age asOf={summary.asOf} leavesOut={summary.leavesOut} />
    </Section>
  );
}

function withBefore(of: (numbers: TypeMetrics["now"]) => number | null, told: (value: number) => string) {
  return function Cell({ now, before }: TypeMetrics) {
    const value = of(now);
    const earlier = of(before);
    return (
      <>
        {value === null ? "–" : told(value)}
        <span class="earlier" title="In the period before">
          {earlier === null ? "–" : told(earlier)}
        </span>
      </>
    );
  };
}

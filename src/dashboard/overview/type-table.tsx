import { part } from "../http/ask.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { durationOf } from "../parts/time.tsx";
import { numberOf, percentOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { Age } from "./age.tsx";
import { slaShare } from "./number-tiles.tsx";
import type { MetricsSummary, TypeMetrics } from "tenuto/client";

/** The numbers of each type, the busiest first. */
export function TypeTable({ summary }: { readonly summary: MetricsSummary }) {
  return (
    <Section title="By workflow type">
      <Table
        caption="Numbers by workflow type"
        rows={summary.types}
        keyOf={({ type }) => type}
        empty={<Nothing title="No run of any type has closed in this time" />}
        columns={[
          {
            title: "Type",
            cell: ({ type }) => (
              <Link to={`/workflow-types/${part(type)}`}>
                <Code text={type} most={60} />
              </Link>
            ),
          },
          { title: "Running", align: "end", cell: ({ open }) => (open ? numberOf(open.running) : "–") },
          { title: "Past its SLA", align: "end", cell: ({ open }) => (open ? numberOf(open.late) : "–") },
          { title: "Completed", align: "end", cell: withBefore(({ completed }) => completed, numberOf) },
          { title: "Failed", align: "end", cell: withBefore(({ failed }) => failed, numberOf) },
          { title: "Failure rate", align: "end", cell: withBefore(({ failureRate }) => failureRate, percentOf) },
          { title: "Average", align: "end", cell: withBefore(({ averageMs }) => averageMs, durationOf) },
          { title: "95 %", align: "end", cell: withBefore(({ p95Ms }) => p95Ms, durationOf) },
          { title: "In SLA", align: "end", cell: withBefore(slaShare, percentOf) },
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

import { Code } from "../parts/facts.tsx";
import { Nothing } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { durationOf } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { Age } from "./age.tsx";
import type { MetricsSummary } from "tenuto/client";

/** What waits in task queues, and how event sources keep up. */
export function QueuesAndSources({ summary }: { readonly summary: MetricsSummary }) {
  return (
    <>
      <Section title="Task queues">
        <Table
          caption="Task queues"
          rows={summary.queues}
          keyOf={({ name }) => name}
          empty={<Nothing title="There is no task queue" />}
          columns={[
            {
              title: "Task queue",
              cell: ({ name }) => (
                <Link to="/queues">
                  <Code text={name} />
                </Link>
              ),
            },
            { title: "Waiting", align: "end", cell: ({ backlog }) => numberOf(backlog) },
            {
              title: "The oldest waits",
              align: "end",
              cell: ({ oldestMs }) => (oldestMs === undefined ? "–" : durationOf(oldestMs)),
            },
            { title: "Pollers", align: "end", cell: ({ pollers }) => numberOf(pollers) },
          ]}
        />
        <Age asOf={summary.open.asOf} />
      </Section>
      {summary.sources.length > 0 && (
        <Section title="Event sources">
          <Table
            caption="Event sources"
            rows={summary.sources}
            keyOf={({ name }) => name}
            empty={null}
            columns={[
              { title: "Source", cell: ({ name }) => <Code text={name} /> },
              { title: "State", cell: ({ state }) => <StatusPill status={state} /> },
              { title: "Behind by", align: "end", cell: ({ lag }) => (lag === undefined ? "–" : numberOf(lag)) },
              {
                title: "Per minute",
                align: "end",
                cell: ({ perMinute }) => (perMinute === undefined ? "–" : numberOf(perMinute)),
              },
            ]}
          />
          <Age asOf={summary.open.asOf} />
        </Section>
      )}
    </>
  );
}

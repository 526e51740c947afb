import type { ScheduleSummary } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { At } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import { placeOfRun } from "../runs/run-table.tsx";
import { NewScheduleAction } from "./schedule-form.tsx";
import { timesTold } from "./schedule-times.ts";

/** What starts runs by the clock. */
export function ScheduleList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<ScheduleSummary>>("v1/schedules", { ...query, limit: 50 });
  return (
    <Page
      title="Schedules"
      lead="What starts runs by the clock."
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          <NewScheduleAction />
        </>
      }
    >
      <Show answered={answered} what="the schedules">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Schedules"
              rows={items}
              keyOf={({ id }) => id}
              empty={
                <Nothing title="There is no schedule">
                  <p>They are declared in code, or made here.</p>
                </Nothing>
              }
              columns={[
                {
                  title: "Schedule",
                  isWide: true,
                  cell: ({ id }) => (
                    <Link to={`/schedules/${part(id)}`}>
                      <Code text={id} most={100} />
                    </Link>
                  ),
                },
                { title: "Starts", cell: ({ type }) => <Code text={type} most={60} /> },
                { title: "When", cell: ({ at, timeZone }) => `${timesTold(at)} (${timeZone})` },
                { title: "State", cell: ({ paused }) => <StatusPill status={paused ? "paused" : "on"} /> },
                { title: "Next", cell: ({ nextAt, paused }) => (paused ? "–" : <At at={nextAt[0]} />) },
                {
                  title: "Last run",
                  cell: ({ recent: [last] }) =>
                    last ? (
                      <Link to={placeOfRun(last)}>
                        <At at={last.startedAt} />
                      </Link>
                    ) : (
                      "–"
                    ),
                },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

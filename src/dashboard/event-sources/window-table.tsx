import type { ListedEventWindow } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { counted, numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";

/** Where many events are gathered for one run. */
export function WindowTable() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<ListedEventWindow>>("v1/event-windows", { ...query, limit: 50 });
  return (
    <Section title="Windows" actions={<button onClick={answered.reload}>Refresh the windows</button>}>
      <Show answered={answered} what="the windows">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Windows, the one that began last first"
              rows={items}
              keyOf={({ id }) => id}
              empty={
                <Nothing title="No events are being gathered">
                  <p>A rule that starts one run of many events has windows.</p>
                </Nothing>
              }
              columns={[
                {
                  title: "Window",
                  isWide: true,
                  cell: ({ source, type, key }) => (
                    <>
                      <Code text={`${source}: ${type}`} most={100} />
                      {key !== undefined && (
                        <p class="quiet">
                          <Code text={key} most={100} />
                        </p>
                      )}
                    </>
                  ),
                },
                { title: "Kind", cell: ({ kind }) => words(kind) },
                { title: "Waiting", cell: ({ waiting }) => <Waiting waiting={waiting} /> },
                { title: "Being started", cell: ({ starting }) => <Starting starting={starting} /> },
                {
                  title: "Run",
                  cell: ({ run, lastRun }) => {
                    const shown = run ?? lastRun;
                    return shown ? (
                      <Link to={`/runs/${part(shown.workflowId)}`}>{run ? "At work" : "The last one"}</Link>
                    ) : (
                      "–"
                    );
                  },
                },
                {
                  title: "So far",
                  cell: ({ counts }) => `${counted(counts.events, "event")}, ${counted(counts.started, "run")}`,
                },
                { title: "Refused", align: "end", cell: ({ counts }) => numberOf(counts.refused) },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Section>
  );
}

function Waiting({ waiting: { events, closesAt } }: { readonly waiting: ListedEventWindow["waiting"] }) {
  if (events === 0) return <>–</>;
  return (
    <>
      {counted(events, "event")}
      {closesAt !== undefined && (
        <>
          , closes <Ago at={closesAt} />
        </>
      )}
    </>
  );
}

function Starting({ starting }: { readonly starting: ListedEventWindow["starting"] }) {
  if (!starting) return <>–</>;
  const { events, failure } = starting;
  return <>{`${counted(events, "event")}${failure ? `, not yet: ${failure.message}` : ""}`}</>;
}

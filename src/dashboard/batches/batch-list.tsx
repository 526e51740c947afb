import type { Batch } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Choice, Filters } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import { BatchBar, titleOf } from "./batch-progress.tsx";

const statuses = ["collecting", "running", "stopping", "stopped", "completed"] as const;

/** What was done to many at once, the last first. */
export function BatchList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<Batch>>("v1/batch-operations", { ...query, limit: 50 });
  return (
    <Page
      title="Batch operations"
      lead="One thing done to many dead letters, or runs; the last first."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <Choice name="status" label="Status" options={statuses.map((status) => [status, words(status)] as const)} />
      </Filters>
      <Show answered={answered} what="the batch operations">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Batch operations, the last first"
              rows={items}
              keyOf={({ id }) => id}
              empty={
                <Nothing title="There is none">
                  <p>
                    One begins at the <Link to="/dead-letters">dead letters</Link>.
                  </p>
                </Nothing>
              }
              columns={[
                {
                  title: "What",
                  isWide: true,
                  cell: (batch) => (
                    <>
                      <Link to={`/batches/${part(batch.id)}`}>{titleOf(batch)}</Link>
                      <p class="quiet cut">{batch.reason}</p>
                    </>
                  ),
                },
                { title: "Status", cell: ({ status }) => <StatusPill status={status} /> },
                { title: "Progress", cell: (batch) => <BatchBar batch={batch} /> },
                { title: "By", cell: ({ by }) => by },
                { title: "Begun", cell: ({ startedAt }) => <Ago at={startedAt} /> },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

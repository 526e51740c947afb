import { useEffect, useState } from "preact/hooks";
import type { RunSummary } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useEvents } from "../http/use-events.ts";
import { useStore } from "../http/store.ts";
import { Choice, Filters, TextFilter } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import { runMarks, runStatuses } from "./run-status.ts";
import { RunTable } from "./run-table.tsx";

const pageSize = 50;

/** All runs, newest first. The first page is live. */
export function RunList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<RunSummary>>("v1/runs", { limit: pageSize, ...query });
  const types = useAnswer<{ readonly items: readonly CatalogueEntry[] }>("v1/workflow-types");
  const fresh = useFreshRuns(query);
  return (
    <Page
      title="Runs"
      lead="Newest first. Who looks for one run filters by its type and time, or opens it by its id."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <Choice name="type" label="Type" options={(types.data?.items ?? []).map(({ name }) => name)} />
        <Choice name="status" label="Status" options={runStatuses} />
        <Choice name="mark" label="Waits" options={runMarks} all="No matter" />
        <TextFilter name="startedAfter" label="Started after" type="datetime-local" />
        <TextFilter name="startedBefore" label="Started before" type="datetime-local" />
        <RunById />
      </Filters>
      <Show answered={answered} what="the runs">
        {({ items, nextCursor }) => (
          <>
            <RunTable
              caption="Runs, newest first"
              runs={merged(ofPage(fresh, items, nextCursor), items)}
              empty={
                <Nothing title="No run is like that">
                  <p>
                    Change the filters, or <Link to="/workflow-types">start a run</Link>.
                  </p>
                </Nothing>
              }
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

/** Opens a run by its id. */
function RunById() {
  const [id, setId] = useState("");
  return (
    <div class="filter">
      <label for="run-by-id">Workflow id</label>
      <input id="run-by-id" type="search" value={id} onInput={({ currentTarget }) => setId(currentTarget.value)} />
      {id.trim() !== "" && <Link to={`/runs/${encodeURIComponent(id.trim())}`}>Open this run</Link>}
    </div>
  );
}

/** What started or closed since the list was asked for; none on later pages, and where a filter can't be judged here. */
function useFreshRuns(query: Readonly<Record<string, string>>): readonly RunSummary[] {
  const [fresh, setFresh] = useState<readonly RunSummary[]>([]);
  const isLive = !["cursor", "mark", "startedAfter", "startedBefore"].some((name) => query[name] !== undefined);
  const { type, status } = query;
  useEffect(() => setFresh([]), [type, status, isLive]);
  useEvents(
    isLive ? "v1/metrics/stream" : undefined,
    {
      runs: (data) => {
        const { items } = data as { readonly items: readonly RunSummary[] };
        setFresh((before) => merged(items, before).slice(0, pageSize));
      },
    },
    { window: "1h", type, status },
  );
  return isLive ? fresh : [];
}

/** What belongs on a page: not what started before all of it, as long as another page follows. */
function ofPage(fresh: readonly RunSummary[], items: readonly RunSummary[], nextCursor: string | null) {
  const oldest = items.at(-1)?.startedAt;
  if (oldest === undefined || nextCursor === null) return fresh;
  return fresh.filter(({ startedAt }) => startedAt >= oldest);
}

/** Newer news of a run wins; all are in the order of their starts. */
function merged(newer: readonly RunSummary[], older: readonly RunSummary[]): readonly RunSummary[] {
  const known = new Set(newer.map(({ runId }) => runId));
  return [...newer, ...older.filter(({ runId }) => !known.has(runId))].toSorted((a, b) =>
    b.startedAt.localeCompare(a.startedAt),
  );
}

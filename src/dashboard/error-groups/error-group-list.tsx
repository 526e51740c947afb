import type { ErrorGroup } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useLiveList } from "../http/use-live-list.ts";
import { useStore } from "../http/store.ts";
import { Code } from "../parts/facts.tsx";
import { Choice, Filters, TextFilter } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place, placeWith } from "../router/location.ts";

const statuses = ["open", "regressed", "resolved", "ignored"] as const;
const sorts = [
  ["count", "Most failures"],
  ["lastHour", "Most in the last hour"],
] as const;

/** Failures by their pattern. */
export function ErrorGroupList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<ErrorGroup>>("v1/error-groups", { ...query, limit: 50 });
  useLiveList(answered, ({ deadLetters, errorGroups }) => [deadLetters.open, errorGroups.top]);
  return (
    <Page
      title="Error groups"
      lead="Failures of one pattern: workflow type, step, type of error, and what their messages have in common."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <Choice name="status" label="Status" options={statuses.map((status) => [status, words(status)] as const)} />
        <Choice name="sort" label="First" all="Seen last" options={sorts} />
        <TextFilter name="type" label="Type" />
        <TextFilter name="step" label="Step" />
        <TextFilter name="assignee" label="Assigned to" />
        <TextFilter name="since" label="Seen since" type="datetime-local" />
      </Filters>
      <Show answered={answered} what="the error groups">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Error groups"
              rows={items}
              keyOf={({ tenant, fingerprint }) => `${tenant ?? ""} ${fingerprint}`}
              empty={
                <Nothing title="No error group is like that">
                  <p>Nothing has failed, or no failure fits the filters.</p>
                </Nothing>
              }
              columns={[
                {
                  title: "Error",
                  isWide: true,
                  cell: ({ fingerprint, tenant, error, pattern }) => (
                    <>
                      <Link to={placeWith(`/error-groups/${part(fingerprint)}`, { tenant })}>{error.type}</Link>
                      <p class="cut">{pattern.slice(0, 300)}</p>
                    </>
                  ),
                },
                {
                  title: "Where",
                  cell: ({ type, step, tenant }) => (
                    <>
                      <Code text={type} most={60} />
                      {step !== undefined && (
                        <p class="quiet">
                          <Code text={step} most={60} />
                        </p>
                      )}
                      {tenant !== undefined && <p class="quiet">Tenant {tenant}</p>}
                    </>
                  ),
                },
                { title: "Status", cell: ({ status }) => <StatusPill status={status} /> },
                { title: "Failures", align: "end", cell: ({ count }) => numberOf(count) },
                { title: "Last hour", align: "end", cell: ({ lastHour }) => numberOf(lastHour) },
                { title: "Assigned to", cell: ({ assignee }) => assignee ?? "–" },
                { title: "Last", cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

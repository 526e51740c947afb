import type { AuditEntry } from "tenuto/client";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code } from "../parts/facts.tsx";
import { Filters, TextFilter } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { At } from "../parts/time.tsx";
import { words } from "../parts/words.ts";
import { place } from "../router/location.ts";

/** What operators did, and were refused, newest first. */
export function AuditList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<AuditEntry>>("v1/audit", { ...query, limit: 50 });
  return (
    <Page
      title="Audit"
      lead="What people did, and were refused, newest first."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <TextFilter name="actor" label="Who" />
        <TextFilter name="since" label="Since" type="datetime-local" />
        <TextFilter name="tenant" label="Tenant" />
      </Filters>
      <Show answered={answered} what="the audit">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="What people did, newest first"
              rows={items}
              keyOf={({ id }) => id}
              empty={<Nothing title="Nobody has done anything like that" />}
              columns={[
                { title: "When", cell: ({ at }) => <At at={at} /> },
                { title: "Who", cell: ({ actor }) => (actor ? `${actor.name} (${actor.role})` : "Somebody unknown") },
                { title: "What", cell: ({ action }) => words(action) },
                { title: "To what", isWide: true, cell: ({ target }) => <Target target={target} /> },
                { title: "Why", cell: ({ reason }) => reason ?? "–" },
                {
                  title: "Outcome",
                  cell: ({ outcome, code }) => (
                    <>
                      <StatusPill status={outcome} />
                      {code !== undefined && <p class="quiet">{code}</p>}
                    </>
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

function Target({ target }: { readonly target: AuditEntry["target"] }) {
  const entries = Object.entries(target);
  if (entries.length === 0) return <>–</>;
  return (
    <>
      {entries.map(([name, value]) => (
        <p key={name}>
          <span class="quiet">{words(name)}</span> <Code text={value} most={120} />
        </p>
      ))}
    </>
  );
}

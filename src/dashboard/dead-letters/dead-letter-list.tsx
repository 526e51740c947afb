import { useState } from "preact/hooks";
import type { DeadLetter } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { BulkAction } from "../batches/bulk-action.tsx";
import { isAllowed } from "../http/session-store.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useLiveList } from "../http/use-live-list.ts";
import { useStore } from "../http/store.ts";
import { Choice, Filters, TextFilter } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import { letterKinds } from "./letter-words.ts";

const pageSize = 50;
const statuses = ["open", "redriving", "resolved", "discarded"] as const;

/** Failures that nobody has dealt with, and what is done to many of them at once. */
export function DeadLetterList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<DeadLetter>>("v1/dead-letters", { ...query, limit: pageSize });
  useLiveList(answered, ({ deadLetters }) => deadLetters.open);
  const types = useAnswer<{ readonly items: readonly CatalogueEntry[] }>("v1/workflow-types");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (id: string, isPicked: boolean) =>
    setPicked((before) => {
      const rest = [...before].filter((each) => each !== id);
      return new Set(isPicked ? [...rest, id] : rest);
    });
  const canAct = isAllowed("operator");
  const shown = (answered.data?.items ?? []).filter(({ id }) => picked.has(id)).map(({ id }) => id);
  return (
    <Page
      title="Dead letters"
      lead={
        <>
          Failures that nobody has dealt with, the last one first.{" "}
          <Link to="/batches">What was done to many at once</Link>
        </>
      }
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {shown.length > 0 ? (
            <BulkAction key="picked" label={`Redrive the ${shown.length} picked`} filter={{ ids: shown }} />
          ) : (
            <BulkAction key="all" label="Redrive all of these" filter={filterOf(query)} isDisabled={!isOpen(query)} />
          )}
        </>
      }
    >
      <Filters>
        <Choice name="type" label="Type" options={typeNames(types.data?.items, query["type"])} />
        <Choice name="kind" label="Kind" options={letterKinds.map((kind) => [kind, words(kind)] as const)} />
        <Choice
          name="status"
          label="Status"
          all="Open and redriving"
          options={statuses.map((status) => [status, words(status)] as const)}
        />
        <TextFilter name="step" label="Step" />
        <TextFilter name="since" label="First seen since" type="datetime-local" />
        <TextFilter name="until" label="First seen until" type="datetime-local" />
      </Filters>
      <Show answered={answered} what="the dead letters">
        {({ items, nextCursor }) => (
          <>
            <DeadLetterTable
              letters={items}
              picked={canAct ? picked : undefined}
              onPick={pick}
              empty={
                <Nothing title="No dead letter is like that">
                  <p>Nothing waits for somebody here.</p>
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

/** The types that can be chosen; also the one that is chosen, which may be the source of an event. */
function typeNames(entries: readonly CatalogueEntry[] = [], chosen: string | undefined): readonly string[] {
  return [...new Set([...entries.map(({ name }) => name), ...(chosen === undefined ? [] : [chosen])])];
}

/** Whether what is listed can be redriven: letters that somebody has dealt with are not. */
function isOpen({ status }: Readonly<Record<string, string>>): boolean {
  return status === undefined || status === "open";
}

/** What a batch takes of the filters of the list. */
function filterOf(query: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const names = ["type", "kind", "step", "fingerprint", "since", "until"];
  const given = Object.fromEntries(Object.entries(query).filter(([name]) => names.includes(name)));
  return Object.keys(given).length === 0 ? { all: true } : given;
}

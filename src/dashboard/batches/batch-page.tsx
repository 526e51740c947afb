import type { Batch } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { useStore } from "../http/store.ts";
import { Action } from "../parts/action.tsx";
import { Code, Facts } from "../parts/facts.tsx";
import { Choice, Filters } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { At } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import type { ViewProps } from "../router/match.ts";
import { BatchBar, handledOf, isOver, titleOf } from "./batch-progress.tsx";
import { BulkAction } from "./bulk-action.tsx";
import { FilterFacts } from "./filter-facts.tsx";
import { type BatchItem, useBatch } from "./use-batch.ts";

const outcomes = ["pending", "done", "refused", "failed", "skipped"] as const;

/** A batch operation, watched until it is over, with what became of each item. */
export function BatchPage({ params }: ViewProps) {
  const id = params["id"] ?? "";
  const { query } = useStore(place);
  const { batch, items } = useBatch(id, query);
  const { data } = batch;
  return (
    <Page
      title={data ? titleOf(data) : "Batch operation"}
      lead={<Link to="/batches">All batch operations</Link>}
      actions={data && <BatchActions batch={data} reload={batch.reload} />}
    >
      <Show answered={batch} what="the batch operation">
        {(found) => <BatchState batch={found} />}
      </Show>
      <Section title="What became of each">
        <Filters>
          <Choice
            name="outcome"
            label="Outcome"
            options={outcomes.map((outcome) => [outcome, words(outcome)] as const)}
          />
        </Filters>
        <Show answered={items} what="its items">
          {(page) => (
            <>
              <ItemTable items={page.items} isOfLetters={data?.action === "redrive" || data?.action === "discard"} />
              <Pager nextCursor={page.nextCursor} />
            </>
          )}
        </Show>
      </Section>
    </Page>
  );
}

function BatchState({ batch }: { readonly batch: Batch }) {
  const { progress, status, truncated, stopped } = batch;
  return (
    <>
      <div class="card batch-state" role="status">
        <p class="pills">
          <StatusPill status={status} />
          {truncated && <span class="tag">More was found than one batch takes: begin another one for the rest</span>}
        </p>
        <BatchBar batch={batch} />
        <dl class="counts">
          {(["done", "refused", "failed", "skipped"] as const).map((outcome) => (
            <div key={outcome}>
              <dt>{batch.dryRun && outcome === "done" ? "Would be done" : words(outcome)}</dt>
              <dd class="number">{numberOf(progress[outcome])}</dd>
            </div>
          ))}
          <div>
            <dt>Pending</dt>
            <dd class="number">{numberOf(Math.max(0, progress.total - handledOf(batch)))}</dd>
          </div>
        </dl>
      </div>
      <Facts
        facts={{
          "Asked by": batch.by,
          Reason: batch.reason,
          How: batch.mode && words(batch.mode),
          "At most a second": numberOf(batch.ratePerSecond),
          Begun: <At at={batch.startedAt} />,
          Ended: batch.closedAt !== undefined && <At at={batch.closedAt} />,
          Stopped: stopped && `By ${stopped.by}: ${stopped.reason}`,
        }}
      />
      <Section title="Which are meant">
        <FilterFacts filter={batch.filter} />
      </Section>
    </>
  );
}

function BatchActions({ batch, reload }: { readonly batch: Batch; readonly reload: () => void }) {
  const stop = async (reason: string) => {
    await ask(`v1/batch-operations/${part(batch.id)}/stop`, { method: "POST", body: { reason } });
    return "It begins no further item.";
  };
  if (!isOver(batch)) {
    return (
      <Action
        label="Stop"
        title="Stop the batch"
        explanation="It begins no further item. What is under way comes to its end, and what is done stays done."
        role="operator"
        isDangerous
        perform={stop}
        onDone={reload}
      />
    );
  }
  // Of ids, the answer has the first only.
  const isWhole = (batch.filter.ids?.length ?? 0) < 20;
  if (!batch.dryRun || batch.action !== "redrive" || !isWhole || batch.progress.done === 0) return null;
  const initial = { what: "redrive" as const, mode: batch.mode ?? "", rate: String(batch.ratePerSecond) };
  return <BulkAction label="Do it now" isMain filter={{ ...batch.filter }} initial={initial} />;
}

interface ItemTableProps {
  readonly items: readonly BatchItem[];
  readonly isOfLetters: boolean;
}

function ItemTable({ items, isOfLetters }: ItemTableProps) {
  return (
    <Table
      caption="Items, oldest first"
      rows={items}
      keyOf={({ id }) => id}
      empty={<Nothing title="There is no such item" />}
      columns={[
        {
          title: "Workflow id",
          isWide: true,
          cell: ({ id, workflowId }) => (
            <Link to={isOfLetters ? `/dead-letters/${part(id)}` : `/runs/${part(workflowId)}`}>
              <Code text={workflowId} most={80} />
            </Link>
          ),
        },
        { title: "Outcome", cell: ({ outcome }) => <StatusPill status={outcome} /> },
        { title: "What", cell: ({ what, message }) => message ?? (what === undefined ? "–" : words(what)) },
        { title: "When", cell: ({ at }) => <At at={at} /> },
      ]}
    />
  );
}

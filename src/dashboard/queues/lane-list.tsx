import type { ConcurrencyLane } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code, Facts } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import type { ViewProps } from "../router/match.ts";

const onLimits: Readonly<Record<ConcurrencyLane["onLimit"], string>> = {
  wait: "Others wait",
  reject: "Others are refused",
  "cancel-oldest": "The oldest is canceled for the next",
};

/** Runs that share a limit. */
export function LaneList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<ConcurrencyLane>>("v1/lanes", { ...query, limit: 50 });
  return (
    <Page
      title="Lanes"
      lead="Runs that share a limit: those at work, and those that wait. A lane is there while runs are in it."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Show answered={answered} what="the lanes">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Lanes"
              rows={items}
              keyOf={({ id }) => id}
              empty={
                <Nothing title="No run is in a lane">
                  <p>A workflow type that limits how many of its runs are at work has lanes.</p>
                </Nothing>
              }
              columns={[
                {
                  title: "Lane",
                  isWide: true,
                  cell: ({ id, type, key }) => (
                    <>
                      <Link to={`/lanes/${part(id)}`}>
                        <Code text={type} most={60} />
                      </Link>
                      {key !== undefined && (
                        <p class="quiet">
                          <Code text={key} most={100} />
                        </p>
                      )}
                    </>
                  ),
                },
                {
                  title: "At work",
                  align: "end",
                  cell: ({ holders, limit }) => `${numberOf(holders.length)} of ${numberOf(limit)}`,
                },
                { title: "Waiting", align: "end", cell: ({ waiting }) => numberOf(waiting.runs) },
                { title: "At its limit", cell: ({ onLimit }) => onLimits[onLimit] },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

/** A lane: who is at work, and who waits. */
export function LanePage({ params }: ViewProps) {
  const id = params["id"] ?? "";
  const answered = useAnswer<ConcurrencyLane>(`v1/lanes/${part(id)}`);
  return (
    <Page
      title={answered.data?.key ?? answered.data?.type ?? "Lane"}
      tabTitle="Lane"
      lead={<Link to="/lanes">All lanes</Link>}
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Show answered={answered} what="the lane">
        {(lane) => <Lane lane={lane} />}
      </Show>
    </Page>
  );
}

function Lane({ lane }: { readonly lane: ConcurrencyLane }) {
  const { counts, waiting } = lane;
  return (
    <>
      <Facts
        facts={{
          Type: <Code text={lane.type} />,
          Key: lane.key !== undefined && <Code text={lane.key} />,
          "May be at work": numberOf(lane.limit),
          "At its limit": onLimits[lane.onLimit],
          "Got a slot": numberOf(counts.granted),
          Refused: numberOf(counts.refused),
          Canceled: numberOf(counts.canceled),
          "Turned away": numberOf(counts.turnedAway),
        }}
      />
      <Section title="At work">
        <LaneRuns caption="Runs at work, the longest first" runs={lane.holders} empty="No run is at work" />
      </Section>
      <Section title={`Waiting: ${numberOf(waiting.runs)}`}>
        <LaneRuns caption="Runs that wait, in their order" runs={waiting.first} empty="No run waits" />
        {waiting.runs > waiting.first.length && <p class="quiet">These are the first {waiting.first.length}.</p>}
      </Section>
    </>
  );
}

interface LaneRunsProps {
  readonly caption: string;
  readonly runs: readonly { readonly workflowId: string; readonly since: string; readonly cancelAskedAt?: string }[];
  readonly empty: string;
}

function LaneRuns({ caption, runs, empty }: LaneRunsProps) {
  return (
    <Table
      caption={caption}
      rows={runs}
      keyOf={({ workflowId }) => workflowId}
      empty={<Nothing title={empty} />}
      columns={[
        {
          title: "Workflow id",
          isWide: true,
          cell: ({ workflowId }) => (
            <Link to={`/runs/${part(workflowId)}`}>
              <Code text={workflowId} most={100} />
            </Link>
          ),
        },
        { title: "Since", cell: ({ since }) => <Ago at={since} /> },
        {
          title: "Asked to cancel",
          cell: ({ cancelAskedAt }) => (cancelAskedAt === undefined ? "–" : <StatusPill status="canceled" />),
        },
      ]}
    />
  );
}

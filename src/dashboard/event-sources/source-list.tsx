import type { EventSourceStatus } from "tenuto";
import { ask, part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useRepeat } from "../http/use-repeat.ts";
import { Action } from "../parts/action.tsx";
import { Code, Facts } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { WindowTable } from "./window-table.tsx";

/** Processes tell how they stand about as often. */
const everyMs = 5_000;

/** Where events come from, how their consumers stand, and the windows in which they are gathered. */
export function SourceList() {
  const answered = useAnswer<{ readonly items: readonly EventSourceStatus[] }>("v1/event-sources");
  useRepeat(answered.reload, everyMs);
  return (
    <Page
      title="Event sources"
      lead="Where events come from that start runs, or are sent to them."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Show answered={answered} what="the event sources">
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title="The app has no event source" />
          ) : (
            <>
              {items.map((source) => (
                <Source key={source.name} source={source} reload={answered.reload} />
              ))}
            </>
          )
        }
      </Show>
      <WindowTable />
    </Page>
  );
}

interface SourceProps {
  readonly source: EventSourceStatus;
  readonly reload: () => void;
}

function Source({ source, reload }: SourceProps) {
  const { paused, outcomes, asOf } = source;
  return (
    <Section title={source.name} actions={<SourceActions source={source} reload={reload} />}>
      <p class="prose" dir="auto">
        {source.description}
      </p>
      <Facts
        facts={{
          State: (
            <span class="pills">
              <StatusPill status={source.state} tone={toneOf(source)} />
            </span>
          ),
          "Comes by": source.kind,
          "Paused by": paused && (
            <>
              {paused.by}, <Ago at={paused.at} />: {paused.reason}
            </>
          ),
          "Waits at the broker": source.backlog !== undefined && (
            <>
              {numberOf(source.backlog)}, <Ago at={source.backlogAt} />
            </>
          ),
          "In the last minute": source.ratePerMinute !== undefined && numberOf(source.ratePerMinute),
          "Under way": source.inFlight !== undefined && numberOf(source.inFlight),
          "Posted in the last minute":
            outcomes &&
            `${numberOf(outcomes.accepted)} accepted, ${numberOf(outcomes.duplicate)} known, ${numberOf(outcomes.refused)} refused, ${numberOf(outcomes.failed)} failed`,
          "Last event": source.lastEventAt !== undefined && <Ago at={source.lastEventAt} />,
          "Last error": source.lastError !== undefined && (
            <>
              {source.lastError} {source.lastErrorAt !== undefined && <Ago at={source.lastErrorAt} />}
            </>
          ),
          "Numbers are from": asOf === undefined ? "No process has told of late" : <Ago at={asOf} />,
          "What failed": <Link to={`/dead-letters?type=${part(source.name)}`}>Its dead letters</Link>,
        }}
      />
      <details class="card source-more">
        <summary>What it takes, and who takes it</summary>
        <Table
          caption={`Events of ${source.name}`}
          rows={source.events}
          keyOf={({ type, does, workflow }) => `${type} ${does} ${workflow}`}
          empty={null}
          columns={[
            { title: "Event", cell: ({ type }) => <Code text={type} most={80} /> },
            { title: "Does", cell: ({ does, name }) => (name === undefined ? does : `${does} ${name}`) },
            { title: "Workflow", cell: ({ workflow }) => <Code text={workflow} most={80} /> },
          ]}
        />
        <Table
          caption={`Processes of ${source.name}`}
          rows={source.processes}
          keyOf={({ process }) => process}
          empty={<p class="quiet">No process has told of late.</p>}
          columns={[
            { title: "Process", isWide: true, cell: ({ process }) => <Code text={process} most={120} /> },
            { title: "State", cell: ({ state, isLate }) => <StatusPill status={isLate ? "unknown" : state} /> },
            { title: "Settled", align: "end", cell: ({ settled }) => numberOf(settled) },
            { title: "Told", cell: ({ at }) => <Ago at={at} /> },
          ]}
        />
      </details>
    </Section>
  );
}

function toneOf({ state }: EventSourceStatus) {
  const tones = {
    consuming: "good",
    holding: "warn",
    reconnecting: "bad",
    paused: "warn",
    stopped: "calm",
    off: "calm",
    unknown: "warn",
  } as const satisfies Record<EventSourceStatus["state"], string>;
  return tones[state];
}

function SourceActions({ source, reload }: SourceProps) {
  const send = (what: "pause" | "resume", done: string) => async (reason: string) => {
    await ask(`v1/event-sources/${part(source.name)}/${what}`, { method: "POST", body: { reason } });
    return done;
  };
  const common = { role: "operator", onDone: reload } as const;
  return source.paused ? (
    <Action
      {...common}
      label="Resume"
      title={`Resume ${source.name}`}
      isMain
      perform={send("resume", "Its events are taken again.")}
    />
  ) : (
    <Action
      {...common}
      label="Pause"
      title={`Pause ${source.name}`}
      explanation="No process takes its events until somebody resumes it. They wait at the broker; posted ones are refused, to be sent again."
      perform={send("pause", "It is paused. Consumers know it within about two seconds.")}
    />
  );
}

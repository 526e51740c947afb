import type { MetricsSummary } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { NumberTiles } from "../overview/number-tiles.tsx";
import { MachineView } from "../machine/machine-view.tsx";
import { Facts, Json } from "../parts/facts.tsx";
import { Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Link } from "../router/link.tsx";
import type { ViewProps } from "../router/match.ts";
import { durationTold } from "./duration-told.ts";
import { StartAction } from "./start-action.tsx";

/** A type: what it does, its policies, its numbers, and what it takes. */
export function TypePage({ params }: ViewProps) {
  const name = params["type"] ?? "";
  const answered = useAnswer<CatalogueEntry>(`v1/workflow-types/${part(name)}`);
  const summary = useAnswer<MetricsSummary>("v1/metrics/summary", { window: "24h", type: name });
  const type = answered.data;
  return (
    <Page
      title={name}
      tabTitle={`Type ${name}`}
      lead={
        <>
          <Link to={`/runs?type=${part(name)}`}>Its runs</Link>
          <Link to={`/?type=${part(name)}`}>Its numbers over time</Link>
          <Link to={`/dead-letters?type=${part(name)}`}>Its dead letters</Link>
        </>
      }
      actions={type && <StartAction type={type} label="Start a run" isMain />}
    >
      <Show answered={answered} what="the type">
        {(entry) => (
          <>
            <p class="prose" dir="auto">
              {entry.description}
            </p>
            <Section title="In the last 24 hours">
              <Show answered={summary} what="its numbers">
                {(numbers) => <NumberTiles summary={numbers} />}
              </Show>
            </Section>
            <Section title="Policies">
              <Policies type={entry} />
            </Section>
            {entry.machine && (
              <Section title="State machine">
                <p class="prose">
                  {entry.machine.description} Version {entry.machine.version}. It takes{" "}
                  {entry.machine.events.join(", ")}.
                </p>
                <MachineView machine={entry.machine} />
              </Section>
            )}
            <Section title="What it takes and answers">
              <Schemas type={entry} />
            </Section>
          </>
        )}
      </Show>
    </Page>
  );
}

const idempotencies: Readonly<Record<CatalogueEntry["idempotency"], string>> = {
  "once-per-id": "One run for each workflow id",
  "retry-if-failed": "Another run with the same id after one that failed",
  "allow-duplicate": "Another run with the same id once the last one is over",
};

const onLimits = {
  wait: "others wait",
  reject: "others are refused",
  "cancel-oldest": "the oldest is canceled for the next",
} as const;

function Policies({ type }: { readonly type: CatalogueEntry }) {
  const { concurrency, lane } = type;
  return (
    <Facts
      facts={{
        "SLA, the longest a run should take": durationTold(type.sla),
        "Deadline, the longest it may take": durationTold(type.deadline),
        "Starts with the same id": idempotencies[type.idempotency],
        "At work at once": concurrency
          ? `${concurrency.limit}${concurrency.isByKey ? " of each key" : ""}; ${onLimits[concurrency.onLimit]}`
          : "As many as there are",
        "Which go first": lane && <Json value={lane} label="Its lane" />,
        "Errors it may end with": Object.keys(type.errors).join(", "),
        Signals: Object.keys(type.signals).join(", "),
        Updates: Object.keys(type.updates).join(", "),
        Queries: Object.keys(type.queries).join(", "),
      }}
    />
  );
}

function Schemas({ type }: { readonly type: CatalogueEntry }) {
  const schemas: readonly (readonly [string, unknown])[] = [
    ["Input", type.input],
    ["Output", type.output],
    ...Object.entries(type.signals).map(([name, schema]) => [`Signal ${name}`, schema] as const),
    ...Object.entries(type.updates).map(([name, { input }]) => [`Update ${name}`, input] as const),
    ...Object.entries(type.errors).map(([name, schema]) => [`Error ${name}`, schema] as const),
  ];
  return (
    <div class="schemas">
      {schemas.map(([title, schema]) => (
        <details key={title} class="card">
          <summary>{title}</summary>
          <pre class="json" tabIndex={0} aria-label={`The JSON Schema of ${title}`}>
            {JSON.stringify(schema, null, 2)}
          </pre>
        </details>
      ))}
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";
import { useStore } from "../http/store.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useEvents } from "../http/use-events.ts";
import { Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Link } from "../router/link.tsx";
import { place, placeWith } from "../router/location.ts";
import { Age } from "./age.tsx";
import { EndsChart, TimesChart } from "./charts.tsx";
import { NumberTiles } from "./number-tiles.tsx";
import { OpenWork } from "./open-work.tsx";
import { QueuesAndSources } from "./queues-and-sources.tsx";
import { StepTable } from "./step-table.tsx";
import type { MetricsTimeseries, MetricsWindow } from "tenuto/client";
import { type WholeSummary, windows } from "./summary.ts";
import { TopErrorGroups } from "./top-error-groups.tsx";
import { TypeTable } from "./type-table.tsx";

/** How all goes: what closed in the window, beside the period before, and what is open now. Live. */
export function Overview() {
  const { query } = useStore(place);
  const window: MetricsWindow = windows.find((each) => each === query["window"]) ?? "24h";
  const { type } = query;
  const answered = useAnswer<WholeSummary>("v1/metrics/summary", { window, type });
  const series = useAnswer<MetricsTimeseries>("v1/metrics/timeseries", { window, type });
  const fresh = useFreshSummary(window, type, ({ asOf }) => {
    if (series.data && series.data.asOf !== asOf) series.reload();
  });
  return (
    <Page
      title={type === undefined ? "Overview" : `Overview of ${type}`}
      lead={type !== undefined && <Link to={placeWith("/", { window })}>All types</Link>}
      actions={<WindowChoice chosen={window} type={type} />}
    >
      <Show answered={fresh ? { ...answered, data: fresh, problem: undefined } : answered} what="the numbers">
        {(summary) => (
          <>
            <NumberTiles summary={summary} />
            <Section title="Over time">
              <Show answered={series} what="the numbers over time">
                {(data) => (
                  <div class="charts">
                    <EndsChart series={data} />
                    <TimesChart series={data} />
                    <Age asOf={data.asOf} leavesOut={data.leavesOut} />
                  </div>
                )}
              </Show>
            </Section>
            <OpenWork summary={summary} />
            <TypeTable summary={summary} />
            <TopErrorGroups groups={summary.errorGroups} />
            <StepTable steps={summary.steps} />
            <QueuesAndSources summary={summary} />
          </>
        )}
      </Show>
    </Page>
  );
}

/** The last summary that the stream sent. What is shown over time may be of another moment than the first one. */
function useFreshSummary(
  window: MetricsWindow,
  type: string | undefined,
  onSummary: (summary: WholeSummary) => void,
): WholeSummary | undefined {
  const [fresh, setFresh] = useState<WholeSummary>();
  useEffect(() => setFresh(undefined), [window, type]);
  const summary = (data: unknown) => {
    const next = data as WholeSummary;
    onSummary(next);
    setFresh(next);
  };
  useEvents("v1/metrics/stream", { summary }, { window, type });
  return fresh?.window === window ? fresh : undefined;
}

const windowNames: Readonly<Record<MetricsWindow, string>> = {
  "1h": "1 hour",
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
};

function WindowChoice({ chosen, type }: { readonly chosen: MetricsWindow; readonly type: string | undefined }) {
  return (
    <nav class="choices" aria-label="Window">
      {windows.map((window) => (
        <Link key={window} to={placeWith("/", { window, type })} isCurrent={window === chosen}>
          {windowNames[window]}
        </Link>
      ))}
    </nav>
  );
}

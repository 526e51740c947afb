import type { ScheduleDetails } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Code, Facts, Json } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago, At } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import type { ViewProps } from "../router/match.ts";
import { placeOfRun } from "../runs/run-table.tsx";
import { ScheduleActions } from "./schedule-actions.tsx";
import { overlapWords } from "./schedule-schemas.ts";
import { timesTold } from "./schedule-times.ts";

/** A schedule: what it says, when it is due, and what it has started. */
export function SchedulePage({ params }: ViewProps) {
  const id = params["id"] ?? "";
  const answered = useAnswer<ScheduleDetails>(`v1/schedules/${part(id)}`);
  const schedule = answered.data;
  return (
    <Page
      title={id}
      tabTitle={`Schedule ${id}`}
      lead={
        schedule && (
          <>
            <StatusPill status={schedule.paused ? "paused" : "on"} />
            <Link to={`/workflow-types/${part(schedule.spec.type)}`}>The type that it starts</Link>
          </>
        )
      }
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {schedule && <ScheduleActions schedule={schedule} reload={answered.reload} />}
        </>
      }
    >
      <Show answered={answered} what="the schedule">
        {(found) => <Schedule schedule={found} />}
      </Show>
    </Page>
  );
}

const origins: Readonly<Record<ScheduleDetails["origin"], string>> = {
  code: "The code of an app",
  api: "The API",
  foreign: "Made without Tenuto",
};

function Schedule({ schedule }: { readonly schedule: ScheduleDetails }) {
  const { spec, counts, changed, running } = schedule;
  return (
    <>
      <p class="prose" dir="auto">
        {spec.description}
      </p>
      <Facts
        facts={{
          "Paused because": schedule.paused?.note,
          Starts: <Code text={spec.type} />,
          When: timesTold(spec.at),
          "Time zone": spec.timeZone,
          "While one runs": overlapWords[spec.overlap],
          "Made up for after": spec.catchUpWindow,
          "Pauses when a run fails": spec.pauseOnFailure && "Yes",
          "Comes from": `${origins[schedule.origin]}${schedule.app === undefined ? "" : ` ${schedule.app}`}`,
          "Says something else than the code": schedule.isEdited && "Yes, no deploy changes it",
          "Changed last": changed && (
            <>
              By {changed.by}, <Ago at={changed.at} />: {changed.reason}
            </>
          ),
          "Runs started": numberOf(counts.started),
          Missed: numberOf(counts.missed),
          "Left out while one ran": numberOf(counts.overlapSkipped),
          "Wait now": numberOf(counts.buffered),
          "At work": running.length > 0 && (
            <>
              {running.map((run) => (
                <Link key={run.runId} to={placeOfRun(run)}>
                  <Code text={run.workflowId} most={80} />
                </Link>
              ))}
            </>
          ),
        }}
      />
      <Section title="Due next">
        {schedule.nextAt.length === 0 ? (
          <Nothing title="It is not due again" />
        ) : (
          <ul class="times">
            {schedule.nextAt.map((at) => (
              <li key={at}>
                <At at={at} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="What it started">
        <Table
          caption="The last runs that it started, newest first"
          rows={schedule.recent}
          keyOf={({ runId }) => runId}
          empty={<Nothing title="It has started none" />}
          columns={[
            {
              title: "Workflow id",
              isWide: true,
              cell: (run) => (
                <Link to={placeOfRun(run)}>
                  <Code text={run.workflowId} most={100} />
                </Link>
              ),
            },
            { title: "Due", cell: ({ dueAt }) => <At at={dueAt} /> },
            { title: "Started", cell: ({ startedAt }) => <Ago at={startedAt} /> },
            {
              title: "As it has heard",
              cell: ({ status }) => (status === undefined ? "–" : <StatusPill status={status} />),
            },
          ]}
        />
      </Section>
      <Section title="Input of its runs">
        <Json value={spec.input} label={words("input")} />
      </Section>
    </>
  );
}

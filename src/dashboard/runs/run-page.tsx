import type { RunDescription } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { part } from "../http/ask.ts";
import { useStore } from "../http/store.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Code, Facts, Json } from "../parts/facts.tsx";
import { Loading, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Ago, At, Took } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import type { ViewProps } from "../router/match.ts";
import { RunActions } from "./run-actions.tsx";
import { MachineSection } from "./run-machine.tsx";
import { RunMessages } from "./run-messages.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { RunPills } from "./run-table.tsx";
import { RunTasks } from "./run-tasks.tsx";
import { RunWaits } from "./run-waits.tsx";
import { timelineOf } from "./timeline.ts";
import { TimelineView } from "./timeline-view.tsx";
import { useRunEvents } from "./use-run-events.ts";

/** One run: what it did and does, what it waits for, and what can be done to it. It is live until it is over. */
export function RunPage({ params }: ViewProps) {
  const workflowId = params["workflowId"] ?? "";
  const { runId } = useStore(place).query;
  const path = `v1/runs/${part(workflowId)}`;
  const run = useAnswer<RunDescription>(path, { runId });
  const events = useRunEvents(workflowId, runId, run.reload);
  const timeline = timelineOf(events);
  const type = useAnswer<CatalogueEntry>(run.data && `v1/workflow-types/${part(run.data.type)}`);
  return (
    <Page
      title={workflowId.length > 120 ? `${workflowId.slice(0, 120)}…` : workflowId}
      tabTitle={`Run ${workflowId.slice(0, 60)}`}
      lead={run.data && <Lead run={run.data} />}
      actions={run.data && <RunActions run={run.data} reload={run.reload} />}
    >
      <Show answered={run} what="the run">
        {(described) => (
          <>
            <RunWaits run={described} reload={run.reload} />
            <RunTasks tasks={described.tasks} />
            <RunOutcome run={described} />
            {described.machine && <MachineSection run={described} type={type.data} />}
            <Section title="What it did">
              {events.length === 0 ? (
                <Loading what="its history" />
              ) : (
                <TimelineView timeline={timeline} pending={described.pendingSteps} closedAt={described.closedAt} />
              )}
            </Section>
            {events.length > 0 && (
              <Section title="Input">
                <Json value={timeline.input} label="The input" />
              </Section>
            )}
            {described.status === "running" && type.data && <RunMessages run={described} type={type.data} />}
            <Section title="About it">
              <About run={described} />
            </Section>
          </>
        )}
      </Show>
    </Page>
  );
}

function Lead({ run }: { readonly run: RunDescription }) {
  return (
    <>
      <RunPills run={run} />
      <Link to={`/workflow-types/${part(run.type)}`}>{run.type}</Link>
      <span>
        started <Ago at={run.startedAt} />
      </span>
      <span>
        {run.closedAt === undefined ? "at work for " : "took "}
        <Took from={run.startedAt} to={run.closedAt} />
      </span>
      {run.links.temporalUi !== undefined && (
        <a href={run.links.temporalUi} target="_blank" rel="noreferrer">
          Open in the Temporal Web UI
        </a>
      )}
    </>
  );
}

function About({ run }: { readonly run: RunDescription }) {
  const { lane, account, droppedSignals } = run;
  return (
    <Facts
      facts={{
        "Workflow id": <Code text={run.workflowId} />,
        "Run id": <Code text={run.runId} />,
        "Task queue": <Code text={run.taskQueue} />,
        Started: <At at={run.startedAt} />,
        Closed: run.closedAt !== undefined && <At at={run.closedAt} />,
        "Events in its history": run.historyLength.toLocaleString("en"),
        "Begun by request": run.requestId !== undefined && <Code text={run.requestId} />,
        Priority: lane && <Json value={lane} label="Its priority" />,
        "Undone if it is canceled now": run.status === "running" ? account?.pendingUndos : undefined,
        "Signals that were not taken": droppedSignals.count > 0 && (
          <Json value={droppedSignals} label="Signals that were not taken" />
        ),
      }}
    />
  );
}

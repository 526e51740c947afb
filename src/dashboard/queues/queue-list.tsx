import { useAnswer } from "../http/use-answer.ts";
import { useRepeat } from "../http/use-repeat.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago, durationOf } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { type QueueKind, type ShownQueue, type ShownWorker, systemQueue } from "./queue.ts";
import { RateAction } from "./rate-action.tsx";

/** Two calls of the server for each task queue. */
const everyMs = 5_000;

/** Task queues with what waits there and how fast it may go, and who works on them; asked again while it is open. */
export function QueueList() {
  const queues = useAnswer<{ readonly items: readonly ShownQueue[] }>("v1/task-queues");
  const workers = useAnswer<{ readonly items: readonly ShownWorker[] }>("v1/workers");
  const reload = () => {
    queues.reload();
    workers.reload();
  };
  useRepeat(queues.reload, everyMs);
  useRepeat(workers.reload, everyMs);
  return (
    <Page
      title="Queues and workers"
      lead={
        <span>
          What waits is the server's estimate. As of <Ago at={queues.at?.toISOString()} />.
        </span>
      }
      actions={<button onClick={reload}>Refresh</button>}
    >
      <Show answered={queues} what="the task queues">
        {({ items }) => (
          <>
            {items.map((queue) => (
              <Queue key={queue.name} queue={queue} reload={reload} />
            ))}
          </>
        )}
      </Show>
      <Section title="Workers">
        <Show answered={workers} what="the workers">
          {({ items }) => <WorkerTable workers={items} />}
        </Show>
      </Section>
    </Page>
  );
}

function Queue({ queue, reload }: { readonly queue: ShownQueue; readonly reload: () => void }) {
  const { limits, isRateLimited } = queue.activity;
  const rows = [
    { ...queue.workflow, kind: "Workflow tasks" },
    { ...queue.activity, kind: "Steps" },
  ];
  const isOwn = queue.name !== systemQueue;
  return (
    <Section title={queue.name} actions={isOwn && <RateAction queue={queue} reload={reload} />}>
      {isOwn && (
        <p class="pills queue-rate" role="status">
          <span class="tag">{rateOf(limits?.perSecond, "Steps begin without a limit", "steps a second at most")}</span>
          {limits?.perKeyPerSecond !== undefined && (
            <span class="tag">{rateOf(limits.perKeyPerSecond, "", "a second of each fairness key")}</span>
          )}
          {isRateLimited && <StatusPill status="waiting" />}
          {isRateLimited && <span>Steps wait because of it</span>}
        </p>
      )}
      {!isOwn && <p class="quiet">What Tenuto itself does: dead letters, alerts, lanes, batches.</p>}
      <Table
        caption={`What waits in ${queue.name}`}
        rows={rows}
        keyOf={({ kind }) => kind}
        empty={null}
        columns={[
          { title: "What", cell: ({ kind }) => kind },
          { title: "Waiting", align: "end", cell: ({ backlog }) => numberOf(backlog) },
          {
            title: "The oldest waits",
            align: "end",
            cell: ({ backlog, backlogAgeMs }) => (backlog === 0 ? "–" : durationOf(backlogAgeMs)),
          },
          { title: "Come a second", align: "end", cell: ({ addedPerSecond }) => addedPerSecond.toFixed(1) },
          { title: "Go a second", align: "end", cell: ({ dispatchedPerSecond }) => dispatchedPerSecond.toFixed(1) },
          {
            title: "Pollers",
            align: "end",
            cell: ({ pollers }) => (pollers === 0 ? <StatusPill status="none" tone="bad" /> : numberOf(pollers)),
          },
          { title: "By priority", cell: (state) => priorities(state) },
        ]}
      />
    </Section>
  );
}

function rateOf(rate: number | undefined, none: string, unit: string): string {
  if (rate === undefined) return none;
  return rate === 0 ? "All steps are held" : `${numberOf(rate)} ${unit}`;
}

function priorities({ byPriority = [] }: QueueKind): string {
  const waiting = byPriority.filter(({ backlog }) => backlog > 0);
  if (waiting.length === 0) return "–";
  return waiting.map(({ priority, backlog }) => `${priority}: ${numberOf(backlog)}`).join(", ");
}

function WorkerTable({ workers }: { readonly workers: readonly ShownWorker[] }) {
  return (
    <Table
      caption="Workers"
      rows={workers}
      keyOf={({ identity, taskQueue }) => `${taskQueue} ${identity}`}
      empty={
        <Nothing title="No worker polls">
          <p>Nothing goes on until one does.</p>
        </Nothing>
      }
      columns={[
        { title: "Worker", isWide: true, cell: ({ identity }) => <Code text={identity} most={120} /> },
        { title: "Task queue", cell: ({ taskQueue }) => <Code text={taskQueue} most={60} /> },
        {
          title: "Takes",
          cell: ({ kinds }) => kinds.map((kind) => (kind === "activity" ? "Steps" : words(kind))).join(", "),
        },
        { title: "Polled last", cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
      ]}
    />
  );
}

import type { Task } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useLiveList } from "../http/use-live-list.ts";
import { useStore } from "../http/store.ts";
import { Code } from "../parts/facts.tsx";
import { Choice, Filters, TextFilter } from "../parts/filters.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place, placeWith } from "../router/location.ts";

const statuses = ["open", "claimed", "completed", "rejected", "timedOut", "canceled"] as const;

/** The inbox: what runs ask people, the one that is due first, first. */
export function TaskList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<Task>>("v1/tasks", { ...query, limit: 50 });
  useLiveList(answered, ({ tasks }) => [tasks.open, tasks.overdue]);
  return (
    <Page
      title="Tasks"
      lead="What runs ask people, the one that is due first, first."
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <Choice name="mine" label="Whose" all="Everybody's" options={[["true", "Those that I may answer"]]} />
        <Choice
          name="status"
          label="Status"
          all="Waiting for an answer"
          options={statuses.map((status) => [status, words(status)] as const)}
        />
        <Choice
          name="overdue"
          label="Due"
          all="No matter"
          options={[
            ["true", "Overdue"],
            ["false", "Not overdue"],
          ]}
        />
        <TextFilter name="type" label="Kind of task" />
        <TextFilter name="role" label="Task role" />
        <TextFilter name="assignee" label="By name" />
      </Filters>
      <Show answered={answered} what="the tasks">
        {({ items, nextCursor }) => (
          <>
            <Table
              caption="Tasks, the one that is due first, first"
              rows={items}
              keyOf={({ taskId }) => taskId}
              empty={
                <Nothing title="No task is like that">
                  <p>{nextCursor === null ? "Nothing waits for you here." : "There may be some on the next page."}</p>
                </Nothing>
              }
              columns={[
                {
                  title: "What is asked",
                  isWide: true,
                  cell: ({ taskId, title, tenant }) => (
                    <Link to={placeWith(`/tasks/${part(taskId)}`, { tenant })}>{title}</Link>
                  ),
                },
                { title: "Kind", cell: ({ type }) => <Code text={type} most={60} /> },
                { title: "Status", cell: (task) => <TaskPills task={task} /> },
                { title: "Asked", cell: ({ openedAt }) => <Ago at={openedAt} /> },
                { title: "Due", cell: ({ dueAt }) => <Ago at={dueAt} /> },
              ]}
            />
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

/** Where a task stands. */
export function TaskPills({
  task,
}: {
  readonly task: Pick<Task, "status" | "overdue" | "claimed" | "escalatedAt" | "ended">;
}) {
  return (
    <span class="pills">
      <StatusPill status={task.status} />
      {task.overdue && <StatusPill status="overdue" />}
      {task.escalatedAt !== undefined && !task.ended && <StatusPill status="escalated" />}
      {task.claimed && !task.ended && (
        <span class="tag" dir="auto">
          {task.claimed.by}
        </span>
      )}
    </span>
  );
}

import type { Task } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code, Facts, Json } from "../parts/facts.tsx";
import { NoteList } from "../parts/note-list.tsx";
import { Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Ago, At } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import type { ViewProps } from "../router/match.ts";
import { AnswerForm } from "./answer-form.tsx";
import { Question } from "./question.tsx";
import { TaskActions } from "./task-actions.tsx";
import { TaskPills } from "./task-list.tsx";

/** A task: what is asked, and the form of its answer. */
export function TaskPage({ params }: ViewProps) {
  const id = params["taskId"] ?? "";
  const { tenant } = useStore(place).query;
  const answered = useAnswer<Task>(`v1/tasks/${part(id)}`, { tenant });
  const task = answered.data;
  return (
    <Page
      title={task?.title ?? "Task"}
      lead={
        task && (
          <>
            <TaskPills task={task} />
            <Link to={`/runs/${part(task.workflowId)}?runId=${part(task.runId)}`}>The run that asks</Link>
          </>
        )
      }
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {task && <TaskActions task={task} tenant={tenant} reload={answered.reload} />}
        </>
      }
    >
      <Show answered={answered} what="the task">
        {(found) => <TaskParts task={found} tenant={tenant} reload={answered.reload} />}
      </Show>
    </Page>
  );
}

interface TaskPartsProps {
  readonly task: Task;
  readonly tenant: string | undefined;
  readonly reload: () => void;
}

function TaskParts({ task, tenant, reload }: TaskPartsProps) {
  const { quorum, claimed, ended, votes = [], rejections = [] } = task;
  const isWaiting = !ended && task.runStatus === "running";
  return (
    <>
      <Section title="What is asked">
        <Question value={task.data} />
      </Section>
      {isWaiting && (
        <Section title="Your answer">
          <AnswerForm key={task.taskId} {...{ task, tenant, reload }} />
        </Section>
      )}
      {ended && (
        <Section title="How it ended">
          <Facts
            facts={{
              By: ended.by,
              Why: ended.reason,
              When: <At at={ended.at} />,
              "Nobody answered": ended.isDefault === true && "The default counts",
            }}
          />
          {ended.answer !== undefined && <Json value={ended.answer} label="The answer" />}
        </Section>
      )}
      <Facts
        facts={{
          Kind: <Code text={task.type} />,
          "Who may answer": [...task.roles.map((role) => `role ${role}`), ...task.assignees].join(", "),
          Claimed: claimed && `By ${claimed.by}`,
          Asked: <Ago at={task.openedAt} />,
          Due: task.dueAt !== undefined && <Ago at={task.dueAt} />,
          "Ends by itself": isWaiting && task.timesOutAt !== undefined && <Ago at={task.timesOutAt} />,
          Escalated: task.escalatedAt !== undefined && <Ago at={task.escalatedAt} />,
          "Have to agree": quorum && `${quorum.approve} of ${quorum.of}`,
          Tenant: task.tenant,
        }}
      />
      <NoteList
        title="Who agreed"
        notes={votes.map(({ by, at, answer }) => ({ by, at, note: JSON.stringify(answer) ?? "–" }))}
      />
      <NoteList title="Who refused" notes={rejections.map(({ by, at, reason }) => ({ by, at, note: reason }))} />
      <NoteList title="Comments" notes={task.comments.map(({ by, at, text }) => ({ by, at, note: text }))} />
    </>
  );
}

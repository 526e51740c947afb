import type { Task } from "tenuto/client";
import { part } from "../http/ask.ts";
import { Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Ago } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";

/** What a run asks people. */
export function RunTasks({ tasks }: { readonly tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  return (
    <Section title="Tasks">
      <div class="cards">
        {tasks.map((task) => (
          <div class="card" key={task.taskId}>
            <h3 dir="auto">
              <Link to={`/tasks/${part(task.taskId)}`}>{task.title}</Link>
            </h3>
            <p class="pills">
              <StatusPill status={task.overdue ? "overdue" : task.status} />
              {task.claimed && <span dir="auto">{task.claimed.by} has it</span>}
            </p>
            <p class="quiet">
              Asked <Ago at={task.openedAt} />
              {task.dueAt !== undefined && (
                <>
                  , due <Ago at={task.dueAt} />
                </>
              )}
            </p>
          </div>
        ))}
      </div>
    </Section>
  );
}

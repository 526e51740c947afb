// The inbox: runs with tasks are found by their marks, and what is listed of them is in their memos. Marks say that a run has
// such a task, not which one it is, and SQLite compares them without case: so each task is looked at again.
import { isOpenTask, mayAnswer, type TaskActor, taskDueAttribute, type TaskStatus } from "../core/human-task.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { endedTaskMark, openTaskMark, taskFacetMark, wideTaskMark } from "../core/task-marks.ts";
import { listPage } from "./list-runs.ts";
import type { Reach } from "./run-target.ts";
import { type Task, tasksOf, taskViewOf } from "./task.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** Which tasks to list; what is not given is no condition. */
export interface TaskFilter {
  /** The name of the task's definition. */
  readonly type?: string | undefined;
  /** Those that who has this task role may answer. */
  readonly role?: string | undefined;
  /** Those that this person may answer by name. */
  readonly assignee?: string | undefined;
  /** @default those that wait for an answer: "open" and "claimed" */
  readonly status?: TaskStatus | undefined;
  /** Those that are late; `false` for the others. */
  readonly overdue?: boolean | undefined;
  readonly dueBefore?: Date | undefined;
  /** Those that somebody may answer. */
  readonly for?: TaskActor | undefined;
}

export interface TaskListOptions extends TaskFilter {
  /** How many runs with tasks are looked at for a page, from 1 to 200; those of one run stay together. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of tasks, the one that is due first, first; it may be short, or empty, and still not be the last. */
export interface TaskPage {
  readonly items: readonly Task[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** A search that finds little goes on for so many pages of the server at most. */
const mostPages = 5;

/** @throws what {@link TenutoClient.tasks} throws. */
export async function listTasks(
  { temporal, app }: Reach,
  { limit = 50, cursor, ...filter }: TaskListOptions,
): Promise<TaskPage> {
  // No task has such a text, and databases fail on it instead of finding nothing.
  if (![filter.type, filter.role, filter.assignee].every((text) => text === undefined || canBeFound(text)))
    return { items: [] };
  const query = taskQuery(filter, new Date());
  // What is late changes by itself, and the next page is still one of the same list.
  const list = taskQuery(filter, new Date(0));
  const view = taskViewOf({ temporal, app });
  const wanted = Math.max(1, limit);
  const items: Task[] = [];
  let next = cursor;
  for (let page = 0; page < mostPages && items.length < wanted; page += 1) {
    const options = { query, list, limit: wanted - items.length, cursor: next };
    const { infos, nextCursor } = await listPage(temporal, options);
    items.push(...infos.flatMap((info) => tasksOf(info, view)).filter((task) => isWanted(task, filter)));
    next = nextCursor;
    if (next === undefined) break;
  }
  return { items: items.toSorted(byDue), ...(next !== undefined && { nextCursor: next }) };
}

/** In Temporal's query language. */
function taskQuery(filter: TaskFilter, now: Date): string {
  const { type, role, assignee, status, dueBefore, overdue } = filter;
  if (status !== undefined && !isOpenTask({ status })) return endedQuery(status);
  const due = [dueBefore, ...(overdue === true ? [now] : [])].filter((date) => date !== undefined);
  return [
    marked(openTaskMark),
    `ExecutionStatus = ${quote("Running")}`,
    ...(type === undefined ? [] : [marked(taskFacetMark("type", type), wideTaskMark)]),
    ...(role === undefined ? [] : [marked(taskFacetMark("role", role), wideTaskMark)]),
    ...(assignee === undefined ? [] : [marked(taskFacetMark("assignee", assignee), wideTaskMark)]),
    ...forActor(filter.for),
    ...due.map((date) => `${taskDueAttribute} <= ${quote(date.toISOString())}`),
  ].join(" AND ");
}

/** A run that has gone on as a new one has left it what it knew of its tasks. */
function endedQuery(status: TaskStatus): string {
  const ended = marked(endedTaskMark);
  // Those of a run that was terminated say still that they are open.
  const lost = `(${marked(openTaskMark)} AND ExecutionStatus != ${quote("Running")})`;
  const found = status === "canceled" ? `(${ended} OR ${lost})` : ended;
  return `${found} AND ExecutionStatus != ${quote("ContinuedAsNew")}`;
}

/** More would make a query that the server refuses. */
const mostMarks = 20;

function forActor(actor: TaskActor | undefined): readonly string[] {
  if (!actor || actor.taskRoles === "every" || actor.taskRoles.length > mostMarks) return [];
  const roles = actor.taskRoles.filter(canBeFound).map((role) => taskFacetMark("role", role));
  return [marked(...roles, taskFacetMark("assignee", actor.name), wideTaskMark)];
}

function marked(...marks: readonly string[]): string {
  const [mark = ""] = marks;
  if (marks.length === 1) return `${marksAttribute} = ${quote(mark)}`;
  return `${marksAttribute} IN (${marks.map(quote).join(", ")})`;
}

function isWanted(task: Task, filter: TaskFilter): boolean {
  const { type, role, assignee, status, dueBefore, overdue, for: actor } = filter;
  return (
    (status === undefined ? isOpenTask(task) : task.status === status) &&
    (type === undefined || task.type === type) &&
    (role === undefined || task.roles.includes(role)) &&
    (assignee === undefined || task.assignees.includes(assignee)) &&
    (actor === undefined || mayAnswer(task, actor)) &&
    (overdue === undefined || task.overdue === overdue) &&
    (dueBefore === undefined || (task.dueAt !== undefined && Date.parse(task.dueAt) < dueBefore.getTime()))
  );
}

function byDue(a: Task, b: Task): number {
  return (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9") || a.openedAt.localeCompare(b.openedAt);
}

import { hashJson } from "./idempotency-key.ts";
import { isOpenTask, type TaskRecord } from "./human-task.ts";

/** The mark of every run that waits for an answer. */
export const openTaskMark = "task";

/** The mark of every run that has a task which ended. */
export const endedTaskMark = "task-ended";

/** The mark of a run whose tasks would need more marks than a search attribute holds: it is looked at by every search. */
export const wideTaskMark = "task-wide";

/** By what open tasks can be looked for. */
export interface TaskFacets {
  readonly type?: string | undefined;
  readonly role?: string | undefined;
  readonly assignee?: string | undefined;
}

/** A search attribute holds 2,048 bytes, and other marks need some. */
const mostCharacters = 1_200;

/** The mark of every run that has an open task with this facet; names of people are hashed, as attributes are never encrypted. */
export function taskFacetMark(facet: keyof TaskFacets, value: string): string {
  if (facet === "assignee") return `task-for:${hashJson(value).slice(0, 12)}`;
  return `task-${facet}:${value}`;
}

/** By which marks a run is found for its open tasks. */
export function marksOfTasks(records: readonly TaskRecord[]): readonly string[] {
  const open = records.filter(isOpenTask);
  if (open.length === 0) return [];
  const facets = open.flatMap(({ type, roles, assignees }) => [
    taskFacetMark("type", type),
    ...roles.map((role) => taskFacetMark("role", role)),
    ...assignees.map((name) => taskFacetMark("assignee", name)),
  ]);
  const marks = [openTaskMark, ...new Set(facets)];
  return marks.join("\n").length <= mostCharacters ? marks : [openTaskMark, wideTaskMark];
}

/** Whether only the tasks of a run have this mark. */
export function isTaskMark(mark: string): boolean {
  return /^task(-type:|-role:|-for:|-wide$|$)/.test(mark);
}

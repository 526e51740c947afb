import type { TaskStatus } from "tenuto";
import type { Task } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListTasksOptions {
  readonly type?: string;
  readonly role?: string;
  readonly assignee?: string;
  readonly mine?: boolean;
  readonly overdue?: boolean;
  readonly dueBefore?: string;
  readonly status?: TaskStatus;
  readonly tenant?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists human tasks. */
export async function listTasks(
  { api, output, isJson }: Cli,
  { mine, overdue, ...options }: ListTasksOptions,
): Promise<undefined> {
  const conditions = { ...(mine && { mine: "true" }), ...(overdue && { overdue: "true" }) };
  const page = await readPages<Task>(api, "/v1/tasks", { ...options, ...conditions });
  if (isJson) {
    output.json(page);
    return;
  }
  const { items } = page;
  if (items.length > 0) output.table(items, columnsFor(items, Date.now()));
  else output.notice("There are no such tasks.");
  moreThanShown(output, page);
}

function columnsFor(tasks: readonly Task[], nowMs: number): readonly Column<Task>[] {
  const areAllOurs = tasks.every(({ tenant }) => tenant === undefined);
  return [
    { title: "ID", value: ({ taskId }) => taskId },
    ...(areAllOurs ? [] : [{ title: "TENANT", value: ({ tenant }: Task) => tenant, atLeast: 8 }]),
    { title: "STATUS", value: ({ status, overdue }) => (overdue ? `${status}, late` : status) },
    { title: "OPENED", value: ({ openedAt }) => `${distance(openedAt, nowMs)} ago`, leaveOut: 3 },
    { title: "DUE", value: (task) => dueOf(task, nowMs) },
    { title: "WHO", value: whoOf, atLeast: 10, leaveOut: 1 },
    { title: "TYPE", value: ({ type }) => type, atLeast: 12, leaveOut: 2 },
    { title: "TITLE", value: ({ title }) => title, atLeast: 20 },
  ];
}

function dueOf({ dueAt }: Task, nowMs: number): string | undefined {
  if (dueAt === undefined) return undefined;
  const from = distance(dueAt, nowMs);
  return Date.parse(dueAt) < nowMs ? `${from} ago` : `in ${from}`;
}

/** Who works on it, else who may. */
function whoOf({ claimed, ended, roles, assignees }: Task): string | undefined {
  return claimed?.by ?? ended?.by ?? [...assignees, ...roles].join(", ");
}

import type { Task } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Output } from "./output.ts";
import { atTime } from "./relative-time.ts";

/** Which task. */
export interface TaskChoice {
  readonly taskId: string;
  readonly tenant?: string | undefined;
}

/** The path of a task, and of what is done to it. */
export function taskPath({ taskId, tenant }: TaskChoice, action = ""): string {
  const query = tenant === undefined ? "" : `?tenant=${encodeURIComponent(tenant)}`;
  return `/v1/tasks/${encodeURIComponent(taskId)}${action}${query}`;
}

/** Shows all that is known about a task. */
export async function showTask({ api, output, isJson }: Cli, choice: TaskChoice): Promise<undefined> {
  const task = await api.get<Task>(taskPath(choice));
  if (isJson) {
    output.json(task);
    return;
  }
  tellTask(output, task);
}

/** Shows a task to a person. */
export function tellTask(output: Output, task: Task): void {
  const nowMs = Date.now();
  summarize(output, task, nowMs);
  output.heading("Question");
  output.indentedJson(task.data);
  if (task.votes && task.votes.length > 0) output.heading("Agreed");
  for (const { by, at, answer } of task.votes ?? [])
    output.text(`${by}, ${atTime(at, nowMs)}: ${JSON.stringify(answer)}`);
  if (task.rejections && task.rejections.length > 0) output.heading("Against it");
  for (const { by, at, reason } of task.rejections ?? []) output.text(`${by}, ${atTime(at, nowMs)}: ${reason}`);
  if (task.comments.length > 0) output.heading("Comments");
  for (const { by, at, text } of task.comments) output.text(`${by}, ${atTime(at, nowMs)}: ${text}`);
  if (task.status !== "open" && task.status !== "claimed") return;
  output.heading("What an answer has to be");
  output.indentedJson(task.schema);
  output.heading("What can be done");
  output.text(`answer it: tenuto tasks complete ${task.taskId} --answer '{…}'`);
  output.text(`refuse it: tenuto tasks reject ${task.taskId} --reason "…"`);
}

function summarize(output: Output, task: Task, nowMs: number): void {
  const { claimed, ended, quorum, votes = [], dueAt, timesOutAt, escalatedAt, runStatus } = task;
  output.fields([
    ["Task", task.taskId],
    ["Tenant", task.tenant],
    ["Title", task.title],
    ["Type", task.type],
    ["Status", task.overdue ? `${task.status}, late` : task.status],
    ["Claimed", claimed && `by ${claimed.by}, ${atTime(claimed.at, nowMs)}`],
    ["Agreed", quorum && `${votes.length} of the ${quorum.approve} that are needed, of ${quorum.of}`],
    ["Ended", ended && `${endInWords(ended)}, ${atTime(ended.at, nowMs)}`],
    ["Answer", ended?.answer === undefined ? undefined : JSON.stringify(ended.answer)],
    ["For", [...task.assignees, ...task.roles.map((role) => `role ${role}`)].join(", ")],
    ["Opened", atTime(task.openedAt, nowMs)],
    ["Due", dueAt === undefined ? undefined : atTime(dueAt, nowMs)],
    ["Escalated", escalatedAt === undefined ? undefined : atTime(escalatedAt, nowMs)],
    ["Ends itself", timesOutAt === undefined || ended ? undefined : atTime(timesOutAt, nowMs)],
    ["Run", `${task.workflowId} (${task.workflowType}), ${runStatus}`],
  ]);
}

function endInWords({ by, reason, isDefault }: NonNullable<Task["ended"]>): string {
  const who = by === undefined ? (isDefault ? "by its default" : "by itself") : `by ${by}`;
  return reason === undefined ? who : `${who}: ${reason}`;
}

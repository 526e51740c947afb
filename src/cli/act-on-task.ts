import type { TaskAction } from "tenuto";
import type { Task } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { jsonOption } from "./json-option.ts";
import { type TaskChoice, taskPath } from "./show-task.ts";

/** What is to be done about which task. */
export interface ActOnTask extends TaskChoice {
  readonly action: TaskAction;
  readonly body: Readonly<Record<string, unknown>>;
  /** JSON, or where it is. */
  readonly answer?: string;
}

/** Does something about a task, and says what became of it. */
export async function actOnTask(cli: Cli, { action, body, answer, ...choice }: ActOnTask): Promise<undefined> {
  const { api, output, isJson } = cli;
  const given = answer === undefined ? {} : { answer: await jsonOption(cli, { option: "--answer", text: answer }) };
  const path = taskPath(choice, action === "comment" ? "/comments" : `/${action}`);
  const task = await api.postOnce<Task>(path, { ...body, ...given });
  if (isJson) output.json(task);
  else output.line(`${outcomes[action]} task ${task.taskId}: ${task.title}. It is ${task.status} now.`);
}

const outcomes = {
  claim: "Claimed",
  release: "Released",
  complete: "Answered",
  reject: "Rejected",
  escalate: "Escalated",
  reassign: "Reassigned",
  comment: "Commented on",
} as const satisfies Record<TaskAction, string>;

import type { App } from "../core/define-app.ts";
import type { HumanTaskContract } from "../core/define-human-task.ts";
import { parseDuration } from "../core/duration.ts";
import {
  longestQuestion,
  openTaskActivityType,
  type TaskOpened,
  type TaskOpening,
  type TaskTerms,
} from "../core/human-task.ts";

/** The local activity that says on what terms a task is put, by the app's definition of this moment. */
export function openTaskActivity(app: App): Readonly<Record<string, (opening: TaskOpening) => Promise<TaskOpened>>> {
  return { [openTaskActivityType]: async (opening) => termsOf(app, opening) };
}

const longestTitle = 300;

function termsOf(app: App, { type, question, at }: TaskOpening): TaskOpened {
  const task = app.tasks?.find(({ name }) => name === type);
  if (!task) throw new TypeError(`App "${app.name}" lists no human task "${type}". Add it to \`tasks\` of defineApp.`);
  const length = (JSON.stringify(question) ?? "").length;
  if (length > longestQuestion) {
    const message =
      `The question of human task "${type}" is too long: got ${length} characters of JSON. ` +
      `Give at most ${longestQuestion}: what people need to decide, and where the rest is.`;
    return { status: "refused", message };
  }
  return { status: "opened", terms: { ...timesOf(task), ...audienceOf(task), title: titleOf(task, question) }, at };
}

function titleOf(task: HumanTaskContract, question: unknown): string {
  return task.title(question).replace(/\s+/g, " ").trim().slice(0, longestTitle) || task.name;
}

function audienceOf(task: HumanTaskContract): Omit<TaskTerms, "title" | "remindersMs"> {
  const { roles, assignees, quorum, channels, answerLink: hasAnswerLink, escalation } = task;
  const higher = escalation && {
    afterMs: parseDuration(escalation.after),
    roles: escalation.roles ?? [],
    assignees: escalation.assignees ?? [],
    channels: escalation.channels ?? channels,
  };
  return {
    roles,
    assignees,
    channels,
    hasAnswerLink,
    ...(quorum && { quorum }),
    ...(higher && { escalation: higher }),
  };
}

function timesOf({ due, reminders, timeout, onTimeout }: HumanTaskContract) {
  return {
    ...(due !== undefined && { dueMs: parseDuration(due) }),
    remindersMs: reminders.map((reminder) => parseDuration(reminder)),
    ...(timeout !== undefined && { timeoutMs: parseDuration(timeout) }),
    ...(onTimeout !== "reject" && { byDefault: onTimeout }),
  };
}

import { type TaskActor, TaskAnswered, TaskClosed, type TaskEnd, TaskLinkGone, TaskNotFound } from "tenuto";
import type { Task, TaskLink, TaskRequest, TenutoClient } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";
import type { LinkAnswerBody, LinkBody } from "../task-schemas.ts";

interface LinkRequest {
  readonly body: z.output<typeof LinkBody>;
}

/** Shows the task, and changes nothing: who scans mails opens links. */
export async function showLinkedTask({ body }: LinkRequest, context: Context): Promise<Reply> {
  const { link, client } = await linked(body.token, context);
  const task = await forLink(link, () => client.task(link.taskId));
  if (task.status !== "open" && task.status !== "claimed") throw goneBecause(task, link);
  const { title, type, status, data, schema, dueAt, overdue } = task;
  return { status: 200, body: { title, type, status, data, schema, dueAt, overdue } };
}

export async function answerLinkedTask(
  { body }: { readonly body: z.output<typeof LinkAnswerBody> },
  context: Context,
): Promise<Reply> {
  const { link, client } = await linked(body.token, context);
  const by = actorOf(link);
  const request: TaskRequest =
    body.reject === undefined
      ? { action: "complete", answer: body.answer, by }
      : { action: "reject", text: body.reject.reason, by };
  const { title, type, status } = await forLink(link, () => client.actOnTask(link.taskId, request));
  return { status: 200, body: { title, type, status } };
}

interface Linked {
  readonly link: TaskLink;
  readonly client: TenutoClient;
}

async function linked(token: string, { client, taskLinks }: Context): Promise<Linked> {
  if (!taskLinks) {
    throw new RequestRefused("NOT_FOUND", { detail: "No links answer tasks here: the API has no secret for them." });
  }
  const link = await taskLinks.read(token);
  return { link, client: link.tenant === undefined ? client : client.forTenant(link.tenant) };
}

/**
 * Nobody is known by a link: it stands for whoever reads its channel. So all links of a channel are one voter, however often
 * it was reminded.
 */
function actorOf({ id, channel }: TaskLink): TaskActor {
  return { name: `link to ${channel}`, isOperator: false, taskRoles: "every", link: id };
}

async function forLink(link: TaskLink, ask: () => Promise<Task>): Promise<Task> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TaskAnswered) throw new TaskLinkGone("used");
    if (error instanceof TaskClosed) throw goneBecause(error, link);
    if (error instanceof TaskNotFound) throw new TaskLinkGone("closed");
    throw error;
  }
}

function goneBecause({ ended }: { readonly ended?: TaskEnd | undefined }, link: TaskLink): TaskLinkGone {
  return new TaskLinkGone(ended?.by === actorOf(link).name ? "used" : "closed");
}

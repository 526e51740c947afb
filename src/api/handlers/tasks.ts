import type { TaskActor } from "tenuto";
import type { TaskRequest } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { Principal } from "../guard/principal.ts";
import type { KeyHeaders, ReasonBody, TenantQuery } from "../schemas.ts";
import type { AnswerBody, CommentBody, ReassignBody, TaskListQuery, TaskParams } from "../task-schemas.ts";
import { clientOfTenant } from "./client-of-tenant.ts";

interface ListRequest {
  readonly query: z.output<typeof TaskListQuery>;
}

export async function listTasks({ query }: ListRequest, context: Context): Promise<Reply> {
  const { tenant, mine = false, ...options } = query;
  const client = clientOfTenant(context, { tenant, what: "see the tasks" });
  const page = await client.tasks({ ...options, ...(mine && { for: actorOf(context.principal) }) });
  const { items, nextCursor = null } = page;
  return { status: 200, body: { items, nextCursor } };
}

interface TaskRoute {
  readonly params: z.output<typeof TaskParams>;
  readonly query: z.output<typeof TenantQuery>;
}

export async function showTask({ params, query }: TaskRoute, context: Context): Promise<Reply> {
  const client = clientOfTenant(context, { ...query, what: "see the tasks" });
  return { status: 200, body: await client.task(params.taskId) };
}

export function claimTask(request: TaskRoute, context: Context): Promise<Reply> {
  return act(request, context, { action: "claim" });
}

export function releaseTask(request: TaskRoute, context: Context): Promise<Reply> {
  return act(request, context, { action: "release" });
}

interface OnceRequest extends TaskRoute {
  readonly headers: z.output<typeof KeyHeaders>;
}

export function completeTask(
  { body, headers, ...request }: OnceRequest & { readonly body: z.output<typeof AnswerBody> },
  context: Context,
): Promise<Reply> {
  return act(request, context, { action: "complete", answer: body.answer, ...onceBy(headers) });
}

interface ReasonedRequest extends TaskRoute {
  readonly body: z.output<typeof ReasonBody>;
}

export function rejectTask(
  { body, headers, ...request }: ReasonedRequest & OnceRequest,
  context: Context,
): Promise<Reply> {
  return act(request, context, { action: "reject", text: body.reason, ...onceBy(headers) });
}

export function escalateTask({ body, ...request }: ReasonedRequest, context: Context): Promise<Reply> {
  return act(request, context, { action: "escalate", text: body.reason });
}

export function reassignTask(
  { body, ...request }: TaskRoute & { readonly body: z.output<typeof ReassignBody> },
  context: Context,
): Promise<Reply> {
  const { reason, roles = [], assignees = [] } = body;
  return act(request, context, { action: "reassign", text: reason, to: { roles, assignees } });
}

export function commentOnTask(
  { body, ...request }: TaskRoute & { readonly body: z.output<typeof CommentBody> },
  context: Context,
): Promise<Reply> {
  return act(request, context, { action: "comment", text: body.text });
}

async function act({ params, query }: TaskRoute, context: Context, request: TaskRequest): Promise<Reply> {
  const client = clientOfTenant(context, { ...query, what: "answer the tasks" });
  return { status: 200, body: await client.actOnTask(params.taskId, { ...request, by: actorOf(context.principal) }) };
}

/** Who does something about a task, as its run takes them. */
function actorOf({ name, role, taskRoles }: Principal): TaskActor {
  return { name, isOperator: role === "operator" || role === "admin", taskRoles };
}

function onceBy(headers: z.output<typeof KeyHeaders>): Pick<TaskRequest, "idempotencyKey"> {
  const key = headers["idempotency-key"];
  return key === undefined ? {} : { idempotencyKey: key };
}

import type { ErrorGroupRequest } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type {
  AssignBody,
  ErrorGroupListQuery,
  ErrorGroupParams,
  IgnoreBody,
  NoteBody,
  ReasonBody,
  TenantQuery,
} from "../schemas.ts";
import { clientOfTenant } from "./client-of-tenant.ts";

interface ListRequest {
  readonly query: z.output<typeof ErrorGroupListQuery>;
}

export async function listErrorGroups({ query }: ListRequest, context: Context): Promise<Reply> {
  const { tenant, ...options } = query;
  const client = clientOfTenant(context, { tenant, what: "see the error groups" });
  const { items, nextCursor = null } = await client.errorGroups(options);
  return { status: 200, body: { items, nextCursor } };
}

interface GroupRequest {
  readonly params: z.output<typeof ErrorGroupParams>;
  readonly query: z.output<typeof TenantQuery>;
}

export async function showErrorGroup({ params, query }: GroupRequest, context: Context): Promise<Reply> {
  const client = clientOfTenant(context, { ...query, what: "see the error groups" });
  return { status: 200, body: await client.errorGroup(params.fingerprint) };
}

interface ReasonedRequest extends GroupRequest {
  readonly body: z.output<typeof ReasonBody>;
}

export function resolveErrorGroup({ body, ...request }: ReasonedRequest, context: Context): Promise<Reply> {
  return change(request, context, { action: "resolve", ...body });
}

export function reopenErrorGroup({ body, ...request }: ReasonedRequest, context: Context): Promise<Reply> {
  return change(request, context, { action: "reopen", ...body });
}

interface IgnoreRequest extends GroupRequest {
  readonly body: z.output<typeof IgnoreBody>;
}

export function ignoreErrorGroup({ body, ...request }: IgnoreRequest, context: Context): Promise<Reply> {
  return change(request, context, { action: "ignore", ...body });
}

interface AssignRequest extends GroupRequest {
  readonly body: z.output<typeof AssignBody>;
}

export function assignErrorGroup({ body, ...request }: AssignRequest, context: Context): Promise<Reply> {
  return change(request, context, { action: "assign", ...body });
}

interface NoteRequest extends GroupRequest {
  readonly body: z.output<typeof NoteBody>;
}

export function noteErrorGroup({ body, ...request }: NoteRequest, context: Context): Promise<Reply> {
  return change(request, context, { action: "note", ...body });
}

async function change({ params, query }: GroupRequest, context: Context, request: ErrorGroupRequest): Promise<Reply> {
  const client = clientOfTenant(context, { ...query, what: "change the error groups" });
  const by = context.principal.name;
  return { status: 200, body: await client.changeErrorGroup(params.fingerprint, { ...request, by }) };
}

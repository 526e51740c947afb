import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { EventWindowParams } from "../event-window-routes.ts";
import type { EventWindowListQuery, TenantQuery } from "../schemas.ts";
import { clientOfTenant } from "./client-of-tenant.ts";

const what = "see the windows of events";

interface ListRequest {
  readonly query: z.output<typeof EventWindowListQuery>;
}

export async function listEventWindows({ query }: ListRequest, context: Context): Promise<Reply> {
  const { tenant, ...options } = query;
  const { items, nextCursor = null } = await clientOfTenant(context, { tenant, what }).eventWindows(options);
  return { status: 200, body: { items, nextCursor } };
}

interface WindowRequest {
  readonly params: z.output<typeof EventWindowParams>;
  readonly query: z.output<typeof TenantQuery>;
}

export async function showEventWindow({ params, query }: WindowRequest, context: Context): Promise<Reply> {
  const record = await clientOfTenant(context, { ...query, what }).eventWindow(params.id);
  return { status: 200, body: { id: params.id, ...record } };
}

import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { EventSourceParams } from "../event-source-routes.ts";
import { RequestRefused } from "../request-refused.ts";
import type { ReasonBody } from "../schemas.ts";

export async function listEventSources(_request: unknown, context: Context): Promise<Reply> {
  return { status: 200, body: { items: await clientOf(context).eventSources() } };
}

interface ChangeRequest {
  readonly params: z.output<typeof EventSourceParams>;
  readonly body: z.output<typeof ReasonBody>;
}

export async function pauseEventSource({ params, body }: ChangeRequest, context: Context): Promise<Reply> {
  const by = context.principal.name;
  return { status: 200, body: await clientOf(context).pauseEventSource(params.name, { ...body, by }) };
}

export async function resumeEventSource({ params, body }: ChangeRequest, context: Context): Promise<Reply> {
  const by = context.principal.name;
  return { status: 200, body: await clientOf(context).resumeEventSource(params.name, { ...body, by }) };
}

/** They bring events to all tenants. */
function clientOf({ client, principal }: Context): Context["client"] {
  if (principal.tenant === undefined) return client;
  const detail = "A key of a tenant can't use event sources: they are those of all tenants. Use one without a tenant.";
  throw new RequestRefused("FORBIDDEN", { detail });
}

import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { AlertListQuery, AlertParams, ReasonBody } from "../schemas.ts";

interface ListRequest {
  readonly query: z.output<typeof AlertListQuery>;
}

export async function listAlerts({ query }: ListRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.alerts(query);
  return { status: 200, body: { items, nextCursor } };
}

interface AcknowledgeRequest {
  readonly params: z.output<typeof AlertParams>;
  readonly body: z.output<typeof ReasonBody>;
}

export async function acknowledge(
  { params, body }: AcknowledgeRequest,
  { client, principal }: Context,
): Promise<Reply> {
  return { status: 200, body: await client.acknowledgeAlert(params.id, { ...body, by: principal.name }) };
}

import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { CancelBody, RunParams, RunQuery, SignalBody, SignalParams } from "../schemas.ts";

interface SignalRequest {
  readonly params: z.output<typeof SignalParams>;
  readonly query: z.output<typeof RunQuery>;
  readonly body: z.output<typeof SignalBody>;
}

export async function signal({ params, query, body }: SignalRequest, { client }: Context): Promise<Reply> {
  const { workflowId, name } = params;
  await client.signal(workflowId, name, body.input, query);
  return { status: 202, body: { workflowId, signal: name, accepted: true } };
}

interface CancelRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof RunQuery>;
  readonly body: z.output<typeof CancelBody>;
}

export async function cancel({ params, query, body }: CancelRequest, { client }: Context): Promise<Reply> {
  const { workflowId } = params;
  await client.cancel(workflowId, { ...query, reason: body.reason });
  return { status: 202, body: { workflowId, accepted: true } };
}

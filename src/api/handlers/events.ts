import type { RunEvent } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { ServerEvent } from "../event-stream.ts";
import type { EventHeaders, RunParams, RunQuery } from "../schemas.ts";

interface EventsRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof RunQuery>;
  readonly headers: z.output<typeof EventHeaders>;
}

export async function events(request: EventsRequest, { client, signal }: Context): Promise<Reply> {
  const { params, query, headers } = request;
  const after = headers["last-event-id"];
  // A browser comes back when a stream has ended, unless it is told that nothing comes any more.
  if (after?.endsWith(":end")) return { status: 204, body: undefined };
  const stream = await client.events(params.workflowId, { ...query, after, signal });
  return { status: 200, body: undefined, events: sent(params.workflowId, stream) };
}

async function* sent(workflowId: string, stream: AsyncIterable<RunEvent>): AsyncGenerator<ServerEvent> {
  for await (const item of stream) {
    const { id, runId } = item;
    if (item.kind === "event") yield { name: "message", id, data: { ...item.event, runId } };
    else yield { name: "end", id, data: { workflowId, runId, status: item.status } };
  }
}

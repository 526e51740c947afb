import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { LaneListQuery, LaneParams } from "../lane-routes.ts";

interface ListRequest {
  readonly query: z.output<typeof LaneListQuery>;
}

export async function listLanes({ query }: ListRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.lanes(query);
  return { status: 200, body: { items, nextCursor } };
}

interface ShowRequest {
  readonly params: z.output<typeof LaneParams>;
}

export async function showLane({ params }: ShowRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.lane(params.id) };
}

import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { BatchBody, BatchItemsQuery, BatchListQuery, BatchParams, KeyHeaders, ReasonBody } from "../schemas.ts";

interface ListRequest {
  readonly query: z.output<typeof BatchListQuery>;
}

export async function listBatches({ query }: ListRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.batches(query);
  return { status: 200, body: { items, nextCursor } };
}

interface BeginRequest {
  readonly headers: z.output<typeof KeyHeaders>;
  readonly body: z.output<typeof BatchBody>;
}

export async function beginBatch({ headers, body }: BeginRequest, { client, principal }: Context): Promise<Reply> {
  const idempotencyKey = headers["idempotency-key"];
  const batch = await client.startBatch({ ...body, idempotencyKey, by: principal.name });
  return { status: 202, headers: { Location: `/v1/batch-operations/${batch.id}` }, body: batch };
}

interface BatchCall {
  readonly params: z.output<typeof BatchParams>;
}

export async function showBatch({ params }: BatchCall, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.batch(params.id) };
}

interface ItemsRequest extends BatchCall {
  readonly query: z.output<typeof BatchItemsQuery>;
}

export async function listItems({ params, query }: ItemsRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.batchItems(params.id, query);
  return { status: 200, body: { items, nextCursor } };
}

interface EndRequest extends BatchCall {
  readonly body: z.output<typeof ReasonBody>;
}

export async function endBatch({ params, body }: EndRequest, { client, principal }: Context): Promise<Reply> {
  return { status: 202, body: await client.stopBatch(params.id, { ...body, by: principal.name }) };
}

import type { UpdateResult } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { updateLocation } from "../paths.ts";
import type { MessageBody, MessageParams, OnceHeaders, ResultQuery, RunQuery, UpdateParams } from "../schemas.ts";

interface MessageRequest {
  readonly params: z.output<typeof MessageParams>;
  readonly query: z.output<typeof RunQuery>;
  readonly body: z.output<typeof MessageBody>;
}

export async function signal({ params, query, body }: MessageRequest, { client }: Context): Promise<Reply> {
  const { workflowId, name } = params;
  await client.signal(workflowId, name, body.input, query);
  return { status: 202, body: { workflowId, signal: name, accepted: true } };
}

export async function query({ params, query, body }: MessageRequest, { client }: Context): Promise<Reply> {
  const { workflowId, name } = params;
  const result = await client.query(workflowId, name, body.input, query);
  return { status: 200, body: { workflowId, query: name, result } };
}

interface UpdateRequest extends MessageRequest {
  readonly headers: z.output<typeof OnceHeaders>;
}

export async function update(request: UpdateRequest, context: Context): Promise<Reply> {
  const { client, signal: closed, principal } = context;
  const { params, query: run, body, headers } = request;
  const { workflowId, name } = params;
  const { "idempotency-key": idempotencyKey, prefer: waitSeconds } = headers;
  const waitMs = (waitSeconds ?? 0) * 1_000;
  const options = { ...run, idempotencyKey, waitMs, signal: closed, isShown: true, by: principal.name };
  const result = await client.update(workflowId, name, body.input, options);
  if (waitSeconds === undefined || result.status === "running") return pending(params, result);
  const answer = { workflowId, update: name, ...result };
  return { status: 200, headers: { "Preference-Applied": `wait=${waitSeconds}` }, body: answer };
}

interface UpdateResultRequest {
  readonly params: z.output<typeof UpdateParams>;
  readonly query: z.output<typeof ResultQuery>;
}

export async function updateResult(request: UpdateResultRequest, { client, signal: closed }: Context): Promise<Reply> {
  const { workflowId, name, updateId } = request.params;
  const { wait, ...run } = request.query;
  const result = await client.updateResult(workflowId, name, updateId, {
    ...run,
    waitMs: wait * 1_000,
    signal: closed,
    isShown: true,
  });
  if (result.status === "running") return pending(request.params, result);
  return { status: 200, body: { workflowId, update: name, ...result } };
}

function pending({ workflowId, name }: z.output<typeof MessageParams>, { updateId, runId }: UpdateResult): Reply {
  return {
    status: 202,
    headers: { Location: updateLocation({ workflowId, name, updateId, runId }), "Retry-After": "1" },
    body: { workflowId, update: name, updateId, runId, status: "running" },
  };
}

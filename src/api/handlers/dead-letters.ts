import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { DeadLetterListQuery, DeadLetterParams, NoteBody, ReasonBody, RedriveBody } from "../schemas.ts";

interface DeadLetterRequest {
  readonly params: z.output<typeof DeadLetterParams>;
}

interface ListRequest {
  readonly query: z.output<typeof DeadLetterListQuery>;
}

export async function listDeadLetters({ query }: ListRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.deadLetters(query);
  return { status: 200, body: { items, nextCursor } };
}

export async function showDeadLetter({ params }: DeadLetterRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.deadLetter(params.id) };
}

interface NoteRequest extends DeadLetterRequest {
  readonly body: z.output<typeof NoteBody>;
}

export async function addNote({ params, body }: NoteRequest, { client, principal }: Context): Promise<Reply> {
  return { status: 200, body: await client.note(params.id, { ...body, by: principal.name }) };
}

interface RedriveRequest extends DeadLetterRequest {
  readonly body: z.output<typeof RedriveBody>;
}

export async function redrive({ params, body }: RedriveRequest, { client, principal }: Context): Promise<Reply> {
  const redriven = await client.redrive(params.id, { ...body, by: principal.name });
  return { status: redriven.dryRun ? 200 : 202, body: redriven };
}

interface DiscardRequest extends DeadLetterRequest {
  readonly body: z.output<typeof ReasonBody>;
}

export async function discard({ params, body }: DiscardRequest, { client, principal }: Context): Promise<Reply> {
  return { status: 200, body: await client.discard(params.id, { ...body, by: principal.name }) };
}

import { NoStateMachine } from "tenuto";
import { sagaDiagram } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { DiagramQuery } from "../machine-schemas.ts";
import type { CountQuery, ListQuery, ResultQuery, RunParams, RunQuery } from "../schemas.ts";

interface RunRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof RunQuery>;
}

export async function list(
  { query }: { readonly query: z.output<typeof ListQuery> },
  { client }: Context,
): Promise<Reply> {
  const { items, nextCursor = null } = await client.list(filterOf(query));
  return { status: 200, body: { items, nextCursor } };
}

export async function counts(
  { query }: { readonly query: z.output<typeof CountQuery> },
  { client }: Context,
): Promise<Reply> {
  return { status: 200, body: await client.counts(filterOf(query)) };
}

function filterOf<Query extends { readonly machine?: boolean | undefined }>({ machine, ...query }: Query) {
  return { ...query, hasMachine: machine };
}

export async function describe({ params, query }: RunRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.describe(params.workflowId, query) };
}

export async function history({ params, query }: RunRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: { events: await client.history(params.workflowId, query) } };
}

interface DiagramRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof DiagramQuery>;
}

export async function diagram({ params, query }: DiagramRequest, { client }: Context): Promise<Reply> {
  const { workflowId } = params;
  const { kind, ...run } = query;
  const machine = kind === "saga" ? undefined : await client.machineDiagram(workflowId, run).catch(unlessAsked(kind));
  if (machine !== undefined) return { status: 200, body: { workflowId, kind: "machine", mermaid: machine } };
  return {
    status: 200,
    body: { workflowId, kind: "saga", mermaid: sagaDiagram(await client.history(workflowId, run)) },
  };
}

/** That a run has no state machine is an answer only to who asks for one. */
function unlessAsked(kind: "machine" | undefined) {
  return (error: unknown): undefined => {
    if (kind === undefined && error instanceof NoStateMachine) return undefined;
    throw error;
  };
}

interface ResultRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof ResultQuery>;
}

export async function result({ params, query }: ResultRequest, { client, signal }: Context): Promise<Reply> {
  const { wait, ...run } = query;
  const body = await client.result(params.workflowId, { ...run, waitMs: wait * 1_000, signal, isShown: true });
  return body.status === "running" ? { status: 202, headers: { "Retry-After": "1" }, body } : { status: 200, body };
}

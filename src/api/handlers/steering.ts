import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { ReasonBody, RunParams, RunQuery, SkipBody } from "../schemas.ts";

interface SteerRequest<Body extends z.ZodType = typeof ReasonBody> {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof RunQuery>;
  readonly body: z.output<Body>;
}

export async function cancel({ params, query, body }: SteerRequest, { client }: Context): Promise<Reply> {
  await client.cancel(params.workflowId, { ...query, ...body });
  return accepted(params);
}

export async function terminate({ params, query, body }: SteerRequest, { client, principal }: Context): Promise<Reply> {
  await client.terminate(params.workflowId, { ...query, ...body, by: principal.name });
  return accepted(params);
}

export async function pause({ params, query, body }: SteerRequest, { client, principal }: Context): Promise<Reply> {
  await client.pause(params.workflowId, { ...query, ...body, by: principal.name });
  return accepted(params);
}

export async function resume({ params, query, body }: SteerRequest, { client, principal }: Context): Promise<Reply> {
  await client.resume(params.workflowId, { ...query, ...body, by: principal.name });
  return accepted(params);
}

export async function reset({ params, query, body }: SteerRequest, { client, principal }: Context): Promise<Reply> {
  const redriven = await client.reset(params.workflowId, { ...query, ...body, by: principal.name });
  return { status: 202, body: redriven };
}

export async function skip(request: SteerRequest<typeof SkipBody>, { client, principal }: Context): Promise<Reply> {
  const { params, query, body } = request;
  await client.skip(params.workflowId, { ...query, ...body, by: principal.name });
  return accepted(params);
}

function accepted({ workflowId }: z.output<typeof RunParams>): Reply {
  return { status: 202, body: { workflowId, accepted: true } };
}

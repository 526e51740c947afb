import type { ScheduleDraft } from "tenuto";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";
import type {
  BackfillBody,
  ScheduleDeployBody,
  ScheduleListQuery,
  ScheduleParams,
  SchedulePutBody,
  TriggerBody,
} from "../schedule-schemas.ts";
import type { ReasonBody } from "../schemas.ts";

interface ListRequest {
  readonly query: z.output<typeof ScheduleListQuery>;
}

export async function listSchedules({ query }: ListRequest, { client }: Context): Promise<Reply> {
  const { items, nextCursor = null } = await client.schedules(query);
  return { status: 200, body: { items, nextCursor } };
}

interface ScheduleCall {
  readonly params: z.output<typeof ScheduleParams>;
}

export async function showSchedule({ params }: ScheduleCall, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.schedule(params.id) };
}

interface PutRequest extends ScheduleCall {
  readonly body: z.output<typeof SchedulePutBody>;
}

export async function putSchedule({ params, body }: PutRequest, { client, principal }: Context): Promise<Reply> {
  const { reason, ...schedule } = body;
  // Its members are checked one by one; zod tells them as possibly undefined.
  const draft = schedule as ScheduleDraft;
  return { status: 200, body: await client.putSchedule(params.id, draft, { by: principal.name, reason }) };
}

interface ReasonedRequest extends ScheduleCall {
  readonly body: z.output<typeof ReasonBody>;
}

export async function deleteSchedule(
  { params, body }: ReasonedRequest,
  { client, principal }: Context,
): Promise<Reply> {
  const back = await client.deleteSchedule(params.id, { ...body, by: principal.name });
  return { status: 200, body: { id: params.id, deleted: true, ...(back && { back }) } };
}

export async function pauseSchedule({ params, body }: ReasonedRequest, { client, principal }: Context): Promise<Reply> {
  return { status: 200, body: await client.pauseSchedule(params.id, { ...body, by: principal.name }) };
}

export async function resumeSchedule(
  { params, body }: ReasonedRequest,
  { client, principal }: Context,
): Promise<Reply> {
  return { status: 200, body: await client.resumeSchedule(params.id, { ...body, by: principal.name }) };
}

interface TriggerRequest extends ScheduleCall {
  readonly body: z.output<typeof TriggerBody>;
}

export async function triggerSchedule(
  { params, body }: TriggerRequest,
  { client, principal }: Context,
): Promise<Reply> {
  return { status: 200, body: await client.triggerSchedule(params.id, { ...body, by: principal.name }) };
}

interface BackfillRequest extends ScheduleCall {
  readonly body: z.output<typeof BackfillBody>;
}

export async function backfillSchedule(
  { params, body }: BackfillRequest,
  { client, principal }: Context,
): Promise<Reply> {
  const { again, ...asked } = body;
  const options = { ...asked, isAgain: again, by: principal.name };
  return { status: 200, body: await client.backfillSchedule(params.id, options) };
}

interface DeployRequest {
  readonly body: z.output<typeof ScheduleDeployBody>;
}

export async function deploySchedules({ body }: DeployRequest, { client, principal }: Context): Promise<Reply> {
  if (principal.tenant !== undefined) {
    const detail = "A key of a tenant can't deploy: schedules in code belong to no tenant. Use one without a tenant.";
    throw new RequestRefused("FORBIDDEN", { detail });
  }
  return { status: 200, body: await client.deploySchedules({ ...body, by: principal.name }) };
}

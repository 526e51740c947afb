import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { QueueParams, QueueRateBody } from "../queue-routes.ts";
import { RequestRefused } from "../request-refused.ts";

export async function taskQueues(_request: unknown, { client }: Context): Promise<Reply> {
  const items = (await client.taskQueues()).map(({ name, workflow, activity }) => ({
    name,
    workflow: { ...workflow, pollers: workflow.pollers.length },
    activity: { ...activity, pollers: activity.pollers.length },
  }));
  return { status: 200, body: { items } };
}

/** Asks all at once; what is wrong is told with 200, so that it can be told of a server that is away. */
export async function doctor(_request: unknown, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.doctor() };
}

/** Each worker once for each task queue that it polls. */
export async function workers(_request: unknown, { client }: Context): Promise<Reply> {
  const items = (await client.taskQueues()).flatMap(({ name, ...kinds }) => {
    const found = new Map<string, { kinds: string[]; lastSeenAt: string }>();
    for (const kind of ["workflow", "activity"] as const) {
      for (const { identity, lastSeenAt } of kinds[kind].pollers) {
        const worker = found.get(identity) ?? { kinds: [], lastSeenAt };
        const latest = worker.lastSeenAt > lastSeenAt ? worker.lastSeenAt : lastSeenAt;
        found.set(identity, { kinds: [...worker.kinds, kind], lastSeenAt: latest });
      }
    }
    return [...found].map(([identity, worker]) => ({ identity, taskQueue: name, ...worker }));
  });
  return { status: 200, body: { items } };
}

interface RateRequest {
  readonly params: z.output<typeof QueueParams>;
  readonly body: z.output<typeof QueueRateBody>;
}

export async function setQueueRate({ params, body }: RateRequest, { client, principal }: Context): Promise<Reply> {
  if (principal.tenant !== undefined) {
    const detail = "A key of a tenant can't set rates: task queues are those of all tenants. Use one without a tenant.";
    throw new RequestRefused("FORBIDDEN", { detail });
  }
  return { status: 200, body: await client.setQueueRate(params.name, { ...body, by: principal.name }) };
}

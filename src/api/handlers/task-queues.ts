import type { Context, Reply } from "../context.ts";

export async function taskQueues(_request: unknown, { client }: Context): Promise<Reply> {
  const items = (await client.taskQueues()).map(({ name, workflow, activity }) => ({
    name,
    workflow: { ...workflow, pollers: workflow.pollers.length },
    activity: { ...activity, pollers: activity.pollers.length },
  }));
  return { status: 200, body: { items } };
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

import type { StartedRun, UpdateResult } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { pathsOf, updateLocation } from "../paths.ts";
import type { StartBody, OnceHeaders, TypeParams } from "../schemas.ts";

interface StartRequest {
  readonly params: z.output<typeof TypeParams>;
  readonly body: z.output<typeof StartBody>;
  readonly headers: z.output<typeof OnceHeaders>;
}

export async function start({ params, body, headers }: StartRequest, context: Context): Promise<Reply> {
  const { "idempotency-key": idempotencyKey, prefer: waitSeconds } = headers;
  const { input, update, signal, ...options } = body;
  const { client, requestId, principal } = context;
  const joined = {
    ...(signal && { signal: { name: signal.name, input: signal.input } }),
    ...(update && {
      update: {
        name: update.name,
        input: update.input,
        waitMs: (waitSeconds ?? 0) * 1_000,
        signal: context.signal,
        isShown: true,
        by: principal.name,
      },
    }),
  };
  const run = await client.start(params.type, input, { ...options, idempotencyKey, requestId, ...joined });
  if (run.updateResult)
    return updated(run, { ...run.updateResult, name: update?.name ?? "" }, { waitSeconds, context });
  return (waitSeconds !== undefined && (await finished(run, waitSeconds, context))) || accepted(run, context);
}

/** A start with an update is answered as an update is: what it led to, or where to ask. */
function updated(
  { updateResult: _, ...run }: StartedRun,
  update: UpdateResult & { readonly name: string },
  { waitSeconds, context }: { readonly waitSeconds: number | undefined; readonly context: Context },
): Reply {
  const { links } = pathsOf(run, context.client.links);
  const body = { ...run, links, update };
  if (waitSeconds !== undefined && update.status !== "running")
    return { status: 200, headers: { "Preference-Applied": `wait=${waitSeconds}` }, body };
  const location = updateLocation({ workflowId: run.workflowId, ...update });
  return { status: 202, headers: { Location: location, "Retry-After": "1" }, body };
}

async function finished(run: StartedRun, waitSeconds: number, { client, signal }: Context): Promise<Reply | undefined> {
  const { workflowId, runId } = run;
  const waitMs = waitSeconds * 1_000;
  // The run is started: that its result can't be asked for just now must not look as if it were not.
  const options = { runId, waitMs, signal, isFollowing: true, isShown: true };
  const outcome = await client.result(workflowId, options).catch(() => undefined);
  if (!outcome || outcome.status === "running") return undefined;
  return {
    status: 200,
    headers: { "Preference-Applied": `wait=${waitSeconds}` },
    body: { workflowId, runId, type: run.type, existing: run.existing, ...outcome },
  };
}

function accepted(run: StartedRun, { client }: Context): Reply {
  const { location, links } = pathsOf(run, client.links);
  return { status: 202, headers: { Location: location }, body: { ...run, links } };
}
